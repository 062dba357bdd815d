// A net's passes over samples in double precision: its errors, and how its output slopes in the sums of its layers.

using System.Numerics.Tensors;
using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Trainers;

/// <summary>Samples, as passes read them.</summary>
internal sealed class SampleRows
{
    /// <param name="points">(rows, I), row-major.</param>
    /// <param name="targets">(rows).</param>
    /// <param name="roots">(rows), or null; see <see cref="Roots"/>.</param>
    public SampleRows(int inputs, double[] points, double[] targets, double[]? roots = null)
    {
        (Points, Targets, Roots) = (points, targets, roots);
        Strips = new double[DoubleKernels.Padded(targets.Length) * inputs];
        DoubleKernels.ToStrips(points, inputs, targets.Length, inputs, Strips);
    }

    public double[] Points { get; }

    public double[] Targets { get; }

    /// <summary>What each row's error is multiplied by: the root of how much it counts; null where all count alike.</summary>
    public double[]? Roots { get; }

    /// <summary>What a row's error is multiplied by.</summary>
    public double Root(int row) => Roots is null ? 1 : Roots[row];

    /// <summary>The points in <see cref="DoubleKernels"/>' strips; behind the last one are zeros.</summary>
    public double[] Strips { get; }
}

/// <summary>What a pass over some rows leaves. A layer's rows are as long as its width in whole strips, and there are whole strips of them.</summary>
internal sealed class Activations(int rows, NetShape shape)
{
    /// <summary>Of each hidden layer.</summary>
    public double[][] Hidden { get; } = [.. shape.Hidden.Select(width => new double[DoubleKernels.Padded(rows) * DoubleKernels.Padded(width)])];

    /// <summary>Those of all hidden layers but the last, in strips.</summary>
    public double[][] Strips { get; } = [.. shape.Hidden.SkipLast(1).Select(width => new double[DoubleKernels.Padded(rows) * width])];

    public double[] Errors { get; } = new double[rows];

    public int Rows => rows;
}

/// <summary>One net's weights, laid out for passes. Not for several threads.</summary>
internal sealed class NetPasses
{
    private readonly NetShape _shape;
    private readonly double[][] _biases, _zeros;

    // Strips of a layer's units; and of the layer before it, as what its slopes go back to.
    private readonly double[][] _weights, _weightsBack;
    private readonly double[] _output;
    private double _outputBias;

    public NetPasses(NetShape shape)
    {
        _shape = shape;
        _biases = [.. shape.Hidden.Select(width => new double[DoubleKernels.Padded(width)])];
        _zeros = [.. shape.Hidden.Select(width => new double[DoubleKernels.Padded(width)])];
        _weights = [.. shape.Hidden.Select((width, l) => new double[shape.Columns(l) * DoubleKernels.Padded(width)])];
        _weightsBack = [.. shape.Hidden.Select((width, l) => new double[l == 0 ? 0 : width * DoubleKernels.Padded(shape.Columns(l))])];
        _output = new double[DoubleKernels.Padded(shape.LastWidth)];
    }

    /// <summary>The length of a row of a hidden layer's activations or slopes: its width in whole strips.</summary>
    public int Lanes(int layer) => DoubleKernels.Padded(_shape.Hidden[layer]);

    /// <summary>Takes weights in the order of <see cref="NetShape"/>.</summary>
    public void Load(ReadOnlySpan<double> weights)
    {
        int pair = DoubleKernels.Pair, last = _shape.Hidden.Length;
        for (int l = 0; l < last; l++)
        {
            (int rows, int columns) = (_shape.Rows(l), _shape.Columns(l));
            ReadOnlySpan<double> layer = weights[_shape.LayerStart(l)..];
            layer.Slice(rows * columns, rows).CopyTo(_biases[l]);
            DoubleKernels.ToStrips(layer, columns, rows, columns, _weights[l]);
            for (int i = 0; l > 0 && i < rows * columns; i++)
            {
                (int j, int k) = (i / columns, i % columns);
                _weightsBack[l][(k / pair * rows * pair) + (j * pair) + (k % pair)] = layer[i];
            }
        }

        weights.Slice(_shape.LayerStart(last), _shape.LastWidth).CopyTo(_output);
        _outputBias = weights[^1];
    }

    /// <summary>Runs rows through the net, as many as the activations are for; returns the sum of squared errors.</summary>
    /// <param name="from">The first row, which begins a strip.</param>
    public double Forward(SampleRows samples, int from, Activations to)
    {
        int padded = DoubleKernels.Padded(to.Rows), last = _shape.Hidden.Length - 1;
        ReadOnlySpan<double> before = samples.Strips.AsSpan(from * _shape.Inputs);
        for (int l = 0; l <= last; l++)
        {
            DoubleKernels.Product(_biases[l], before, _weights[l], to.Hidden[l], padded, _shape.Columns(l), Lanes(l));
            DoubleKernels.Tanh(to.Hidden[l]);
            if (l < last)
            {
                DoubleKernels.ToStrips(to.Hidden[l], Lanes(l), padded, _shape.Rows(l), to.Strips[l]);
                before = to.Strips[l];
            }
        }

        int lanes = Lanes(last);
        for (int s = 0; s < to.Rows; s++)
        {
            double error = PositiveDefiniteSystem.Dot(_output, to.Hidden[last].AsSpan(s * lanes, lanes)) + _outputBias - samples.Targets[from + s];
            to.Errors[s] = samples.Root(from + s) * error;
        }

        return PositiveDefiniteSystem.Dot(to.Errors, to.Errors);
    }

    /// <summary>The slopes of the errors of the first rows in the layers' sums, laid out as the activations.</summary>
    /// <param name="strips">Those of all layers but the first, in strips.</param>
    public void Backward(SampleRows samples, Activations at, double[][] slopes, double[][] strips)
    {
        int padded = DoubleKernels.Padded(at.Rows), last = _shape.Hidden.Length - 1;
        for (int s = 0; s < padded; s++)
        {
            _output.CopyTo(slopes[last], s * Lanes(last));
        }

        for (int s = 0; samples.Roots is not null && s < at.Rows; s++)
        {
            Span<double> row = slopes[last].AsSpan(s * Lanes(last), Lanes(last));
            TensorPrimitives.Multiply(row, samples.Roots[s], row);
        }

        DoubleKernels.BackThroughTanh(at.Hidden[last], slopes[last]);
        for (int l = last; l > 0; l--)
        {
            DoubleKernels.ToStrips(slopes[l], Lanes(l), padded, _shape.Rows(l), strips[l]);
            DoubleKernels.Product(_zeros[l - 1], strips[l], _weightsBack[l], slopes[l - 1], padded, _shape.Rows(l), Lanes(l - 1));
            DoubleKernels.BackThroughTanh(at.Hidden[l - 1], slopes[l - 1]);
        }
    }
}
