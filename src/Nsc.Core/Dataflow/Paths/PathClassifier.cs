// Which path through the program each input takes, found by evaluating the graph: no program is run.

using System.Collections.Immutable;
using System.Numerics.Tensors;
using Nsc.Core.Sampling;

namespace Nsc.Core.Dataflow.Paths;

/// <summary>One path: what each of <see cref="PathClassifier.Branches"/> decides on it, null where the path does not come to it.</summary>
/// <param name="Key">The same for the same path of one graph, whatever the samples.</param>
/// <param name="Count">How many of the samples take it.</param>
public sealed record ExecutionPath(ulong Key, ImmutableArray<bool?> Outcomes, int Count);

/// <summary>The paths that some samples take.</summary>
/// <param name="PathOf">For each sample its index in <paramref name="Paths"/>.</param>
/// <param name="Paths">The most frequent one first; of equally frequent ones, the one that came first.</param>
public sealed record PathTable(int[] PathOf, ImmutableArray<ExecutionPath> Paths);

/// <summary>
/// The path of an input is what its deciding nodes decide, as far as an output depends on them: where a select takes one value, what
/// only the other one needs does not matter.
/// </summary>
public sealed class PathClassifier(DataflowGraph graph)
{
    // Rows that are evaluated at a time, so that all values of a large graph fit into memory.
    private const int Block = 1024;
    private readonly GraphEvaluator _evaluator = new(graph);

    /// <summary>The deciding nodes.</summary>
    public ImmutableArray<int> Branches { get; } = Paths.Branches.Of(graph);

    /// <summary>Sorts inputs, (count, InputCount), row-major, by their paths.</summary>
    public PathTable Classify(ReadOnlySpan<double> inputs)
    {
        int count = inputs.Length / graph.InputCount;
        var pathOf = new int[count];
        var found = new Dictionary<ulong, int>();
        var paths = new List<(ulong Key, ImmutableArray<bool?> Outcomes)>();
        var counts = new List<int>();
        for (int start = 0; start < count; start += Block)
        {
            int rows = Math.Min(Block, count - start);
            bool?[][] columns = Decide(inputs.Slice(start * graph.InputCount, rows * graph.InputCount), rows);
            for (int row = 0; row < rows; row++)
            {
                ulong key = Key(columns, row);
                if (!found.TryGetValue(key, out int path))
                {
                    found[key] = path = paths.Count;
                    paths.Add((key, [.. columns.Select(c => c[row])]));
                    counts.Add(0);
                }

                counts[path]++;
                pathOf[start + row] = path;
            }
        }

        int[] order = [.. Enumerable.Range(0, counts.Count).OrderByDescending(p => counts[p])], place = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        return new PathTable(Array.ConvertAll(pathOf, p => place[p]), [.. order.Select(p => new ExecutionPath(paths[p].Key, paths[p].Outcomes, counts[p]))]);
    }

    // For each branch its outcome on each row.
    private bool?[][] Decide(ReadOnlySpan<double> inputs, int rows)
    {
        if (Branches.IsEmpty)
        {
            return [];
        }

        GraphValues values = _evaluator.Evaluate(inputs, rows);
        byte[]?[] isNeeded = Needs(values, rows);
        return [.. Branches.Select(branch =>
        {
            bool[] outcomes = Paths.Branches.Outcomes(graph, branch, values);
            return outcomes.Select((outcome, row) => isNeeded[branch]?[row] > 0 ? outcome : (bool?)null).ToArray();
        })];
    }

    // For each node and row 255 where an output depends on it, from the outputs down; null where none does on any row.
    private byte[]?[] Needs(GraphValues values, int rows)
    {
        var needs = new byte[graph.Nodes.Length][];
        var all = new byte[rows];
        Array.Fill(all, byte.MaxValue);
        foreach (int output in graph.Outputs)
        {
            needs[output] = all;
        }

        for (int i = needs.Length - 1; i >= 0; i--)
        {
            if (needs[i] is not { } need)
            {
                continue;
            }

            Node node = graph.Nodes[i];
            if (node.Opcode == Opcode.Select)
            {
                bool[] outcomes = Array.ConvertAll(values.Column(node.A), v => v != 0);
                Add(node.A, need);
                Add(node.B, [.. need.Select((n, row) => outcomes[row] ? n : (byte)0)]);
                Add(node.C, [.. need.Select((n, row) => outcomes[row] ? (byte)0 : n)]);
                continue;
            }

            for (int k = 0; k < node.Arity; k++)
            {
                Add(node.Operand(k), need);
            }
        }

        return needs;

        void Add(int node, byte[] need)
        {
            if (needs[node] is not { } known)
            {
                needs[node] = need;
            }
            else if (known != need)
            {
                var both = new byte[rows];
                TensorPrimitives.BitwiseOr(known, need, both);
                needs[node] = both;
            }
        }
    }

    private static ulong Key(bool?[][] columns, int row)
    {
        ulong key = 0;
        foreach (bool?[] column in columns)
        {
            key = SplitMix64.Scramble((key * 3) + (column[row] switch { null => 1UL, false => 2UL, true => 3UL }));
        }

        return key;
    }
}
