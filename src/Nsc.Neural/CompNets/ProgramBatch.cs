// Lays many dataflow graphs side by side, level by level, so that one tensor operation composes all the values of a level.

using Nsc.Core.Dataflow;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Neural.CompNets;

/// <summary>A graph over unit inputs whose inputs have been assigned to slots of the covering topology.</summary>
/// <param name="Slots">For each input of the graph, its slot.</param>
public sealed record PlacedGraph(DataflowGraph Graph, int[] Slots);

/// <summary>Values of one level that have the same number of operands A; N of them.</summary>
/// <param name="Opcodes">(N) opcode of each value.</param>
/// <param name="Kinds">(N) kind of each value.</param>
/// <param name="Operands">(A, N) row of each operand in the state table.</param>
public sealed record BatchGroup(Tensor Opcodes, Tensor Kinds, Tensor Operands);

/// <summary>
/// A batch of graphs as tensors. The state table has one row per value: the inputs, the constants, then the values of
/// level 1, 2 and so on, each level ordered by arity. The tensors belong to the caller's dispose scope.
/// </summary>
/// <param name="InputSlots">(I) slot of each input row.</param>
/// <param name="ConstantFeatures">(K, ConstantEncoding.Size) features of each constant row.</param>
/// <param name="Rows">For each graph, the state-table row of each of its nodes.</param>
public sealed record ProgramBatch(Tensor InputSlots, Tensor ConstantFeatures, IReadOnlyList<IReadOnlyList<BatchGroup>> Levels, int[][] Rows)
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
        var packed = new List<IReadOnlyList<BatchGroup>>(levels.Count);
        foreach (var level in levels.Skip(1))
        {
            var groups = level.GroupBy(v => NodeAt(v).Arity).OrderBy(g => g.Key).Select(g => g.ToList()).ToList();
            groups.ForEach(Number);
            packed.Add(groups.ConvertAll(PackGroup));
        }

        return new ProgramBatch(
            tensor(inputs.ConvertAll(v => (long)programs[v.Program].Slots[NodeAt(v).A]).ToArray()),
            EncodeConstants(constants.ConvertAll(v => NodeAt(v).ConstantValue)),
            packed,
            rows);

        Node NodeAt((int Program, int Node) value) => programs[value.Program].Graph.Nodes[value.Node];

        void Number(List<(int Program, int Node)> values)
        {
            foreach ((int program, int node) in values)
            {
                rows[program][node] = next++;
            }
        }

        BatchGroup PackGroup(List<(int Program, int Node)> group)
        {
            int count = group.Count, arity = NodeAt(group[0]).Arity;
            long[] opcodes = new long[count], kinds = new long[count], operands = new long[arity * count];
            for (int v = 0; v < count; v++)
            {
                Node node = NodeAt(group[v]);
                opcodes[v] = (long)node.Opcode;
                kinds[v] = (long)node.Kind;
                for (int k = 0; k < arity; k++)
                {
                    operands[(k * count) + v] = rows[group[v].Program][node.Operand(k)];
                }
            }

            return new BatchGroup(tensor(opcodes), tensor(kinds), tensor(operands, dimensions: [arity, count]));
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
