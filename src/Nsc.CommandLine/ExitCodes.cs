// What the process tells its caller. Scripts depend on these numbers.

namespace Nsc.CommandLine;

/// <summary>The exit codes of every verb.</summary>
public enum ExitCode
{
    /// <summary>Done.</summary>
    Success = 0,

    /// <summary>Our own failure, or the machine's.</summary>
    Failure = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>The input was refused; the diagnostics say why.</summary>
    Refused = 3,

    /// <summary>A tool or model is missing.</summary>
    Missing = 4,

    /// <summary>A quality bound was missed.</summary>
    QualityMissed = 5,

    /// <summary>Cancelled by the user.</summary>
    Cancelled = 130,
}
