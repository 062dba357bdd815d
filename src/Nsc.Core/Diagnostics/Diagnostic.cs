// One message about the user's input: where, what and why. Bad input never throws; it is collected here.

using Nsc.Core.Text;

namespace Nsc.Core.Diagnostics;

/// <summary>How much a diagnostic matters. Only <see cref="Error"/> stops a compilation.</summary>
public enum Severity
{
    Note,
    Warning,
    Error,
}

/// <summary>A place in a source text. Lines and columns count from 1; 0 means unknown.</summary>
public readonly record struct SourceLocation(string File, int Line, int Column)
{
    /// <summary>No place in a text: what is said of a request as a whole, or of a tool that is missing.</summary>
    public static readonly SourceLocation None = new("", 0, 0);

    /// <summary>A location that names a file only.</summary>
    public static SourceLocation InFile(string file) => new(file, 0, 0);

    public override string ToString() => PrintableText.OneLine(Line > 0 ? $"{File}:{Line}:{Column}" : File);
}

/// <summary>One message about the input.</summary>
/// <param name="Id">A stable name for the kind of message, such as <c>mutable-global</c>.</param>
/// <param name="Message">What is wrong and why it matters, one sentence without a final stop.</param>
/// <param name="Hint">What the user can do about it, or null.</param>
/// <param name="SourceLine">The text of the line at <paramref name="Location"/>, or null.</param>
public sealed record Diagnostic(
    Severity Severity, string Id, SourceLocation Location, string Message, string? Hint = null, string? SourceLine = null)
{
    /// <summary>The message as a compiler prints it: position, text, source line, caret, hint.</summary>
    public override string ToString()
    {
        string severity = Severity.ToString().ToLowerInvariant();
        var text = new System.Text.StringBuilder(Location == SourceLocation.None ? "" : $"{Location}: ").Append($"{severity}: {Message} [{Id}]");
        if (SourceLine is not null && Location.Column > 0)
        {
            text.Append('\n').Append("  ").Append(SourceLine.Replace('\t', ' '));
            text.Append('\n').Append("  ").Append(' ', Location.Column - 1).Append('^');
        }

        if (Hint is not null)
        {
            text.Append("\n  hint: ").Append(Hint);
        }

        return text.ToString();
    }
}
