// Lays many dataflow graphs side by side, level by level, so that one tensor operation composes all the values of a level.

using Nsc.Core.Dataflow;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Neural.CompNets;

/// <summary>A graph over unit inputs whose inputs have been assigned to slots of the covering topology.</summary>
/// <param name="Slots">For each input of the graph, its slot.</param>
public sealed record PlacedGraph(DataflowGraph Graph, int[] Slots);

/// <summary>The values of one level, ordered by arity.</summary>
/// <param name="Counts">For each operand position p, how many values have an operand there; they are the level's last ones.</param>
/// <param name="Operands">(sum of Counts) state-table rows of the operands at position 0, then at 1, then at 2.</param>
public sealed record BatchLevel(long[] Counts, Tensor Operands);

/// <summary>
/// A batch of graphs as tensors. The state table has one row per value: the inputs, the constants, then the values of
/// level 1, 2 and so on, each level ordered by arity. The tensors belong to the caller's dispose scope.
/// </summary>
/// <param name="InputSlots">(I) slot of each input row.</param>
/// <param name="ConstantFeatures">(K, ConstantEncoding.Size) features of each constant row.</param>
/// <param name="OpcodeIds">(M) opcode of each value that is neither input nor constant, in the order of its rows.</param>
/// <param name="KindIds">(M) kind of each of them.</param>
/// <param name="Rows">For each graph, the state-table row of each of its nodes.</param>
public sealed record ProgramBatch(Tensor InputSlots, Tensor ConstantFeatures, Tensor OpcodeIds, Tensor KindIds, IReadOnlyList<BatchLevel> Levels, int[][] Rows)
{
    public static ProgramBatch Pack(IReadOnlyList<PlacedGraph> programs)
    {
        var levels = new List<List<(int Program, int Node)>> { new() };
        for (int p = 0; p < programs.Count; p++)
        {
            int[] nodeLevels = programs[p].Graph.Levels();
            for (int i = 0; i < nodeLevels.Length; i++)
            {
                while (levels.Count <= nodeLevels[i])
                {
                    levels.Add([]);
                }

                levels[nodeLevels[i]].Add((p, i));
            }
        }

        var rows = new int[programs.Count][];
        for (int p = 0; p < rows.Length; p++)
        {
            rows[p] = new int[programs[p].Graph.Nodes.Length];
        }

        int next = 0;
        var inputs = levels[0].Where(v => NodeAt(v).Opcode == Opcode.Input).ToList();
        var constants = levels[0].Where(v => NodeAt(v).Opcode == Opcode.Constant).ToList();
        Number(inputs);
        Number(constants);
        var packed = new List<BatchLevel>(levels.Count);
        List<long> opcodes = [], kinds = [];
        foreach (var level in levels.Skip(1))
        {
            var ordered = level.OrderBy(v => NodeAt(v).Arity).ToList();
            Number(ordered);
            opcodes.AddRange(ordered.Select(v => (long)NodeAt(v).Opcode));
            kinds.AddRange(ordered.Select(v => (long)NodeAt(v).Kind));
            packed.Add(PackLevel(ordered));
        }

        return new ProgramBatch(
            tensor(inputs.ConvertAll(v => (long)programs[v.Program].Slots[NodeAt(v).A]).ToArray()),
            EncodeConstants(constants.ConvertAll(v => NodeAt(v).ConstantValue)),
            tensor(opcodes.ToArray()), tensor(kinds.ToArray()), packed, rows);

        Node NodeAt((int Program, int Node) value) => programs[value.Program].Graph.Nodes[value.Node];

        void Number(List<(int Program, int Node)> values)
        {
            foreach ((int program, int node) in values)
            {
                rows[program][node] = next++;
            }
        }

        BatchLevel PackLevel(List<(int Program, int Node)> level)
        {
            var operands = new List<long>();
            var counts = new long[Opcodes.MaxArity];
            for (int p = 0; p < counts.Length; p++)
            {
                var present = level.Where(v => NodeAt(v).Arity > p).ToList();
                counts[p] = present.Count;
                operands.AddRange(present.Select(v => (long)rows[v.Program][NodeAt(v).Operand(p)]));
            }

            return new BatchLevel(counts, tensor(operands.ToArray()));
        }
    }

    private static Tensor EncodeConstants(List<double> constants)
    {
        var features = new float[constants.Count * ConstantEncoding.Size];
        for (int i = 0; i < constants.Count; i++)
        {
            ConstantEncoding.Write(constants[i], features.AsSpan(i * ConstantEncoding.Size, ConstantEncoding.Size));
        }

        return tensor(features, dimensions: [constants.Count, ConstantEncoding.Size]);
    }
}
