// The text of a translation unit with its line table. libclang counts bytes; people, and carets, count characters.

using System.Text;
using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal sealed class SourceText
{
    /// <summary>Longer lines are not quoted in messages: nobody reads them, and a hostile one would flood the terminal.</summary>
    private const int LongestQuotedLine = 240;

    private readonly byte[] _utf8;
    private readonly List<int> _lineStarts = [0];

    public SourceText(string path, string text)
    {
        Path = path;
        FullPath = FullPathOf(path);
        Text = text;
        _utf8 = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < _utf8.Length; i++)
        {
            if (_utf8[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The path as the user wrote it, for messages.</summary>
    public string Path { get; }

    public string FullPath { get; }

    public string Folder => System.IO.Path.GetDirectoryName(FullPath) ?? "/";

    public string Text { get; }

    public ReadOnlyMemory<byte> Utf8 => _utf8;

    /// <summary>The text between two byte offsets.</summary>
    public string Slice(int start, int end) => Encoding.UTF8.GetString(_utf8, start, end - start);

    public SourceLocation LocationAt(int offset)
    {
        int line = LineAt(offset);
        int start = _lineStarts[line];
        int column = Encoding.UTF8.GetCharCount(_utf8, start, Math.Clamp(offset - start, 0, _utf8.Length - start));
        return new SourceLocation(Path, line + 1, column + 1);
    }

    /// <summary>The line around an offset without control characters, or null when it is too long to quote.</summary>
    public string? QuoteAt(int offset)
    {
        int line = LineAt(offset);
        int start = _lineStarts[line];
        int end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : _utf8.Length;
        if (end - start > LongestQuotedLine)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(_utf8, start, end - start).TrimEnd('\r', ' ', '\t');
        return string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
    }

    private int LineAt(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    private static string FullPathOf(string path)
    {
        string usable = path.Length == 0 || path == "-" || path.Contains('\0') ? "program.c" : path;
        return System.IO.Path.GetFullPath(usable);
    }
}
