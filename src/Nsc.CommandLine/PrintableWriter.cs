// Everything that a verb shows goes through here: a name from a stranger's file must not steer the terminal.

using System.Text;
using Nsc.Core.Text;

namespace Nsc.CommandLine;

/// <summary>Passes text on, with what is not printable spelled out; line feeds and tabs stay.</summary>
internal sealed class PrintableWriter : TextWriter
{
    private readonly TextWriter _inner;

    // The first half of a character that came alone.
    private char? _half;

    private PrintableWriter(TextWriter inner) => _inner = inner;

    /// <summary>A writer over another one, which stays its owner's.</summary>
    public static TextWriter Over(TextWriter inner) => new PrintableWriter(inner);

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            string text = _half + value;
            _half = char.IsHighSurrogate(text[^1]) ? text[^1] : null;
            _inner.Write(PrintableText.Lines(_half is null ? text : text[..^1]));
        }
    }

    public override void WriteLine(string? value)
    {
        _inner.WriteLine(PrintableText.Lines(_half + value));
        _half = null;
    }

    public override void Flush() => _inner.Flush();
}
