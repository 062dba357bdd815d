// Runs a surrogate without libtorch: small networks over many samples, a vector of samples at a time. A fine-tuned net's weights are large and
// cancel each other, so that single precision would be some millionths of a deviation off; what every export is compared with is not.

using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nsc.Core.Surrogates;

/// <summary>
/// Evaluates a surrogate in double precision. Samples are taken in blocks that fit the first-level cache, each block held
/// feature-major, (features, <see cref="Block"/>), so that one vector holds one feature of neighbouring samples. Safe to use
/// from several threads.
/// </summary>
public sealed class SurrogateEvaluator(Surrogate surrogate)
{
    private const int Block = 128;

    private readonly Topology _topology = surrogate.Topology;

    /// <summary>The outputs (samples, outputs) of any number of samples; see the other overload.</summary>
    public double[] Evaluate(ReadOnlySpan<double> inputs)
    {
        var outputs = new double[inputs.Length / _topology.Inputs * _topology.Outputs];
        Evaluate(inputs, outputs);
        return outputs;
    }

    /// <summary>Evaluates any number of samples.</summary>
    /// <param name="inputs">(samples, inputs), row-major, in the program's units.</param>
    /// <param name="outputs">(samples, outputs), row-major, in the program's units; not rounded where the program's type is an integer.</param>
    public void Evaluate(ReadOnlySpan<double> inputs, Span<double> outputs)
    {
        int samples = inputs.Length / _topology.Inputs;
        if (inputs.Length != samples * _topology.Inputs || outputs.Length != samples * _topology.Outputs)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs and {outputs.Length} outputs are no table of samples for {_topology.Inputs} inputs and {_topology.Outputs} outputs");
        }

        int width = _topology.Hidden.Append(1).Max();
        double[] buffer = ArrayPool<double>.Shared.Rent((_topology.Inputs + (2 * width)) * Block);
        Span<double> scaled = buffer.AsSpan(0, _topology.Inputs * Block);
        Span<double> front = buffer.AsSpan(scaled.Length, width * Block);
        Span<double> back = buffer.AsSpan(scaled.Length + front.Length, width * Block);
        scaled.Clear();
        for (int start = 0; start < samples; start += Block)
        {
            int count = Math.Min(Block, samples - start);
            ScaleInputs(inputs.Slice(start * _topology.Inputs, count * _topology.Inputs), scaled, count);
            for (int k = 0; k < _topology.Outputs; k++)
            {
                ReadOnlySpan<double> result = RunNetwork(k, scaled, front, back, count);
                NetScale scale = surrogate.ScaleOf(k);
                for (int s = 0; s < count; s++)
                {
                    outputs[((start + s) * _topology.Outputs) + k] = scale.InUnits(result[s]);
                }
            }
        }

        ArrayPool<double>.Shared.Return(buffer);
    }

    // (count, inputs) in the program's units to (inputs, Block) in [-1, 1].
    private void ScaleInputs(ReadOnlySpan<double> inputs, Span<double> scaled, int count)
    {
        for (int i = 0; i < _topology.Inputs; i++)
        {
            var range = surrogate.Signature.Inputs[i].Range;
            double middle = range.Linear.Middle;
            double halfWidth = range.Linear.HalfWidth;
            for (int s = 0; s < count; s++)
            {
                scaled[(i * Block) + s] = (range.OnLine(inputs[(s * _topology.Inputs) + i]) - middle) / halfWidth;
            }
        }
    }

    // The network of output k over one block; the result is the first row of one of the two buffers.
    private ReadOnlySpan<double> RunNetwork(int k, ReadOnlySpan<double> scaled, Span<double> front, Span<double> back, int count)
    {
        ReadOnlySpan<double> input = scaled;
        for (int l = 0; l < _topology.LayerCount; l++)
        {
            int rows = _topology.Rows(l);
            int columns = _topology.Columns(l);
            Multiply(
                surrogate.Layers[l].Weight.AsSpan().Slice(k * rows * columns, rows * columns),
                surrogate.Layers[l].Bias.AsSpan().Slice(k * rows, rows),
                input, front, count);
            if (l + 1 < _topology.LayerCount)
            {
                Activate(front, rows, count);
            }

            input = front;
            Span<double> free = back;
            back = front;
            front = free;
        }

        return input;
    }

    // output (rows, Block) = weight (rows, columns) input (columns, Block) + bias (rows), for the first count samples, rounded
    // up to whole tiles. A tile is four vectors, whose sums stay in registers while the columns go by.
    private static void Multiply(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<double> input, Span<double> output, int count)
    {
        int columns = weight.Length / bias.Length;
        int lanes = Vector<double>.Count;
        ref double source = ref MemoryMarshal.GetReference(input);
        ref double target = ref MemoryMarshal.GetReference(output);
        for (int tile = 0; tile < count; tile += 4 * lanes)
        {
            for (int row = 0; row < bias.Length; row++)
            {
                Vector<double> a = new(bias[row]), b = a, c = a, d = a;
                nuint at = (nuint)tile;
                foreach (float w in weight.Slice(row * columns, columns))
                {
                    var scale = new Vector<double>(w);
                    a = Vector.MultiplyAddEstimate(scale, Vector.LoadUnsafe(ref source, at), a);
                    b = Vector.MultiplyAddEstimate(scale, Vector.LoadUnsafe(ref source, at + (nuint)lanes), b);
                    c = Vector.MultiplyAddEstimate(scale, Vector.LoadUnsafe(ref source, at + (nuint)(2 * lanes)), c);
                    d = Vector.MultiplyAddEstimate(scale, Vector.LoadUnsafe(ref source, at + (nuint)(3 * lanes)), d);
                    at += Block;
                }

                nuint to = (nuint)((row * Block) + tile);
                a.StoreUnsafe(ref target, to);
                b.StoreUnsafe(ref target, to + (nuint)lanes);
                c.StoreUnsafe(ref target, to + (nuint)(2 * lanes));
                d.StoreUnsafe(ref target, to + (nuint)(3 * lanes));
            }
        }
    }

    private void Activate(Span<double> values, int rows, int count)
    {
        for (int row = 0; row < rows; row++)
        {
            Span<double> samples = values.Slice(row * Block, count);
            switch (_topology.Activation)
            {
                case Activation.Tanh:
                    TensorPrimitives.Tanh(samples, samples);
                    break;
                default:
                    throw new InvalidOperationException($"no such activation: {_topology.Activation}");
            }
        }
    }
}
