// Lays many dataflow graphs side by side, level by level, so that one tensor operation composes all the values of a level.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Engine.Emission;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.HyperNetworks;

/// <summary>The N values of one level, with their T operands: the first operands of all values, then the second ones, then the third.</summary>
/// <param name="Operands">(T) state-table rows of the operands.</param>
/// <param name="Owners">(T) which of the level's values each of them belongs to.</param>
public sealed record BatchLevel(int Count, Tensor Operands, Tensor Owners)
{
    /// <summary>T.</summary>
    public long OperandCount => Operands.shape[0];
}

/// <summary>
/// A batch of graphs as tensors. The state table has one row per value: the inputs, the constants, then the values of
/// level 1, 2 and so on. The tensors belong to the caller's dispose scope.
/// </summary>
/// <param name="InputSlots">(I) slot of each input row.</param>
/// <param name="ConstantFeatures">(K, ConstantEncoding.Size) features of each constant row.</param>
/// <param name="OpcodeIds">(M) opcode of each value that is neither input nor constant, in the order of its rows.</param>
/// <param name="KindIds">(M) kind of each of them.</param>
/// <param name="OperandIds">(sum of T) for each operand, level by level: the opcode that takes it, times 3, plus its position.</param>
/// <param name="Features">(M, <see cref="ValueFeatures.Count"/>) what the moment analysis says of each of them.</param>
/// <param name="Rows">For each graph, the state-table row of each of its nodes.</param>
public sealed record ProgramBatch(
    Tensor InputSlots, Tensor ConstantFeatures, Tensor OpcodeIds, Tensor KindIds, Tensor OperandIds, Tensor Features,
    IReadOnlyList<BatchLevel> Levels, int[][] Rows)
{
    /// <param name="programs">The graphs, with their slots.</param>
    /// <param name="slots">How many slots there are.</param>
    public static ProgramBatch Pack(IReadOnlyList<CompNetInput> programs, int slots)
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
        List<long> opcodes = [], kinds = [], operandIds = [];
        var composed = new List<(int Program, int Node)>();
        foreach (var level in levels.Skip(1))
        {
            Number(level);
            opcodes.AddRange(level.Select(v => (long)NodeAt(v).Opcode.Row().CanonicalIndex));
            kinds.AddRange(level.Select(v => (long)NodeAt(v).Kind));
            composed.AddRange(level);
            packed.Add(PackLevel(level));
        }

        return new ProgramBatch(
            tensor(inputs.ConvertAll(v => (long)programs[v.Program].Slots[NodeAt(v).A]).ToArray()),
            EncodeConstants(constants.ConvertAll(v => NodeAt(v).ConstantValue)),
            tensor(opcodes.ToArray()), tensor(kinds.ToArray()), tensor(operandIds.ToArray()),
            EncodeFeatures(programs, composed, slots), packed, rows);

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
            List<long> operands = [], owners = [];
            for (int position = 0; position < Opcodes.MaxArity; position++)
            {
                for (int v = 0; v < level.Count; v++)
                {
                    Node node = NodeAt(level[v]);
                    if (node.Arity > position)
                    {
                        operands.Add(rows[level[v].Program][node.Operand(position)]);
                        owners.Add(v);
                        operandIds.Add(((long)node.Opcode.Row().CanonicalIndex * Opcodes.MaxArity) + position);
                    }
                }
            }

            return new BatchLevel(level.Count, tensor(operands.ToArray()), tensor(owners.ToArray()));
        }
    }

    private static Tensor EncodeFeatures(IReadOnlyList<CompNetInput> programs, List<(int Program, int Node)> values, int slots)
    {
        int size = ValueFeatures.Count(slots);
        var features = new float[values.Count * size];
        for (int i = 0; i < values.Count; i++)
        {
            CompNetInput program = programs[values[i].Program];
            program.Features.WriteFeatures(values[i].Node, features.AsSpan(i * size, size), program.Slots, slots);
        }

        return features.Aligned(values.Count, size);
    }

    private static Tensor EncodeConstants(List<double> constants)
    {
        var features = new float[constants.Count * ConstantEncoding.Size];
        for (int i = 0; i < constants.Count; i++)
        {
            ConstantEncoding.Write(constants[i], features.AsSpan(i * ConstantEncoding.Size, ConstantEncoding.Size));
        }

        return features.Aligned(constants.Count, ConstantEncoding.Size);
    }
}
