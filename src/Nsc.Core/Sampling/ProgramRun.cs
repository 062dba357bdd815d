// What executing a program on a table of inputs gave: outputs, and for each sample whether they can be trusted.

namespace Nsc.Core.Sampling;

/// <summary>How the program behaved on one input.</summary>
public enum SampleStatus : byte
{
    /// <summary>The sample was not reached, because the run was cut short.</summary>
    NotRun = 0,
    Ok,

    /// <summary>An output is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The program crashed: a bad memory access, a stack overflow, a division by zero, an illegal instruction.</summary>
    Crashed,

    /// <summary>The program did not return within the limit for one call.</summary>
    TimedOut,

    /// <summary>The program attempted a system call.</summary>
    ForbiddenCall,

    /// <summary>Two calls with the same input gave different outputs.</summary>
    NotDeterministic,
}

/// <summary>The result of one sandboxed run over <c>Statuses.Length</c> inputs.</summary>
/// <param name="Outputs">(Count, OutputCount), row-major; only rows whose status is Ok or NotFinite hold what the program gave.</param>
/// <param name="Incident">In words, the first thing that went wrong, such as "system call 41 (socket)"; null when nothing did.</param>
public sealed record ProgramRun(double[] Outputs, SampleStatus[] Statuses, string? Incident)
{
    /// <summary>The offset in the compiled unit at which it first faulted; any number, since it comes from the sandbox.</summary>
    public long FirstFault { get; init; }

    public int CountOf(SampleStatus status) => Statuses.Count(s => s == status);
}
