// One net under training, with all its memory: weights, gradient, moments, samples and one block's activations.

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nsc.Nets.FineTuning;

/// <summary>A place where one net after another is trained, each on as many samples. Not for several threads.</summary>
internal sealed class FusedNet
{
    private readonly LaneLayout _layout;
    private readonly int _training;
    private readonly int _heldOut;
    private readonly float[] _memory;
    private readonly float[] _ones = [.. Enumerable.Repeat(1f, Lanes.Block)];
    private readonly float[] _outputs = new float[Lanes.Block];
    private readonly Range _weights, _gradient, _mean, _square, _secondRows, _inputs, _targets, _hidden1, _hidden2, _deltas1, _deltas2;
    private int _steps;

    public FusedNet(NetShape shape, int training, int heldOut)
    {
        (_layout, _training, _heldOut) = (new LaneLayout(shape), training, heldOut);
        int size = 0;
        _weights = Take(_layout.Size);
        _gradient = Take(_layout.Size);
        _mean = Take(_layout.Size);
        _square = Take(_layout.Size);
        _secondRows = Take(shape.Width * _layout.Lanes);
        _hidden1 = Take(Lanes.Block * _layout.Lanes);
        _hidden2 = Take(Lanes.Block * _layout.Lanes);
        _deltas1 = Take(Lanes.Block * _layout.Lanes);
        _deltas2 = Take(Lanes.Block * _layout.Lanes);
        _inputs = Take((Padded(training) + Padded(heldOut)) * shape.Inputs);
        _targets = Take(training + heldOut);

        // Pinned, so that what is aligned to vectors stays so.
        _memory = GC.AllocateArray<float>(size + Vector512<float>.Count, pinned: true);
        int misaligned = (int)((ulong)Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0) / sizeof(float) % (ulong)Vector512<float>.Count);
        Start = (Vector512<float>.Count - misaligned) % Vector512<float>.Count;

        Range Take(int count)
        {
            int from = size;
            size += (count + Vector512<float>.Count - 1) / Vector512<float>.Count * Vector512<float>.Count;
            return from..(from + count);
        }
    }

    private int Start { get; }

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
        for (int row = 0; row < _heldOut; row += Lanes.Block)
        {
            Forward(Padded(_training) + row);
            for (int s = 0; s < Math.Min(Lanes.Block, _heldOut - row); s++)
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
        for (int row = 0; row < _training; row += Lanes.Block)
        {
            Forward(row);
            _outputs.AsSpan(0, Math.Min(Lanes.Block, _training - row)).CopyTo(predicted.AsSpan(row));
        }

        return predicted;
    }

    /// <summary>Computes the gradient.</summary>
    public void ComputeGradient()
    {
        Of(_gradient).Clear();
        TransposeSecond();
        for (int row = 0; row < _training; row += Lanes.Block)
        {
            Forward(row);
            Backward(row);
        }
    }

    /// <summary>A step of <see cref="Adam"/> against the gradient.</summary>
    public void Step(double learningRate) => Adam.Step(Of(_weights), Of(_gradient), Of(_mean), Of(_square), ++_steps, learningRate);

    private static int Padded(int rows) => (rows + Lanes.Block - 1) / Lanes.Block * Lanes.Block;

    private Span<float> Of(Range range) => _memory.AsSpan(Start + range.Start.Value, range.End.Value - range.Start.Value);

    private Span<float> BlockInputs(int row) => Of(_inputs).Slice(row * _layout.Inputs, Lanes.Block * _layout.Inputs);

    // The activations and outputs of the block that begins at a row; rows after the last one are zeros.
    private void Forward(int row)
    {
        int lanes = _layout.Lanes;
        Span<float> weights = Of(_weights), hidden1 = Of(_hidden1), hidden2 = Of(_hidden2);
        Lanes.Multiply(weights, _layout.Inputs, lanes, weights[_layout.FirstBias..], BlockInputs(row), _layout.Inputs, hidden1);
        Lanes.Tanh(hidden1);
        Lanes.Multiply(weights[_layout.Second..], _layout.Width, lanes, weights[_layout.SecondBias..], hidden1, lanes, hidden2);
        Lanes.Tanh(hidden2);
        ReadOnlySpan<float> output = weights.Slice(_layout.Output, lanes);
        for (int s = 0; s < Lanes.Block; s++)
        {
            _outputs[s] = weights[_layout.OutputBias] + Dot(hidden2.Slice(s * lanes, lanes), output);
        }
    }

    // Adds the block's part of the gradient.
    private void Backward(int row)
    {
        int lanes = _layout.Lanes;
        Span<float> weights = Of(_weights), gradient = Of(_gradient), hidden1 = Of(_hidden1), hidden2 = Of(_hidden2);
        Span<float> deltas1 = Of(_deltas1), deltas2 = Of(_deltas2), outer = stackalloc float[Lanes.Block];
        for (int s = 0; s < Math.Min(Lanes.Block, _training - row); s++)
        {
            outer[s] = 2 * (_outputs[s] - Of(_targets)[row + s]) / _training;
            gradient[_layout.OutputBias] += outer[s];
        }

        Lanes.Accumulate(gradient[_layout.Output..], 1, lanes, outer, 1, hidden2);
        Lanes.Multiply(weights[_layout.Output..], 1, lanes, [], outer, 1, deltas2);
        Lanes.BackThroughTanh(hidden2, deltas2);
        Lanes.Accumulate(gradient[_layout.SecondBias..], 1, lanes, _ones, 1, deltas2);
        Lanes.Accumulate(gradient[_layout.Second..], _layout.Width, lanes, hidden1, lanes, deltas2);
        Lanes.Multiply(Of(_secondRows), _layout.Width, lanes, [], deltas2, lanes, deltas1);
        Lanes.BackThroughTanh(hidden1, deltas1);
        Lanes.Accumulate(gradient[_layout.FirstBias..], 1, lanes, _ones, 1, deltas1);
        Lanes.Accumulate(gradient, _layout.Inputs, lanes, BlockInputs(row), _layout.Inputs, deltas1);
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

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < a.Length; i += Vector512<float>.Count)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Create(a[i..]), Vector512.Create(b[i..]), sum);
        }

        return Vector512.Sum(sum);
    }
}
