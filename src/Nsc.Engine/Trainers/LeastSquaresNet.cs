// One net as a least-squares problem, in double precision: its errors on the training rows and how they change with its weights.

using System.Numerics;

namespace Nsc.Engine.Trainers;

/// <summary>
/// The errors e of a net on the first training rows, and their Jacobian J (rows, weights), which is never kept: a row of it is made of the
/// activations and slopes of a sample's pass through the net, some dozens of numbers.
/// </summary>
internal sealed class LeastSquaresNet
{
    // Rows of J that are held at a time: they and the matrix that they are added to stay in the second cache.
    private const int Chunk = 64;

    // The rows' system J Jᵀ and the weights' Jᵀ J give the same step. Inner products are cheaper to make, so the rows' one pays up to here.
    private const double RowsToAWeight = 1.5;
    private readonly int _inputs, _width;
    private readonly SampleRows _samples;
    private readonly NetPasses _passes;
    private readonly double[] _slopes1, _slopes2, _strips2;
    private readonly PositiveDefiniteSystem _system;
    private readonly double[] _jacobian, _stripsOfSlopes1, _stripsOfHidden2;
    private Activations _current, _trial;
    private double[] _weights = [], _trialWeights = [];

    /// <param name="rows">How many of the samples count: the first ones.</param>
    public LeastSquaresNet(NetShape shape, SampleRows samples, int rows)
    {
        (_inputs, _width, _samples, Rows, Weights) = (shape.Inputs, shape.TunableWidth, samples, rows, shape.WeightCount);
        _passes = new NetPasses(shape);
        (_current, _trial) = (new Activations(rows, _width), new Activations(rows, _width));
        _slopes1 = new double[_current.Hidden1.Length];
        _slopes2 = new double[_current.Hidden1.Length];
        _strips2 = new double[_current.Strips1.Length];
        _system = new PositiveDefiniteSystem(IsDual ? rows : Weights);
        _jacobian = IsDual ? [] : new double[Chunk * _system.Stride];
        _stripsOfSlopes1 = new double[IsDual ? _strips2.Length : 0];
        _stripsOfHidden2 = new double[_stripsOfSlopes1.Length];
    }

    public int Rows { get; }

    public int Weights { get; }

    private bool IsDual => Rows < RowsToAWeight * Weights;

    /// <summary>The sum of squared errors at other weights, which <see cref="Accept"/> then takes.</summary>
    public double Try(double[] weights)
    {
        _trialWeights = weights;
        _passes.Load(weights);
        return _passes.Forward(_samples, 0, _trial);
    }

    /// <summary>Goes to the weights that were tried last.</summary>
    public void Accept() => (_current, _trial, _weights) = (_trial, _current, _trialWeights);

    /// <summary>The net's error on each row.</summary>
    public ReadOnlySpan<double> Errors => _current.Errors;

    /// <summary>Makes the system of the weights' neighbourhood; returns the gradient Jᵀ e.</summary>
    public double[] Linearise()
    {
        _passes.Load(_weights);
        _passes.Backward(_current, _slopes1, _slopes2, _strips2);
        _system.Matrix.Clear();
        if (IsDual)
        {
            AddInnerProducts();
        }
        else
        {
            AddOuterProducts();
        }

        return Combine(Errors);
    }

    /// <summary>The greatest number on the diagonal of the system, which damping is measured by.</summary>
    public double Scale => _system.GreatestDiagonal;

    /// <summary>The step d with (Jᵀ J + damping I) d = -Jᵀ e, or null where that cannot be solved in this precision.</summary>
    public double[]? Step(double damping, double[] gradient)
    {
        var unknowns = new double[_system.Stride];
        (IsDual ? Errors : gradient).CopyTo(unknowns);
        if (!_system.Solve(damping, unknowns))
        {
            return null;
        }

        double[] step = IsDual ? Combine(unknowns.AsSpan(0, Rows)) : unknowns[..Weights];
        return Array.ConvertAll(step, d => -d);
    }

    // J Jᵀ. Two rows of J are outer products, and the inner product of those is a product of inner products.
    private void AddInnerProducts()
    {
        int padded = DoubleKernels.Padded(Rows), pair = DoubleKernels.Pair, size = DoubleKernels.Height * pair, stride = _system.Stride;
        DoubleKernels.ToStrips(_slopes1, _passes.LaneCount, padded, _width, _stripsOfSlopes1);
        DoubleKernels.ToStrips(_current.Hidden2, _passes.LaneCount, padded, _width, _stripsOfHidden2);
        Span<double> first = stackalloc double[size], second = stackalloc double[size], points = stackalloc double[size], hidden = stackalloc double[size];
        Span<double> matrix = _system.Matrix;
        for (int i = 0; i < padded; i += DoubleKernels.Height)
        {
            for (int j = i / pair * pair; j < padded; j += pair)
            {
                InnerProducts(first, 0, _stripsOfSlopes1, _width, i, j);
                InnerProducts(points, 1, _samples.Strips, _inputs, i, j);
                InnerProducts(second, 0, _strips2, _width, i, j);
                InnerProducts(hidden, 1, _current.Strips1, _width, i, j);
                for (int row = 0; row < DoubleKernels.Height; row++)
                {
                    Span<double> to = matrix.Slice(((i + row) * stride) + j, pair);
                    for (int k = row * pair, end = k + pair, at = 0; k < end; k += Vector<double>.Count, at += Vector<double>.Count)
                    {
                        Vector<double> sum = Vector.FusedMultiplyAdd(new Vector<double>(first[k..]), new Vector<double>(points[k..]), Vector<double>.One);
                        Vector.FusedMultiplyAdd(new Vector<double>(second[k..]), new Vector<double>(hidden[k..]), sum).CopyTo(to[at..]);
                    }
                }

                AddTile(ref matrix[(i * stride) + j], stride, _stripsOfHidden2, _width, i, j);
            }
        }

        // What lies behind the last row is no sample.
        for (int i = 0; i < padded; i++)
        {
            matrix.Slice((i * stride) + (i < Rows ? Rows : 0), i < Rows ? padded - Rows : padded).Clear();
        }
    }

    private static void InnerProducts(Span<double> tile, double start, double[] strips, int elements, int i, int j)
    {
        tile.Fill(start);
        AddTile(ref tile[0], DoubleKernels.Pair, strips, elements, i, j);
    }

    // The inner products of four items from i on with a strip of them from j on.
    private static void AddTile(ref double to, int stride, double[] strips, int elements, int i, int j) => DoubleKernels.Add(
        ref to, stride, ref strips[(i / DoubleKernels.Pair * DoubleKernels.Pair * elements) + (i % DoubleKernels.Pair)], ref strips[j * elements], elements, Vector<double>.Zero);

    // Jᵀ J.
    private void AddOuterProducts()
    {
        for (int from = 0; from < Rows; from += Chunk)
        {
            int count = Math.Min(Chunk, Rows - from);
            Array.Clear(_jacobian);
            for (int s = 0; s < count; s++)
            {
                AddRow(from + s, 1, _jacobian.AsSpan(s * _system.Stride, Weights));
            }

            _system.AddOuterProducts(_jacobian, count);
        }
    }

    // Jᵀ times a factor for each row.
    private double[] Combine(ReadOnlySpan<double> factors)
    {
        var sum = new double[Weights];
        for (int s = 0; s < Rows; s++)
        {
            AddRow(s, factors[s], sum);
        }

        return sum;
    }

    private ReadOnlySpan<double> Of(double[] values, int row) => values.AsSpan(row * _passes.LaneCount, _width);

    // Adds a multiple of a row of J, in the order of NetShape.
    private void AddRow(int s, double factor, Span<double> sum)
    {
        int width = _width, second = width * (_inputs + 1), last = second + (width * (width + 1));
        ReadOnlySpan<double> slopes1 = Of(_slopes1, s), slopes2 = Of(_slopes2, s), hidden1 = Of(_current.Hidden1, s);
        ReadOnlySpan<double> point = _samples.Points.AsSpan(s * _inputs, _inputs);
        for (int j = 0; j < width; j++)
        {
            PositiveDefiniteSystem.AddScaled(sum.Slice(j * _inputs, _inputs), factor * slopes1[j], point);
            PositiveDefiniteSystem.AddScaled(sum.Slice(second + (j * width), width), factor * slopes2[j], hidden1);
        }

        PositiveDefiniteSystem.AddScaled(sum.Slice(width * _inputs, width), factor, slopes1);
        PositiveDefiniteSystem.AddScaled(sum.Slice(second + (width * width), width), factor, slopes2);
        PositiveDefiniteSystem.AddScaled(sum.Slice(last, width), factor, Of(_current.Hidden2, s));
        sum[^1] += factor;
    }
}
