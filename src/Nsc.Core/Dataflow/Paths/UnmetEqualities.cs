// Branches that random inputs never take: x == 3.0 holds for one number of all, and nothing is learned of what a program does there.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Core.Dataflow.Paths;

public static class UnmetEqualities
{
    // Fewer inputs for a large graph, whose values must fit into memory.
    private const int Most = 4096, Fewest = 64, Values = 1 << 22;

    /// <summary>A note for each deciding <c>==</c> that holds for none of some thousand random inputs, and each <c>!=</c> that holds for all.</summary>
    public static ImmutableArray<Diagnostic> Notes(CProgram program, DataflowGraph graph)
    {
        ImmutableArray<int> equalities = [.. Branches.Of(graph).Where(b => graph.Nodes[b].Opcode is Opcode.Equal or Opcode.NotEqual)];
        if (equalities.IsEmpty)
        {
            return [];
        }

        int count = Math.Clamp(Values / graph.Nodes.Length, Fewest, Most);
        GraphValues values = new GraphEvaluator(graph).Evaluate(InputSampler.Draw(program.Signature, count, new SplitMix64(1)), count);
        return [.. equalities.Where(IsUnmet).Select(b => new Diagnostic(
            Severity.Note, "unmet-equality", new SourceLocation(program.Path, graph.Lines.Length > 0 ? graph.Lines[b] : 0, 0),
            $"'{ConditionText.Of(graph, program.Signature.Inputs, b)}' holds for {(IsEqual(b) ? "none" : "all")} of {count} random inputs: what the program does where it {(IsEqual(b) ? "holds" : "does not")} is not learned"))];

        bool IsEqual(int node) => graph.Nodes[node].Opcode == Opcode.Equal;

        bool IsUnmet(int node) => Array.TrueForAll(Branches.Outcomes(graph, node, values), outcome => outcome != IsEqual(node));
    }
}
