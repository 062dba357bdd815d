// Rows of a corpus from formulas, where no C is needed.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Shards;

namespace Nsc.Tests.Corpus;

internal static class CorpusRows
{
    /// <summary>A function of doubles over the given ranges. Its text is one number, so that no two names have the same tokens.</summary>
    public static ShardRow Row(string name, Interval[] ranges, Func<Term[], Term[]> formulas)
    {
        DataflowGraph graph = Term.Graphed(ranges.Length, formulas);
        var program = new CorpusProgram(graph, [.. ranges.Select((range, i) => new InputVariable($"x{i}", ScalarKind.Double, range))], []);
        string text = "1" + string.Concat(name.Select(c => ((int)c).ToString("D5", System.Globalization.CultureInfo.InvariantCulture)));
        return ShardRow.Of(name, $"int f = {text[..Math.Min(15, text.Length)]}, g = {text[^Math.Min(15, text.Length)..]};", program, name);
    }

    /// <summary>One output, all inputs over [-1, 1].</summary>
    public static ShardRow Row(string name, int inputs, Func<Term[], Term> formula) =>
        Row(name, [.. Enumerable.Repeat(new Interval(-1, 1), inputs)], x => [formula(x)]);
}
