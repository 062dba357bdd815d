// The self-contained unit of some functions: their definitions with all that they need from the file and from every header, in order, and
// nothing else. This is what is checked, lowered, built and stored.

using System.Text;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

internal sealed class UnitSlice : IOrigins
{
    private readonly ExpandedText _text;
    private readonly StringBuilder _unit = new();
    private readonly List<(int Offset, int Origin)> _segments = [];
    private int _length; // In bytes.
    private int _line = -1; // That the next line would have without a marker.

    private UnitSlice(ExpandedText text) => _text = text;

    /// <summary>Cuts units out of one file.</summary>
    public static Func<IEnumerable<DefinedFunction>, SourceText> Cutter(ExpandedText text, SyntaxTree file)
    {
        List<Chunk> chunks = Chunk.OfAll(file.Unit);
        var finder = new NeedsFinder(chunks, text.Source.Utf8);
        return functions =>
        {
            var slice = new UnitSlice(text);
            foreach (int index in new SortedSet<int>(functions.SelectMany(f => finder.Of(f.Cursor).Chunks)))
            {
                slice.Append(chunks[index]);
            }

            return new SourceText(text.Source.Path, slice._unit.ToString(), slice);
        };
    }

    public SourcePlace PlaceAt(int offset)
    {
        int at = _segments.BinarySearch((offset, int.MaxValue));
        var (start, origin) = _segments[Math.Max(0, (at < 0 ? ~at : at) - 1)];
        return _text.PlaceAt(origin + Math.Max(0, offset - start));
    }

    // Line by line, as the lines are numbered in the file; those of headers have no number there.
    private void Append(Chunk chunk)
    {
        SourceText source = _text.Source;
        for (int line = source.LineAt(chunk.Start); line <= source.LineAt(Math.Max(chunk.Start, chunk.End - 1)); line++)
        {
            var (lineStart, lineEnd) = source.Line(line);
            int start = Math.Max(lineStart, chunk.Start), end = Math.Min(lineEnd, chunk.End);
            WrittenLine written = _text.LineOf(lineStart);
            if (written.Line == 0)
            {
                continue;
            }

            int number = written.Depth == 0 && written.Line < CProgram.FirstGeneratedLine ? written.Line : CProgram.FirstGeneratedLine;
            bool hasNumber = number == _line || (number == CProgram.FirstGeneratedLine && _line > number);
            Write(hasNumber ? "" : UnitText.Marker(number));
            _line = (hasNumber ? _line : number) + 1;
            Write(new string(' ', start - lineStart));
            _segments.Add((_length, start));
            Write(source.Slice(start, end));
            Write(end == chunk.End && !chunk.IsFunctionBody ? ";\n" : "\n");
        }
    }

    private void Write(string text)
    {
        _unit.Append(text);
        _length += Encoding.UTF8.GetByteCount(text);
    }
}
