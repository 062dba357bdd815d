// Something that nsc needs of the machine is not there: a linker, a place for temporary files, a kernel's sandbox.

namespace Nsc.FrontEnd.Tools;

/// <summary>Ends what was asked for. <paramref name="hint"/> says what the user can do.</summary>
public sealed class MissingToolException(string message, string hint) : Exception(message)
{
    public string Hint { get; } = hint;
}
