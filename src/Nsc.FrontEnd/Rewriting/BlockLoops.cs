// The loops of a file that call a function for each row of arrays, with a body that has blocks of rows answered instead. The loop's head stays as it is:
// the body takes more than one step of the counter.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Rewriting;

internal sealed class BlockLoops
{
    private readonly ExpandedText _text;
    private readonly SyntaxTree _file;
    private readonly DefinedFunction _function;
    private readonly FunctionCall _call;
    private readonly int _after;

    private BlockLoops(ExpandedText text, SyntaxTree file, DefinedFunction function, FunctionCall call, DropIn parts)
    {
        (_text, _file, _function, _call) = (text, file, function, call);
        _after = text.Written.Utf8.Length - Encoding.UTF8.GetByteCount(parts.After);
    }

    /// <param name="parts">The file that takes in another definition of the function.</param>
    /// <returns>In the order of the text; those of the function itself are none.</returns>
    public static ImmutableArray<LoopByBlocks> Of(ExpandedText text, SyntaxTree file, DefinedFunction function, FunctionCall call, DropIn parts)
    {
        if (!MappedLoop.Takes(call))
        {
            return [];
        }

        var loops = new BlockLoops(text, file, function, call, parts);
        return [.. file.Index.Functions.Where(f => f != function && IsPlain(f) && loops.MayCall(f)).SelectMany(loops.In).OfType<LoopByBlocks>()];
    }

    // A function that other files get inline must not use what is static.
    private static bool IsPlain(DefinedFunction function) => function.IsStatic || LibClang.Cursor_isFunctionInlined(function.Cursor) == 0;

    // Few functions do, and a file may have many of them.
    private bool MayCall(DefinedFunction user) =>
        _text.IsOfMain(user.Extent.Start) && _file.Source.Utf8.Span[user.Extent.Start..user.Extent.End].IndexOf(Encoding.UTF8.GetBytes(_function.Name)) >= 0;

    private IEnumerable<LoopByBlocks?> In(DefinedFunction user)
    {
        HashSet<string>? pointedTo = null;
        var pending = new Stack<CXCursor>([user.Cursor]);
        while (pending.TryPop(out CXCursor cursor))
        {
            List<CXCursor> children = cursor.Children();
            if (cursor.Kind == CXCursorKind.CXCursor_ForStmt
                && MappedLoop.Of(cursor, _file, _function, _call, pointedTo ??= StatementEffects.PointedTo(user.Cursor)) is { } loop)
            {
                yield return Placed(loop);
            }

            children.Reverse();
            children.ForEach(pending.Push);
        }
    }

    // Null where macros, conditions or pragmas cut through the loop, or a pragma before it says how it is to run.
    private LoopByBlocks? Placed(MappedLoop loop)
    {
        ReadOnlySpan<byte> text = _file.Source.Utf8.Span;
        int last = text[loop.Body.End - 1] is (byte)'}' ? loop.Body.End - 1 : loop.Body.End + text[loop.Body.End..].IndexOf((byte)';');
        int before = text[..loop.Loop].TrimEnd(" \t\r\n"u8).Length;
        if (_text.WrittenOffset(loop.Loop) is not { IsExact: true } || _text.WrittenOffset(loop.Body.Start) is not { Offset: var start, IsExact: true } || _text.WrittenOffset(last) is not { Offset: var end, IsExact: true }
            || end <= start || _text.Pragmas.Any(p => p.Offset >= before && p.Offset < last))
        {
            return null;
        }

        SourceText written = _text.Written;
        if (written.Slice(start, end + 1) is var old && (old[^1] is not (';' or '}') || old.Contains('#', StringComparison.Ordinal)))
        {
            return null;
        }

        bool isBefore = start < _after;
        int from = written.Slice(isBefore ? 0 : _after, start).Length;
        return new LoopByBlocks(_file.Source.PlaceAt(loop.Loop).Location.Line, isBefore, from, from + old.Length, Write(loop, Indentation(written, start)));
    }

    private static string Indentation(SourceText written, int offset)
    {
        string line = written.Slice(written.Line(written.LineAt(offset)).Start, offset);
        return line[..^line.TrimStart().Length];
    }

    private string Write(MappedLoop loop, string indentation)
    {
        string f = _call.Function, own = "nsc";
        while (loop.Statement.Contains(own + "_", StringComparison.Ordinal) || loop.Condition.Contains(own + "_", StringComparison.Ordinal))
        {
            own += "_own";
        }

        string[] inputs = [.. _call.Scalars.Zip(loop.Arguments).Where(a => a.First.IsInput).Select(a => Converted(a.First.Leaf.Kind, a.Second))];
        string[] stores = [.. Stores(loop, own)];
        int outputs = _call.Outputs.Count();
        string text = string.Create(CultureInfo.InvariantCulture, $$"""
            {
                // {{f}} for a block of rows; for one row where the next ones may read what it writes.
                double {{own}}_in[{{f}}_answers_rows * {{inputs.Length}}];
                double {{own}}_out[{{f}}_answers_rows * {{outputs}}];
                unsigned char {{own}}_has[{{f}}_answers_rows] = { 0 };
                int {{own}}_rows = 1;
                if ({{string.Join("\n        && ", Apart(loop))}})
                {
                    for ({{own}}_rows = 0; {{own}}_rows < {{f}}_answers_rows && ({{loop.Condition}}); {{own}}_rows++, {{loop.Counter}}++)
                    {
            {{string.Join('\n', inputs.Select((input, i) => $"            {own}_in[{Cell($"{own}_rows", inputs.Length, i)}] = {input};"))}}
                    }
                    {{loop.Counter}} -= {{own}}_rows;
                    {{f}}_answers_block({{own}}_in, {{own}}_out, {{own}}_has, {{own}}_rows);
                }
                for (int {{own}}_row = 0; {{own}}_row < {{own}}_rows; {{own}}_row++, {{loop.Counter}}++)
                {
                    if (!{{own}}_has[{{own}}_row])
                    {
                        {{loop.Statement}};
                        continue;
                    }
            {{string.Join('\n', stores.Select(s => $"        {s};"))}}
                }
                {{loop.Counter}}--;
            }
            """);
        return text.Replace("\n", "\n" + indentation, StringComparison.Ordinal);
    }

    // As the function's parameter takes it.
    private static string Converted(ScalarKind kind, string argument) => kind == ScalarKind.Double ? argument : $"({kind.Spelling()})({argument})";

    private static string Cell(string row, int width, int column) => width == 1 ? row : string.Create(CultureInfo.InvariantCulture, $"{row} * {width} + {column}");

    // What a row does with its answers: as the function does, which writes through its pointers before it gives its result.
    private IEnumerable<string> Stores(MappedLoop loop, string own)
    {
        CallOutput[] outputs = [.. _call.Outputs];
        string Answer(int k) => DropInWriter.Typed(outputs[k].Leaf.Kind, $"{own}_out[{Cell($"{own}_row", outputs.Length, k)}]", _call.Function);
        foreach (int k in Enumerable.Range(0, outputs.Length).OrderBy(k => outputs[k].Scalar < 0))
        {
            if (outputs[k].Scalar >= 0)
            {
                yield return $"{loop.Arguments[outputs[k].Scalar]} = {Answer(k)}";
            }
            else if (loop.Result is var (before, after))
            {
                yield return $"{before} {Answer(k)}{after}";
            }
        }
    }

    // What is written is asked about with all that is read; with itself where nothing is, so that there is something to ask.
    private IEnumerable<string> Apart(MappedLoop loop) =>
        from written in loop.Writes
        from read in loop.Reads.DefaultIfEmpty(new RowPlace(written, true))
        select $"{_call.Function}_answers_apart(&{written}, sizeof {written}, &{read.Text}, sizeof {read.Text}, {(read.Steps ? $"{_call.Function}_answers_rows" : "1")})";
}
