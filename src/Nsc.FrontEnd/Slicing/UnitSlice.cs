// The self-contained unit of some functions: their definitions with all that they need from the file and from every header, in order, and
// nothing else. This is what is checked, lowered, built and stored.

using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

/// <summary>A unit and the declarations of the file that it was made of.</summary>
internal sealed record CutUnit(SourceText Source, IReadOnlyList<Chunk> File, IReadOnlyCollection<Chunk> Needed)
{
    /// <summary>Whether an offset of the file lies in a declaration that the unit needs.</summary>
    public bool Holds(int offset) => Needed.Any(c => c.Start <= offset && offset <= c.End);

    /// <summary>Whether it does, or stands right before such a declaration.</summary>
    public bool Leads(int offset) => File.FirstOrDefault(c => c.End > offset) is { } next && Needed.Contains(next);
}

internal sealed class UnitSlice : IOrigins
{
    private readonly ExpandedText _text;
    private readonly StringBuilder _unit = new();
    private readonly List<(int Offset, int Origin)> _segments = [];
    private int _length; // In bytes.
    private int _line = -1; // That the next line would have without a marker.
    private int _open = -1; // The line of the text whose end was not written yet.

    private UnitSlice(ExpandedText text) => _text = text;

    /// <summary>Cuts units out of one file. What they leave out is noted.</summary>
    public static Func<IEnumerable<DefinedFunction>, DiagnosticBag, CutUnit> Cutter(ExpandedText text, SyntaxTree file, bool takesOut)
    {
        List<Chunk> chunks = Chunk.OfAll(file.Unit);
        var finder = new NeedsFinder(chunks, text.Source.Utf8);
        return (functions, notes) =>
        {
            var slice = new UnitSlice(text);
            var edits = new TextEdits();
            Chunk[] needed = [.. new SortedSet<int>(functions.SelectMany(f => finder.Of(f.Cursor).Chunks)).Select(i => chunks[i])];
            if (takesOut)
            {
                var effects = new Effects(edits, text.Source, notes);
                var variables = new KeptVariables(edits, needed);
                foreach (Chunk chunk in needed.Where(c => c.IsFunctionBody && Effects.MayBeIn(text.Source.Slice(c.Start, c.End))))
                {
                    effects.TakeOutOf(chunk.Declarations[0]);
                    variables.MoveOutOf(chunk);
                }
            }

            Array.ForEach(needed, chunk => slice.Append(chunk, edits));
            slice.Write(ComplexArithmetic.DefinitionsFor(slice._unit.ToString()));
            return new CutUnit(new SourceText(text.Source.Path, slice._unit.ToString(), slice), chunks, needed);
        };
    }

    public SourcePlace PlaceAt(int offset)
    {
        int at = _segments.BinarySearch((offset, int.MaxValue));
        var (start, origin) = _segments[Math.Max(0, (at < 0 ? ~at : at) - 1)];
        return _text.PlaceAt(origin + Math.Max(0, offset - start));
    }

    private void Append(Chunk chunk, TextEdits edits)
    {
        foreach ((int start, int end) in edits.MovedBefore(chunk.Start))
        {
            Append(start, end);
            EndLine("");
        }

        foreach ((int start, int end, string? text) in edits.Pieces(chunk.Start, chunk.End))
        {
            if (text is null)
            {
                Append(start, end);
            }
            else
            {
                BeginLine(_text.Source.LineAt(start), start);
                Write(text);
            }
        }

        EndLine(chunk.IsFunctionBody ? "" : ";");
    }

    private void Append(int start, int end)
    {
        SourceText source = _text.Source;
        for (int line = source.LineAt(start); start < end && line <= source.LineAt(end - 1); line++)
        {
            var (lineStart, lineEnd) = source.Line(line);
            int from = Math.Max(lineStart, start);
            if (_text.LineOf(lineStart).Line > 0)
            {
                BeginLine(line, from);
                Write(source.Slice(from, Math.Max(from, Math.Min(lineEnd, end))));
            }
        }
    }

    // Lines are numbered as they are in the file; those of headers have no number there.
    private void BeginLine(int line, int start)
    {
        if (_open != line)
        {
            EndLine("");
            WrittenLine written = _text.LineOf(_text.Source.Line(line).Start);
            int number = written.Depth == 0 && written.Line < CProgram.FirstGeneratedLine ? written.Line : CProgram.FirstGeneratedLine;
            bool hasNumber = number == _line || (number == CProgram.FirstGeneratedLine && _line > number);
            Write(hasNumber ? "" : UnitText.Marker(number));
            _line = (hasNumber ? _line : number) + 1;
            Write(new string(' ', start - _text.Source.Line(line).Start));
            _open = line;
        }

        _segments.Add((_length, start));
    }

    private void EndLine(string last)
    {
        if (_open >= 0)
        {
            Write(last + "\n");
            _open = -1;
        }
    }

    private void Write(string text)
    {
        _unit.Append(text);
        _length += Encoding.UTF8.GetByteCount(text);
    }
}
