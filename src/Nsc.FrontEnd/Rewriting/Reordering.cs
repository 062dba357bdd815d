// Swaps neighbouring statements that do not depend on each other.

using Nsc.Core.Sampling;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Rewriting;

internal sealed class Reordering
{
    private readonly SyntaxTree _unit;
    private readonly SplitMix64 _random;
    private readonly SourceEdits _edits;
    private readonly Dictionary<int, int> _semicolons;

    private Reordering(SyntaxTree unit, SplitMix64 random)
    {
        _unit = unit;
        _random = random;
        _edits = new SourceEdits(unit);

        // For each token, by its end, where the semicolon right after it ends.
        List<TokenExtent> tokens = Tokenizer.ExtentsOf(unit.Unit);
        _semicolons = tokens.Zip(tokens.Skip(1)).Where(pair => IsSemicolon(pair.Second)).ToDictionary(pair => pair.First.End, pair => pair.Second.End);
    }

    public static SourceEdits Of(SyntaxTree unit, SplitMix64 random)
    {
        var reordering = new Reordering(unit, random);
        foreach (DefinedFunction function in unit.Index.Functions)
        {
            reordering.Visit(function.Cursor, StatementEffects.PointedTo(function.Cursor));
        }

        return reordering._edits;
    }

    // The outermost block that allows it is reordered; what is inside moves along as it is.
    private void Visit(CXCursor cursor, HashSet<string> pointedTo)
    {
        if (cursor.Kind != CXCursorKind.CXCursor_CompoundStmt || !TryReorder(cursor, pointedTo))
        {
            cursor.Children().ForEach(child => Visit(child, pointedTo));
        }
    }

    private bool TryReorder(CXCursor block, HashSet<string> pointedTo)
    {
        List<CXCursor> statements = block.Children();
        if (Slots(block, statements) is not { } slots)
        {
            return false;
        }

        int[] order = Shuffle(statements.ConvertAll(s => StatementEffects.Of(s, pointedTo)));
        for (int i = 0; i < order.Length; i++)
        {
            if (order[i] != i)
            {
                _edits.Replace(slots[i].Start, slots[i].End, _unit.Source.Slice(slots[order[i]].Start, slots[order[i]].End));
            }
        }

        return order.Where((statement, i) => statement != i).Any();
    }

    // Swaps neighbours by lot, many times over; at least once when any two may be swapped.
    private int[] Shuffle(List<StatementEffects> effects)
    {
        int[] order = [.. Enumerable.Range(0, effects.Count)];
        int firstPair = -1;
        for (int round = 0; round < order.Length; round++)
        {
            for (int i = 0; i + 1 < order.Length; i++)
            {
                if (effects[order[i]].IsIndependentOf(effects[order[i + 1]]))
                {
                    firstPair = firstPair < 0 ? i : firstPair;
                    Swap(order, _random.NextInt(2) == 0 ? i : -1);
                }
            }
        }

        bool isUnchanged = order.Order().SequenceEqual(order);
        Swap(order, isUnchanged ? firstPair : -1);
        return order;
    }

    private static void Swap(int[] order, int first)
    {
        if (first >= 0)
        {
            (order[first], order[first + 1]) = (order[first + 1], order[first]);
        }
    }

    // Where the statements of a block are, semicolons included; null when that is doubtful.
    private List<(int Start, int End)>? Slots(CXCursor block, List<CXCursor> statements)
    {
        var slots = statements.ConvertAll(s => s.Extent());
        var (blockStart, blockEnd) = block.Extent();
        bool isPlain = _unit.Source.Slice(blockStart, blockStart + 1) == "{";
        for (int i = 0; i < slots.Count; i++)
        {
            int limit = i + 1 < slots.Count ? slots[i + 1].Start : blockEnd - 1;
            slots[i] = slots[i] with { End = EndOf(slots[i], limit) };
            isPlain &= slots[i].End <= limit && IsClosed(slots[i]);
        }

        return isPlain && slots.Count > 1 ? slots : null;
    }

    // An expression's extent leaves out the semicolon that makes it a statement; one beyond the limit is an empty statement.
    private int EndOf((int Start, int End) slot, int limit) =>
        _unit.Source.Slice(slot.End - 1, slot.End) != ";" && _semicolons.TryGetValue(slot.End, out int end) && end <= limit ? end : slot.End;

    private bool IsClosed((int Start, int End) slot) =>
        slot.End > slot.Start && _unit.Source.Slice(slot.End - 1, slot.End) is ";" or "}";

    private bool IsSemicolon(TokenExtent token) =>
        token.Kind == SourceTokenKind.Punctuation && _unit.Source.Slice(token.Start, token.End) == ";";
}
