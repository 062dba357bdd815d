// The text of a translation unit with its line table. libclang counts bytes; people, and carets, count characters.

using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;

namespace Nsc.FrontEnd.Sources;

/// <summary>Where the text at a byte offset comes from, when that is another text.</summary>
internal interface IOrigins
{
    SourcePlace PlaceAt(int offset);
}

internal sealed class SourceText
{
    /// <summary>The largest text that is read, in bytes, before and after preprocessing.</summary>
    public const int Largest = 4 << 20;

    /// <summary>Longer lines are not quoted in messages: nobody reads them, and a hostile one would flood the terminal.</summary>
    private const int LongestQuotedLine = 240;

    private readonly byte[] _utf8;
    private readonly List<int> _lineStarts = [0];
    private readonly IOrigins? _origins;

    /// <param name="origins">For a text that was made of others: where messages point to. Null for a text that a person wrote.</param>
    public SourceText(string path, string text, IOrigins? origins = null)
    {
        Path = path;
        FullPath = FullPathOf(path);
        Text = text;
        _origins = origins;
        _utf8 = Encoding.UTF8.GetBytes(text);
        for (int i = 0; i < _utf8.Length; i++)
        {
            if (_utf8[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The text of a regular file of bearable size, or null.</summary>
    public static string? ReadRegular(string path)
    {
        try
        {
            return FileIdentity.Of(path).Kind == FileKind.File && new FileInfo(path).Length <= Largest ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The path as the user wrote it, for messages.</summary>
    public string Path { get; }

    public string FullPath { get; }

    public string Folder => System.IO.Path.GetDirectoryName(FullPath) ?? "/";

    public string Text { get; }

    public ReadOnlyMemory<byte> Utf8 => _utf8;

    public int LineCount => _lineStarts.Count;

    /// <summary>The text between two byte offsets.</summary>
    public string Slice(int start, int end) => Encoding.UTF8.GetString(_utf8, start, end - start);

    /// <summary>The place of a byte offset, in the text that a person wrote.</summary>
    public SourcePlace PlaceAt(int offset) => _origins?.PlaceAt(offset) ?? PlaceIn(LineAt(offset), offset);

    /// <summary>The byte range of a line, which counts from 0, without its end.</summary>
    public (int Start, int End) Line(int line)
    {
        int end = line + 1 < _lineStarts.Count ? _lineStarts[line + 1] - 1 : _utf8.Length;
        return (_lineStarts[line], end);
    }

    /// <summary>The line, from 0, around an offset.</summary>
    public int LineAt(int offset)
    {
        int found = _lineStarts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    private SourcePlace PlaceIn(int line, int offset)
    {
        var (start, end) = Line(line);
        int column = Encoding.UTF8.GetCharCount(_utf8, start, Math.Clamp(offset - start, 0, _utf8.Length - start));
        return new SourcePlace(new SourceLocation(Path, line + 1, column + 1), end - start > LongestQuotedLine ? null : Quote(Slice(start, end)));
    }

    // Without control characters.
    private static string Quote(string line) => string.Concat(line.TrimEnd('\r', ' ', '\t').Select(c => char.IsControl(c) ? ' ' : c));

    private static string FullPathOf(string path)
    {
        string usable = path.Length == 0 || path == "-" || path.Contains('\0') ? "program.c" : path;
        return System.IO.Path.GetFullPath(usable);
    }
}
