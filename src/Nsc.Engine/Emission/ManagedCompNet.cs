// CompNet's forward pass for one program, without a tensor library: what compiles. Training has the same network on tensors,
// for many programs at once and with gradients; a test holds the two to each other.

using System.Numerics.Tensors;
using Nsc.Core.Dataflow;

namespace Nsc.Engine.Emission;

/// <summary>
/// A Transformer over the dataflow. Values' states (D numbers each) are composed from their operands' in the graph's order: multi-head
/// attention over the operands, the opcode asking; then a gated feed-forward with a linear path around it.
/// </summary>
public sealed class ManagedCompNet : IEmitter
{
    private const int KeySize = 16;
    private const float HighestScore = 20;

    private readonly float[] _base, _slot, _opcode, _kind, _query, _bias, _scale;
    private readonly Affine _constantIn, _constantOut, _featuresIn, _featuresOut, _keyAndValue, _gateUpAndAround, _down, _emitGateAndUp, _emit, _moments;
    private readonly int _constants, _features, _directions;
    private readonly LayerNormalisation _leaf, _attended, _result;

    /// <summary>The network of a checkpoint; throws <see cref="Nsc.Core.Surrogates.ContainerException"/> when its tensors do not fit its shape.</summary>
    public ManagedCompNet(CompNetCheckpoint checkpoint)
    {
        (Options, CompNetVocabulary names) = (checkpoint.Shape, checkpoint.Vocabulary);
        (_constants, _features, _directions) = (names.Constants.Length, names.FeatureCount(Options.CoveringInputs), names.Directions.Length);
        (int width, int keys, int opcodes) = (Options.Width, Options.Heads * KeySize, names.Opcodes.Length);
        int kinds = opcodes * Opcodes.MaxArity;
        _base = Values("_base", Options.Nets.WeightCount);
        _slot = Values("_slot.weight", Options.CoveringInputs, width);
        _constantIn = Linear("_constantIn.", _constants, width);
        _constantOut = Linear("_constantOut.", width, width);
        _leaf = Norm("_leaf.", width);
        _opcode = Values("_compose._opcode.weight", opcodes, 2 * width);
        _kind = Values("_compose._kind.weight", names.Kinds.Length, 2 * width);
        _featuresIn = Linear("_compose._featuresIn.", _features, width);
        _featuresOut = Linear("_compose._featuresOut.", width, 2 * width);
        _query = Values("_compose._query.weight", kinds, keys);
        _bias = Values("_compose._bias.weight", kinds, Options.Heads);
        _scale = Values("_compose._scale.weight", kinds, 2 * width);
        _keyAndValue = Linear("_compose._keyAndValue._", width, keys + (2 * width));
        _attended = Norm("_compose._attended.", 2 * width);
        _gateUpAndAround = Linear("_compose._gateUpAndAround._", 2 * width, (2 * Options.FeedForward) + width);
        _down = Linear("_compose._down._", Options.FeedForward, width);
        _result = Norm("_compose._result.", width);
        _emitGateAndUp = Linear("_emitGateAndUp.", width, 2 * Options.EmissionWidth);
        _emit = Linear("_emit.", Options.EmissionWidth, Options.Nets.WeightCount + (Options.Nets.FirstWidth * _directions));
        _moments = Linear("_moments.", width, 2);

        float[] Values(string name, params int[] shape) => checkpoint.Values(CompNetCheckpoint.NetPrefix + name, shape);
        Affine Linear(string prefix, int inputs, int outputs) => new(Values(prefix + "weight", outputs, inputs), Values(prefix + "bias", outputs));
        LayerNormalisation Norm(string prefix, int size) => new(Values(prefix + "weight", size), Values(prefix + "bias", size));
    }

    public CompNetOptions Options { get; }

    public EmittedNet[] Emit(CompNetInput program)
    {
        // Values of one depth go together, so that the weights are read once for all of them. Keys and values are computed once for each state, however
        // many values read it.
        (DataflowGraph graph, float[] names) = (program.Graph, Names(program));
        float[][] states = new float[graph.Nodes.Length][], read = new float[states.Length][];
        foreach (int[] level in Levels(graph))
        {
            float[] composed = graph.Nodes[level[0]].Arity == 0 ? Leaves(level, program) : Compose(level, graph, names, read);
            float[] readable = _keyAndValue.Apply(composed);
            for (int i = 0; i < level.Length; i++)
            {
                states[level[i]] = Row(composed, i, level.Length).ToArray();
                read[level[i]] = Row(readable, i, level.Length).ToArray();
            }
        }

        return [.. graph.Outputs.Select(o => EmitNet(states[o], program, o))];
    }

    // The nodes by their distance from a leaf, the leaves first.
    private static IEnumerable<int[]> Levels(DataflowGraph graph)
    {
        var depths = new int[graph.Nodes.Length];
        for (int i = 0; i < depths.Length; i++)
        {
            Node node = graph.Nodes[i];
            for (int k = 0; k < node.Arity; k++)
            {
                depths[i] = Math.Max(depths[i], depths[node.Operand(k)] + 1);
            }
        }

        return Enumerable.Range(0, depths.Length).GroupBy(i => depths[i]).OrderBy(level => level.Key).Select(level => level.ToArray());
    }

    private static Span<float> Row(float[] rows, int row, int count) => rows.AsSpan(row * (rows.Length / count), rows.Length / count);

    // The states of inputs and constants: (leaves, D).
    private float[] Leaves(int[] leaves, CompNetInput program)
    {
        float[] states = new float[leaves.Length * Options.Width];
        for (int i = 0; i < leaves.Length; i++)
        {
            Node node = program.Graph.Nodes[leaves[i]];
            ReadOnlySpan<float> leaf = node.Opcode == Opcode.Input ? _slot.AsSpan(program.Slots[node.A] * Options.Width, Options.Width) : Constant(node.ConstantValue);
            leaf.CopyTo(Row(states, i, leaves.Length));
        }

        return _leaf.Apply(states);
    }

    // What is known of each value before its operands are: (nodes, 2D).
    private float[] Names(CompNetInput program)
    {
        int size = _features, channels = 2 * Options.Width;
        var features = new float[program.Graph.Nodes.Length * size];
        for (int i = 0; i < program.Graph.Nodes.Length; i++)
        {
            program.Features.WriteFeatures(i, features.AsSpan(i * size, size), program.Slots, Options.CoveringInputs);
        }

        float[] names = _featuresOut.Apply(ActivationFunctions.Gelu(_featuresIn.Apply(features)));
        for (int i = 0; i < names.Length; i++)
        {
            Node node = program.Graph.Nodes[i / channels];
            names[i] += _opcode[(node.Opcode.Row().CanonicalIndex * channels) + (i % channels)] + _kind[((int)node.Kind * channels) + (i % channels)];
        }

        return names;
    }

    private float[] Constant(double value)
    {
        var features = new float[_constants];
        ConstantEncoding.Write(value, features);
        return _constantOut.Apply(ActivationFunctions.Gelu(_constantIn.Apply(features)));
    }

    // The states (values, D) of values whose operands' are known, given the names (2D) of all values and what is read of the operands' states.
    private float[] Compose(int[] values, DataflowGraph graph, float[] names, float[][] read)
    {
        float[] attended = new float[values.Length * 2 * Options.Width];
        for (int i = 0; i < values.Length; i++)
        {
            Span<float> row = Row(attended, i, values.Length);
            Attend(graph.Nodes[values[i]], read, row);
            TensorPrimitives.Add(row, Row(names, values[i], graph.Nodes.Length), row);
        }

        float[] parts = _gateUpAndAround.Apply(_attended.Apply(attended)), states = _down.Apply(Gated(parts, values.Length, Options.FeedForward));
        for (int i = 0; i < values.Length; i++)
        {
            Span<float> row = Row(states, i, values.Length);
            TensorPrimitives.Add(row, Row(parts, i, values.Length)[(2 * Options.FeedForward)..], row);
        }

        return _result.Apply(states);
    }

    // Attention in the form sum(e v) / sum(e) with e = exp(score), for each head, into sum (2D), which is zero.
    private void Attend(Node node, float[][] read, Span<float> sum)
    {
        int heads = Options.Heads, channels = 2 * Options.Width, ofHead = channels / heads;
        var total = new float[heads];
        for (int position = 0; position < node.Arity; position++)
        {
            int kind = (node.Opcode.Row().CanonicalIndex * Opcodes.MaxArity) + position;
            float[] operand = read[node.Operand(position)];
            for (int h = 0; h < heads; h++)
            {
                float score = _bias[(kind * heads) + h];
                for (int k = 0; k < KeySize; k++)
                {
                    score += operand[(h * KeySize) + k] * _query[(kind * heads * KeySize) + (h * KeySize) + k];
                }

                float weight = MathF.Exp(Math.Clamp(score, -HighestScore, HighestScore));
                total[h] += weight;
                for (int c = h * ofHead; c < (h + 1) * ofHead; c++)
                {
                    sum[c] += weight * operand[(heads * KeySize) + c] * _scale[(kind * channels) + c];
                }
            }
        }

        for (int c = 0; c < channels; c++)
        {
            sum[c] /= total[c / ofHead];
        }
    }

    // Of each row, silu of the first so many numbers times the next ones.
    private static float[] Gated(float[] parts, int rows, int count)
    {
        var gated = new float[rows * count];
        for (int i = 0; i < rows; i++)
        {
            Span<float> gate = Row(gated, i, rows);
            ReadOnlySpan<float> part = Row(parts, i, rows);
            part[..count].CopyTo(gate);
            ActivationFunctions.Silu(gate);
            TensorPrimitives.Multiply(gate, part.Slice(count, count), gate);
        }

        return gated;
    }

    private EmittedNet EmitNet(float[] state, CompNetInput program, int value)
    {
        float[] emitted = _emit.Apply(Gated(_emitGateAndUp.Apply(state), 1, Options.EmissionWidth));
        int count = Options.Nets.WeightCount, slots = Options.CoveringInputs;
        float[] weights = emitted[..count], directions = new float[_directions * slots];
        for (int i = 0; i < count; i++)
        {
            weights[i] += _base[i];
        }

        // The first layer is a matrix of its own plus a combination of the directions in which the value changes.
        program.Features.WriteDirections(value, directions, program.Slots, slots);
        for (int row = 0; row < Options.Nets.FirstWidth; row++)
        {
            for (int d = 0; d < _directions; d++)
            {
                float share = emitted[count + (row * _directions) + d];
                for (int i = 0; i < slots; i++)
                {
                    weights[(row * slots) + i] += share * directions[(d * slots) + i];
                }
            }
        }

        float[] moments = _moments.Apply(state);
        return new EmittedNet(weights, moments[0], moments[1]);
    }
}
