// A verb that cannot go on says why, what to do, and with which code the process ends.

namespace Nsc.CommandLine;

/// <summary>Ends a verb. <paramref name="hint"/> says what the user can do.</summary>
internal sealed class CommandException(ExitCode code, string message, string? hint = null) : Exception(message)
{
    public ExitCode Code { get; } = code;

    public string? Hint { get; } = hint;
}
