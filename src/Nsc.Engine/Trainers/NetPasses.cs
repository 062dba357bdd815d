// A net's passes over samples in double precision: its errors, and how its output slopes in the sums of both layers.

namespace Nsc.Engine.Trainers;

/// <summary>Samples, as passes read them.</summary>
internal sealed class SampleRows
{
    /// <param name="points">(rows, I), row-major.</param>
    /// <param name="targets">(rows).</param>
    public SampleRows(int inputs, double[] points, double[] targets)
    {
        (Points, Targets) = (points, targets);
        Strips = new double[DoubleKernels.Padded(targets.Length) * inputs];
        DoubleKernels.ToStrips(points, inputs, targets.Length, inputs, Strips);
    }

    public double[] Points { get; }

    public double[] Targets { get; }

    /// <summary>The points in <see cref="DoubleKernels"/>' strips; behind the last one are zeros.</summary>
    public double[] Strips { get; }
}

/// <summary>What a pass over some rows leaves. Rows are <c>lanes</c> long and there are whole strips of them.</summary>
internal sealed class Activations(int rows, int width)
{
    public double[] Hidden1 { get; } = new double[DoubleKernels.Padded(rows) * DoubleKernels.Padded(width)];

    public double[] Hidden2 { get; } = new double[DoubleKernels.Padded(rows) * DoubleKernels.Padded(width)];

    /// <summary>The first layer's, in strips.</summary>
    public double[] Strips1 { get; } = new double[DoubleKernels.Padded(rows) * width];

    public double[] Errors { get; } = new double[rows];

    public int Rows => rows;
}

/// <summary>One net's weights, laid out for passes. Not for several threads.</summary>
internal sealed class NetPasses(NetShape shape)
{
    private readonly int _inputs = shape.Inputs, _width = shape.TunableWidth, _lanes = DoubleKernels.Padded(shape.TunableWidth);
    private readonly double[] _bias1 = new double[DoubleKernels.Padded(shape.TunableWidth)], _bias2 = new double[DoubleKernels.Padded(shape.TunableWidth)], _output = new double[DoubleKernels.Padded(shape.TunableWidth)];
    private readonly double[] _zeros = new double[DoubleKernels.Padded(shape.TunableWidth)];

    // Strips of units: of the first layer, of the second, and of the first as what the second's slopes go back to.
    private readonly double[] _first = new double[shape.Inputs * DoubleKernels.Padded(shape.TunableWidth)], _second = new double[shape.TunableWidth * DoubleKernels.Padded(shape.TunableWidth)];
    private readonly double[] _secondBack = new double[shape.TunableWidth * DoubleKernels.Padded(shape.TunableWidth)];
    private double _outputBias;

    /// <summary>The length of a row of activations or slopes: the width in whole strips.</summary>
    public int LaneCount => _lanes;

    /// <summary>Takes weights in the order of <see cref="NetShape"/>.</summary>
    public void Load(ReadOnlySpan<double> weights)
    {
        int second = _width * (_inputs + 1), last = second + (_width * (_width + 1)), pair = DoubleKernels.Pair;
        weights.Slice(_width * _inputs, _width).CopyTo(_bias1);
        weights.Slice(second + (_width * _width), _width).CopyTo(_bias2);
        weights.Slice(last, _width).CopyTo(_output);
        _outputBias = weights[^1];
        DoubleKernels.ToStrips(weights, _inputs, _width, _inputs, _first);
        DoubleKernels.ToStrips(weights[second..], _width, _width, _width, _second);
        for (int j = 0; j < _width; j++)
        {
            for (int k = 0; k < _width; k++)
            {
                _secondBack[(k / pair * _width * pair) + (j * pair) + (k % pair)] = weights[second + (j * _width) + k];
            }
        }
    }

    /// <summary>Runs rows through the net, as many as the activations are for; returns the sum of squared errors.</summary>
    /// <param name="from">The first row, which begins a strip.</param>
    public double Forward(SampleRows samples, int from, Activations to)
    {
        int padded = DoubleKernels.Padded(to.Rows);
        DoubleKernels.Product(_bias1, samples.Strips.AsSpan(from * _inputs), _first, to.Hidden1, padded, _inputs, _lanes);
        DoubleKernels.Tanh(to.Hidden1);
        DoubleKernels.ToStrips(to.Hidden1, _lanes, padded, _width, to.Strips1);
        DoubleKernels.Product(_bias2, to.Strips1, _second, to.Hidden2, padded, _width, _lanes);
        DoubleKernels.Tanh(to.Hidden2);
        for (int s = 0; s < to.Rows; s++)
        {
            to.Errors[s] = PositiveDefiniteSystem.Dot(_output, to.Hidden2.AsSpan(s * _lanes, _lanes)) + _outputBias - samples.Targets[from + s];
        }

        return PositiveDefiniteSystem.Dot(to.Errors, to.Errors);
    }

    /// <summary>The slopes of the outputs in both layers' sums, laid out as the activations.</summary>
    /// <param name="strips2">The second layer's, in strips.</param>
    public void Backward(Activations at, double[] slopes1, double[] slopes2, double[] strips2)
    {
        int padded = DoubleKernels.Padded(at.Rows);
        for (int s = 0; s < padded; s++)
        {
            _output.CopyTo(slopes2, s * _lanes);
        }

        DoubleKernels.BackThroughTanh(at.Hidden2, slopes2);
        DoubleKernels.ToStrips(slopes2, _lanes, padded, _width, strips2);
        DoubleKernels.Product(_zeros, strips2, _secondBack, slopes1, padded, _width, _lanes);
        DoubleKernels.BackThroughTanh(at.Hidden1, slopes1);
    }
}
