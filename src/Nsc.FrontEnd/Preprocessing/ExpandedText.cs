// A C file after preprocessing: one text, with clang's line markers in it, that includes and defines nothing. Everything after this
// point reads this text; this file knows where each part of it was written.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <summary>A pragma, wherever it was written.</summary>
/// <param name="Offset">Of its line in the expanded text, in bytes.</param>
/// <param name="Text">What comes after <c>#pragma</c>.</param>
/// <param name="IsOfSystem">Whether a system header has it.</param>
internal sealed record Pragma(int Offset, string Text, bool IsOfSystem)
{
    public const string Directive = "#pragma";

    /// <summary>The byte offset of one of the text's characters.</summary>
    public int OffsetOf(int position) => Offset + Directive.Length + Encoding.UTF8.GetByteCount(Text.AsSpan(0, position));
}

/// <summary>Where a line of the expanded text was written.</summary>
/// <param name="File">As clang names it; <see cref="ExpandedText.Main"/> for the file itself.</param>
/// <param name="Line">From 1; 0 for a line marker.</param>
/// <param name="Depth">How many inclusions deep; 0 in the file itself.</param>
internal readonly record struct WrittenLine(string File, int Line, int Depth, bool IsSystem);

internal sealed partial class ExpandedText : IOrigins
{
    private const int MostArgumentLines = 16;

    /// <summary>Clang's name for what it reads from its standard input.</summary>
    public const string Main = "<stdin>";

    private readonly SourceText _raw;
    private readonly SourceText? _written;
    private readonly WrittenLine[] _lines;
    private readonly HashSet<string> _read;
    private readonly Dictionary<string, SourceText?> _headers = new(StringComparer.Ordinal);

    /// <param name="raw">What clang's preprocessor gave, or a self-contained unit.</param>
    /// <param name="written">The file that it was made of; null for a unit, which is its own origin.</param>
    /// <param name="read">The files that the preprocessor has read, which may be quoted; others a line directive may name.</param>
    public ExpandedText(string raw, SourceText? written, string path, IReadOnlyCollection<string>? read = null)
    {
        _read = [.. (read ?? []).Select(f => Path.GetFullPath(Path.Combine(written!.Folder, f)))];
        _raw = new SourceText(path, raw);
        _written = written;
        _lines = new WrittenLine[_raw.LineCount];
        Source = new SourceText(path, ReadLines(), this);
    }

    /// <summary>The text as clang parses it: pragmas are blank, since they may change what it does, or bring it down.</summary>
    public SourceText Source { get; }

    /// <summary>Full paths of the files that were included.</summary>
    public IReadOnlyCollection<string> Read => _read;

    /// <summary>Whether the text is a stored unit.</summary>
    public bool IsUnit => _written is null;

    /// <summary>Whether the file's own text stands among the headers.</summary>
    public bool IncludesItself => _written is not null
        && _lines.Where(l => l.Depth > 0).Select(l => l.File).Distinct().Any(f => Path.GetFullPath(Path.Combine(_written.Folder, f)) == Path.GetFullPath(_raw.Path));

    /// <summary>The file that the text was made of, or the unit itself.</summary>
    public SourceText Written => _written ?? _raw;

    public ImmutableArray<Pragma> Pragmas { get; private set; }

    /// <summary>
    /// What is left that a parser could take for a directive, in words that fit "the text has ...", or null. The preprocessor prints a
    /// '#' that is none to it, and whoever reads its output may see that differently.
    /// </summary>
    public (string What, int Offset)? Flaw()
    {
        string text = LineMarker().Replace(Source.Text, marker => new string(' ', marker.Length));
        return UnitText.FindFlaw(text) is var (what, index) ? (what, Encoding.UTF8.GetByteCount(text.AsSpan(0, index))) : null;
    }

    public WrittenLine LineOf(int offset) => _lines[_raw.LineAt(offset)];

    /// <summary>Whether the text at an offset was written in the file itself, rather than in a header.</summary>
    public bool IsOfMain(int offset) => LineOf(offset) is { Depth: 0, Line: > 0 };

    public SourcePlace PlaceAt(int offset)
    {
        int at = _raw.LineAt(offset);
        WrittenLine line = _lines[at];
        if (line.Line == 0)
        {
            return new SourcePlace(SourceLocation.InFile(_raw.Path), null);
        }

        var (start, end) = _raw.Line(at);
        string expanded = _raw.Slice(start, end);
        int column = Encoding.UTF8.GetCharCount(_raw.Utf8.Span[start..Math.Min(offset, end)]);
        if (TextOf(line.File) is { } text && line.Line <= text.LineCount)
        {
            return text.PlaceAt(Align(expanded, column, text, line.Line).Offset);
        }

        string file = line.File == Main ? _raw.Path : NameOf(line.File);
        return new SourcePlace(new SourceLocation(file, line.Line, column + 1), _written is null ? expanded : null);
    }

    /// <summary>
    /// The byte offset in the written file of the token at an offset, and whether it is that token itself rather than the macro that
    /// made it. Null when it was not written there.
    /// </summary>
    public (int Offset, bool IsExact)? WrittenOffset(int offset)
    {
        WrittenLine line = LineOf(offset);
        if (_written is null)
        {
            return (offset, true);
        }

        if (line.File != Main || line.Depth != 0 || line.Line < 1 || line.Line > _written.LineCount)
        {
            return null;
        }

        var (start, end) = _raw.Line(_raw.LineAt(offset));
        return Align(_raw.Slice(start, end), Encoding.UTF8.GetCharCount(_raw.Utf8.Span[start..offset]), _written, line.Line);
    }

    // The byte offset in a text of what stands at a column of an expanded line. Lines that backslashes join count as one.
    private static (int Offset, bool IsExact) Align(string expanded, int column, SourceText text, int line)
    {
        var (start, end) = text.Line(line - 1);
        int next = line;
        for (; next < text.LineCount && text.Slice(start, end).TrimEnd('\r').EndsWith('\\'); next++)
        {
            end = text.Line(next).End;
        }

        (int Offset, bool IsExact) found = Find();

        // A macro's arguments on later lines come with its first one.
        for (; !found.IsExact && next < Math.Min(text.LineCount, line + MostArgumentLines) && IsOpen(text.Slice(start, end)); next++)
        {
            end = text.Line(next).End;
            found = Find() is { IsExact: true } later ? later : found;
        }

        return found;

        (int Offset, bool IsExact) Find()
        {
            string written = text.Slice(start, end);
            var (at, isExact) = TokenAlignment.Find(expanded, column, written);
            return (start + Encoding.UTF8.GetByteCount(written.AsSpan(0, at)), isExact);
        }
    }

    private static bool IsOpen(string text) => text.Count(c => c == '(') > text.Count(c => c == ')');

    // Fills the table of lines, takes the pragmas out and gives the rest.
    private string ReadLines()
    {
        var text = new StringBuilder(_raw.Text.Length);
        var pragmas = ImmutableArray.CreateBuilder<Pragma>();
        var here = new WrittenLine(Main, 1, 0, false);
        for (int i = 0; i < _lines.Length; i++)
        {
            var (start, end) = _raw.Line(i);
            string line = _raw.Slice(start, end);
            text.Append(i == 0 ? "" : "\n");
            if (line.StartsWith('#') && Marker().Match(line) is { Success: true } marker)
            {
                here = After(here, marker);
                _lines[i] = here with { Line = 0 };
                text.Append(line);
                continue;
            }

            _lines[i] = here;
            here = here with { Line = here.Line + 1 };
            bool isPragma = line.StartsWith(Pragma.Directive, StringComparison.Ordinal);
            bool isBlank = isPragma || line.StartsWith("#ident ", StringComparison.Ordinal);
            text.Append(isBlank ? new string(' ', Encoding.UTF8.GetByteCount(line)) : line);
            if (isPragma)
            {
                pragmas.Add(new Pragma(start, line[Pragma.Directive.Length..], _lines[i].IsSystem));
            }
        }

        Pragmas = pragmas.ToImmutable();
        return text.ToString();
    }

    private static WrittenLine After(WrittenLine here, Match marker)
    {
        string flags = marker.Groups["flags"].Value;
        int line = int.Parse(marker.Groups["line"].Value, CultureInfo.InvariantCulture);
        int depth = here.Depth + (flags.Contains('1', StringComparison.Ordinal) ? 1 : flags.Contains('2', StringComparison.Ordinal) ? -1 : 0);
        string file = marker.Groups["file"] is { Success: true, Value: var name } ? Escape().Replace(name, "$1") : here.File;
        return new WrittenLine(file, line, Math.Max(0, depth), flags.Contains('3', StringComparison.Ordinal));
    }

    private SourceText? TextOf(string file)
    {
        if (_written is null || file == Main)
        {
            return _written;
        }

        if (!_headers.TryGetValue(file, out SourceText? text))
        {
            string full = Path.GetFullPath(Path.Combine(_written.Folder, file));
            text = _read.Contains(full) && SourceText.ReadRegular(full) is { } content ? new SourceText(NameOf(file), content) : null;
            _headers.Add(file, text);
        }

        return text;
    }

    // A header beside the file is named as the file is.
    private string NameOf(string file) => Path.IsPathRooted(file)
        ? file : Path.Combine(Path.GetDirectoryName(_raw.Path) ?? "", file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file);

    [GeneratedRegex("""^#(?:line)? (?<line>\d{1,9})(?: "(?<file>(?:[^"\\]|\\.)*)"(?<flags>(?: \d)*))?\s*$""")]
    private static partial Regex Marker();

    [GeneratedRegex("^#(?:line)? \\d+[^\\n]*", RegexOptions.Multiline)]
    private static partial Regex LineMarker();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escape();
}
