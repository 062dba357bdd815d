// One net under training, with all its memory: weights, gradient, moments, samples and one block's activations.

using System.Runtime.InteropServices;
using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Trainers;

/// <summary>A place where one net after another is trained, each on as many samples. Not for several threads.</summary>
internal sealed class FusedNet
{
    // Samples that go through the net together: enough to keep calls rare, few enough for the nearest cache.
    private const int Block = 32;
    private const int CacheLine = 64 / sizeof(float);
    private readonly FusedLayout _layout;
    private readonly int _training;
    private readonly int _heldOut;
    private readonly float[] _memory;
    private readonly int _start;
    private readonly float[] _outputs = new float[Block];
    private readonly Part _weights, _gradient, _mean, _square, _secondRows, _zeros, _inputs, _targets, _hidden1, _hidden2, _deltas1, _deltas2;
    private int _steps;

    public FusedNet(NetShape shape, int training, int heldOut)
    {
        (_layout, _training, _heldOut) = (new FusedLayout(shape), training, heldOut);
        int size = 0;
        _weights = Take(_layout.Size);
        _gradient = Take(_layout.Size);
        _mean = Take(_layout.Size);
        _square = Take(_layout.Size);
        _secondRows = Take(shape.PairWidth * _layout.Lanes);
        _zeros = Take(_layout.Lanes);
        _hidden1 = Take(Block * _layout.Lanes);
        _hidden2 = Take(Block * _layout.Lanes);
        _deltas1 = Take(Block * _layout.Lanes);
        _deltas2 = Take(Block * _layout.Lanes);
        _inputs = Take((Padded(training) + Padded(heldOut)) * shape.Inputs);
        _targets = Take(training + heldOut);

        // Pinned, so that what begins with a cache line stays so.
        _memory = GC.AllocateArray<float>(size + CacheLine, pinned: true);
        int misaligned = (int)((ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) / sizeof(float) % CacheLine);
        _start = (CacheLine - misaligned) % CacheLine;

        Part Take(int count)
        {
            int from = size;
            size += (count + CacheLine - 1) / CacheLine * CacheLine;
            return new Part(from, count);
        }
    }

    /// <summary>The rows that are trained on.</summary>
    public int Training => _training;

    /// <summary>Takes a net and its samples.</summary>
    public void Begin(NetTask task)
    {
        _steps = 0;
        _layout.Write(task.Weights, Of(_weights));
        Of(_mean).Clear();
        Of(_square).Clear();
        int trained = _training * _layout.Inputs;
        task.Inputs.AsSpan(0, trained).CopyTo(Of(_inputs));
        task.Inputs.AsSpan(trained).CopyTo(Of(_inputs)[(Padded(_training) * _layout.Inputs)..]);
        task.Targets.CopyTo(Of(_targets));
    }

    /// <summary>The weights as they are now, in the order of <see cref="NetShape"/>.</summary>
    public float[] Weights() => _layout.Read(Of(_weights));

    /// <summary>The gradient of the mean squared error over the training rows, in the same order.</summary>
    public float[] Gradient() => _layout.Read(Of(_gradient));

    /// <summary>The mean squared error on the held-out rows.</summary>
    public double HeldOutError()
    {
        double sum = 0;
        for (int row = 0; row < _heldOut; row += Block)
        {
            int rows = Math.Min(Block, _heldOut - row);
            Forward(Padded(_training) + row, Padded(rows));
            for (int s = 0; s < rows; s++)
            {
                double error = _outputs[s] - Of(_targets)[_training + row + s];
                sum += error * error;
            }
        }

        return sum / _heldOut;
    }

    /// <summary>What the net says of the training rows.</summary>
    public float[] Predict()
    {
        var predicted = new float[_training];
        for (int row = 0; row < _training; row += Block)
        {
            int rows = Math.Min(Block, _training - row);
            Forward(row, Padded(rows));
            _outputs.AsSpan(0, rows).CopyTo(predicted.AsSpan(row));
        }

        return predicted;
    }

    /// <summary>Computes the gradient of the mean squared error over so many training rows from one on.</summary>
    public void ComputeGradient(int from, int count)
    {
        Of(_gradient).Clear();
        TransposeSecond();
        for (int row = from; row < from + count; row += Block)
        {
            int rows = Math.Min(Block, from + count - row);
            Forward(row, Padded(rows));
            OutputDeltas(row, rows, count);
            Backward(row, Padded(rows));
        }
    }

    /// <summary>A step of <see cref="Adam"/> against the gradient.</summary>
    public void Step(double learningRate) => Adam.Step(Of(_weights), Of(_gradient), Of(_mean), Of(_square), ++_steps, learningRate);

    private static int Padded(int rows) => (rows + FloatKernels.Tile - 1) / FloatKernels.Tile * FloatKernels.Tile;

    private Span<float> Of(Part part) => _memory.AsSpan(_start + part.From, part.Count);

    // The activations and outputs of so many rows, whole tiles; rows after the last sample are zeros.
    private void Forward(int row, int rows)
    {
        (int inputs, int width, int lanes) = (_layout.Inputs, _layout.Width, _layout.Lanes);
        Span<float> weights = Of(_weights), hidden1 = Of(_hidden1)[..(rows * lanes)], hidden2 = Of(_hidden2)[..(rows * lanes)];
        FloatKernels.Product(weights[_layout.FirstBias..], 0, Of(_inputs)[(row * inputs)..], inputs, 1, weights, hidden1, rows, inputs, lanes);
        FloatKernels.Tanh(hidden1);
        FloatKernels.Product(weights[_layout.SecondBias..], 0, hidden1, lanes, 1, weights[_layout.Second..], hidden2, rows, width, lanes);
        FloatKernels.Tanh(hidden2);
        FloatKernels.Dot(hidden2, weights.Slice(_layout.Output, lanes), weights[_layout.OutputBias], _outputs.AsSpan(0, rows));
    }

    // Replaces the outputs by the loss's slopes in them; those of the rows after the last sample are zero.
    private void OutputDeltas(int row, int rows, int count)
    {
        ReadOnlySpan<float> targets = Of(_targets)[row..];
        ref float bias = ref Of(_gradient)[_layout.OutputBias];
        for (int s = 0; s < rows; s++)
        {
            _outputs[s] = 2 * (_outputs[s] - targets[s]) / count;
            bias += _outputs[s];
        }

        _outputs.AsSpan(rows).Clear();
    }

    // Adds the part of the gradient that comes from the rows at hand.
    private void Backward(int row, int rows)
    {
        (int inputs, int width, int lanes) = (_layout.Inputs, _layout.Width, _layout.Lanes);
        Span<float> weights = Of(_weights), gradient = Of(_gradient), zeros = Of(_zeros);
        Span<float> hidden1 = Of(_hidden1)[..(rows * lanes)], hidden2 = Of(_hidden2)[..(rows * lanes)];
        Span<float> deltas1 = Of(_deltas1)[..(rows * lanes)], deltas2 = Of(_deltas2)[..(rows * lanes)];
        Span<float> second = gradient[_layout.Second..], output = gradient[_layout.Output..];
        FloatKernels.Product(output, lanes, _outputs, 1, 1, hidden2, output, 1, rows, lanes);
        FloatKernels.Product(zeros, 0, _outputs, 1, 1, weights[_layout.Output..], deltas2, rows, 1, lanes);
        FloatKernels.BackThroughTanh(hidden2, deltas2, gradient.Slice(_layout.SecondBias, lanes));
        FloatKernels.Product(second, lanes, hidden1, 1, lanes, deltas2, second, width, rows, lanes);
        FloatKernels.Product(zeros, 0, deltas2, lanes, 1, Of(_secondRows), deltas1, rows, width, lanes);
        FloatKernels.BackThroughTanh(hidden1, deltas1, gradient.Slice(_layout.FirstBias, lanes));
        FloatKernels.Product(gradient, lanes, Of(_inputs)[(row * inputs)..], 1, inputs, deltas1, gradient, inputs, rows, lanes);
    }

    private void TransposeSecond()
    {
        Span<float> rows = Of(_secondRows);
        ReadOnlySpan<float> columns = Of(_weights)[_layout.Second..];
        for (int k = 0; k < _layout.Width; k++)
        {
            for (int j = 0; j < _layout.Width; j++)
            {
                rows[(k * _layout.Lanes) + j] = columns[(j * _layout.Lanes) + k];
            }
        }
    }

    private readonly record struct Part(int From, int Count);
}
