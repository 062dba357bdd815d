// One net as a least-squares problem, in double precision: its errors on the training rows and how they change with its weights.

using System.Numerics;
using Nsc.Engine.Arithmetic;

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
    private readonly NetShape _shape;
    private readonly int[] _starts;
    private readonly NetPasses _passes;
    private readonly double[][] _slopes, _slopeStrips;
    private readonly PositiveDefiniteSystem _system;
    private readonly double[] _jacobian, _stripsOfLast;
    private SampleRows _samples;
    private Activations _current, _trial;
    private double[] _weights = [], _trialWeights = [];
    private double[]? _gradient;

    /// <param name="rows">How many of the samples count: the first ones.</param>
    public LeastSquaresNet(NetShape shape, SampleRows samples, int rows)
    {
        (_shape, _samples, Rows, Weights) = (shape, samples, rows, shape.WeightCount);
        _starts = [.. Enumerable.Range(0, shape.LayerCount).Select(shape.LayerStart)];
        _passes = new NetPasses(shape);
        (_current, _trial) = (new Activations(rows, shape), new Activations(rows, shape));
        _slopes = [.. _current.Hidden.Select(h => new double[h.Length])];
        _slopeStrips = [.. shape.Hidden.Select(width => new double[DoubleKernels.Padded(rows) * width])];
        _system = new PositiveDefiniteSystem(IsDual ? rows : Weights);
        _jacobian = IsDual ? [] : new double[Chunk * _system.Stride];
        _stripsOfLast = new double[IsDual ? _slopeStrips[^1].Length : 0];
    }

    /// <summary>Takes as many other samples in place of those at hand.</summary>
    public void Take(SampleRows samples) => _samples = samples;

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

    /// <summary>The gradient Jᵀ e where the system was made.</summary>
    public double[] Gradient => _gradient ??= Combine(Errors);

    /// <summary>Makes the system of the weights' neighbourhood.</summary>
    public void Linearise()
    {
        _gradient = null;
        _passes.Load(_weights);
        _passes.Backward(_samples, _current, _slopes, _slopeStrips);
        _system.Matrix.Clear();
        if (IsDual)
        {
            AddInnerProducts();
        }
        else
        {
            AddOuterProducts();
        }
    }

    /// <summary>The greatest number on the diagonal of the system, which damping is measured by.</summary>
    public double Scale => _system.GreatestDiagonal;

    /// <summary>The step d with (Jᵀ J + damping I) d = -Jᵀ e, or null where that cannot be solved in this precision.</summary>
    public double[]? Step(double damping)
    {
        var unknowns = new double[_system.Stride];
        (IsDual ? Errors : Gradient).CopyTo(unknowns);
        if (!_system.Solve(damping, unknowns))
        {
            return null;
        }

        double[] step = IsDual ? Combine(unknowns.AsSpan(0, Rows)) : unknowns[..Weights];
        return Array.ConvertAll(step, d => -d);
    }

    // J Jᵀ. A row of J is an outer product in each layer, and the inner product of those is a product of inner products.
    private void AddInnerProducts()
    {
        int padded = DoubleKernels.Padded(Rows), pair = DoubleKernels.Pair, size = DoubleKernels.Height * pair, stride = _system.Stride, last = _shape.Hidden.Length - 1;
        DoubleKernels.ToStrips(_slopes[0], _passes.Lanes(0), padded, _shape.Rows(0), _slopeStrips[0]);
        DoubleKernels.ToStrips(WeightedHidden(last), _passes.Lanes(last), padded, _shape.Rows(last), _stripsOfLast);
        Span<double> slopes = stackalloc double[size], values = stackalloc double[size], sums = stackalloc double[size];
        Span<double> matrix = _system.Matrix;
        for (int i = 0; i < padded; i += DoubleKernels.Height)
        {
            for (int j = i / pair * pair; j < padded; j += pair)
            {
                FillWithRoots(sums, i, j);
                for (int l = 0; l <= last; l++)
                {
                    InnerProducts(slopes, 0, _slopeStrips[l], _shape.Rows(l), i, j);
                    InnerProducts(values, 1, l == 0 ? _samples.Strips : _current.Strips[l - 1], _shape.Columns(l), i, j);
                    for (int k = 0; k < size; k += Vector<double>.Count)
                    {
                        Vector.FusedMultiplyAdd(new Vector<double>(slopes[k..]), new Vector<double>(values[k..]), new Vector<double>(sums[k..])).CopyTo(sums[k..]);
                    }
                }

                for (int row = 0; row < DoubleKernels.Height; row++)
                {
                    sums.Slice(row * pair, pair).CopyTo(matrix[(((i + row) * stride) + j)..]);
                }

                AddTile(ref matrix[(i * stride) + j], stride, _stripsOfLast, _shape.Rows(last), i, j);
            }
        }

        // What lies behind the last row is no sample.
        for (int i = 0; i < padded; i++)
        {
            matrix.Slice((i * stride) + (i < Rows ? Rows : 0), i < Rows ? padded - Rows : padded).Clear();
        }
    }

    // The slopes of the errors in the last layer's bias: of two rows their product.
    private void FillWithRoots(Span<double> tile, int i, int j)
    {
        tile.Fill(1);
        for (int k = 0; _samples.Roots is not null && k < tile.Length; k++)
        {
            (int row, int column) = (i + (k / DoubleKernels.Pair), j + (k % DoubleKernels.Pair));
            tile[k] = row < Rows && column < Rows ? _samples.Roots[row] * _samples.Roots[column] : 0;
        }
    }

    // The slopes of the errors in the last layer's weights.
    private double[] WeightedHidden(int last)
    {
        double[] hidden = _current.Hidden[last];
        int lanes = _passes.Lanes(last);
        return _samples.Roots is null ? hidden : [.. hidden.Select((h, i) => i / lanes < Rows ? _samples.Roots[i / lanes] * h : 0)];
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

    private ReadOnlySpan<double> Of(double[][] values, int layer, int row) => values[layer].AsSpan(row * _passes.Lanes(layer), _shape.Rows(layer));

    // Adds a multiple of a row of J, in the order of NetShape.
    private void AddRow(int s, double factor, Span<double> sum)
    {
        int last = _shape.Hidden.Length;
        for (int l = 0; l < last; l++)
        {
            (int start, int rows, int columns) = (_starts[l], _shape.Rows(l), _shape.Columns(l));
            ReadOnlySpan<double> slopes = Of(_slopes, l, s), before = l == 0 ? _samples.Points.AsSpan(s * columns, columns) : Of(_current.Hidden, l - 1, s);
            for (int j = 0; j < rows; j++)
            {
                PositiveDefiniteSystem.AddScaled(sum.Slice(start + (j * columns), columns), factor * slopes[j], before);
            }

            PositiveDefiniteSystem.AddScaled(sum.Slice(start + (rows * columns), rows), factor, slopes);
        }

        double ofLast = factor * _samples.Root(s);
        PositiveDefiniteSystem.AddScaled(sum.Slice(_starts[last], _shape.LastWidth), ofLast, Of(_current.Hidden, last - 1, s));
        sum[^1] += ofLast;
    }
}
