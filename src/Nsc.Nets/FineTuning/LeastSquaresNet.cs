// One net as a least-squares problem, in double precision: its errors on the training rows and how they change with its weights.

namespace Nsc.Nets.FineTuning;

/// <summary>
/// The errors e of a net on its training rows, and their Jacobian J (rows, weights), which is never kept: a row of it is made of the
/// activations and slopes of a sample's pass through the net, some dozens of numbers.
/// </summary>
internal sealed class LeastSquaresNet
{
    // Rows of J that are held at a time: they and the matrix that they are added to stay in the second cache.
    private const int Chunk = 64;
    private readonly int _inputs;
    private readonly int _width;
    private readonly double[] _points, _hidden1, _hidden2, _slopes1, _slopes2, _targets;
    private readonly PositiveSystem _system;
    private readonly double[] _jacobian;

    /// <param name="points">(rows, I), row-major.</param>
    /// <param name="targets">(rows).</param>
    public LeastSquaresNet(NetShape shape, double[] points, double[] targets)
    {
        (_inputs, _width, _points, _targets, Rows) = (shape.Inputs, shape.Width, points, targets, targets.Length);
        Weights = shape.WeightCount;
        _hidden1 = new double[Rows * _width];
        _hidden2 = new double[Rows * _width];
        _slopes1 = new double[Rows * _width];
        _slopes2 = new double[Rows * _width];
        _system = new PositiveSystem(IsDual ? Rows : Weights);
        _jacobian = IsDual ? [] : new double[Chunk * _system.Stride];
    }

    public int Rows { get; }

    public int Weights { get; }

    // With fewer rows than weights, the rows' system J Jᵀ is smaller than the weights' Jᵀ J and gives the same step.
    private bool IsDual => Rows < Weights;

    /// <summary>The net's error on each row.</summary>
    public double[] Errors(ReadOnlySpan<double> weights) => Pass(weights, _points, _targets, keep: false);

    /// <summary>The mean squared error on other rows.</summary>
    public double MeanSquare(ReadOnlySpan<double> weights, double[] points, double[] targets)
    {
        double[] errors = Pass(weights, points, targets, keep: false);
        return PositiveSystem.Dot(errors, errors) / errors.Length;
    }

    /// <summary>Makes the system of the weights' neighbourhood; returns the errors and the gradient Jᵀ e.</summary>
    public (double[] Errors, double[] Gradient) Linearise(ReadOnlySpan<double> weights)
    {
        double[] errors = Pass(weights, _points, _targets, keep: true);
        _system.Matrix.Clear();
        if (IsDual)
        {
            AddInnerProducts();
        }
        else
        {
            AddOuterProducts();
        }

        return (errors, Combine(errors));
    }

    /// <summary>The greatest number on the diagonal of the system, which damping is measured by.</summary>
    public double Scale => _system.GreatestDiagonal;

    /// <summary>The step d with (Jᵀ J + damping I) d = -Jᵀ e, or null where that cannot be solved in this precision.</summary>
    public double[]? Step(double damping, double[] errors, double[] gradient)
    {
        var unknowns = new double[_system.Stride];
        (IsDual ? errors : gradient).CopyTo(unknowns, 0);
        if (!_system.Solve(damping, unknowns))
        {
            return null;
        }

        double[] step = IsDual ? Combine(unknowns.AsSpan(0, Rows)) : unknowns[..Weights];
        return Array.ConvertAll(step, d => -d);
    }

    // Runs rows through the net; keeps, if asked to, the training rows' activations and the output's slopes in both layers' sums.
    private double[] Pass(ReadOnlySpan<double> weights, double[] points, double[] targets, bool keep)
    {
        int width = _width, second = width * (_inputs + 1), last = second + (width * (width + 1));
        ReadOnlySpan<double> bias1 = weights.Slice(width * _inputs, width), bias2 = weights.Slice(second + (width * width), width), output = weights.Slice(last, width);
        Span<double> hidden1 = new double[width], hidden2 = new double[width];
        var errors = new double[targets.Length];
        for (int s = 0; s < errors.Length; s++)
        {
            Layer(weights, bias1, points.AsSpan(s * _inputs, _inputs), hidden1);
            Layer(weights[second..], bias2, hidden1, hidden2);
            errors[s] = PositiveSystem.Dot(output, hidden2) + weights[^1] - targets[s];
            if (keep)
            {
                hidden1.CopyTo(_hidden1.AsSpan(s * width));
                hidden2.CopyTo(_hidden2.AsSpan(s * width));
                Slopes(weights.Slice(second, width * width), output, s);
            }
        }

        return errors;
    }

    private static void Layer(ReadOnlySpan<double> weights, ReadOnlySpan<double> bias, ReadOnlySpan<double> input, Span<double> output)
    {
        for (int j = 0; j < output.Length; j++)
        {
            output[j] = Math.Tanh(bias[j] + PositiveSystem.Dot(weights.Slice(j * input.Length, input.Length), input));
        }
    }

    private void Slopes(ReadOnlySpan<double> second, ReadOnlySpan<double> output, int s)
    {
        Span<double> slopes1 = Of(_slopes1, s), slopes2 = Of(_slopes2, s), hidden1 = Of(_hidden1, s), hidden2 = Of(_hidden2, s);
        slopes1.Clear();
        for (int j = 0; j < _width; j++)
        {
            slopes2[j] = output[j] * (1 - (hidden2[j] * hidden2[j]));
            PositiveSystem.AddScaled(slopes1, slopes2[j], second.Slice(j * _width, _width));
        }

        for (int k = 0; k < _width; k++)
        {
            slopes1[k] *= 1 - (hidden1[k] * hidden1[k]);
        }
    }

    private Span<double> Of(double[] values, int row) => values.AsSpan(row * _width, _width);

    private ReadOnlySpan<double> Point(int row) => _points.AsSpan(row * _inputs, _inputs);

    // J Jᵀ. Two rows of J are outer products, and the inner product of those is a product of inner products.
    private void AddInnerProducts()
    {
        for (int s = 0; s < Rows; s++)
        {
            Span<double> row = _system.Matrix.Slice(s * _system.Stride, Rows);
            for (int t = s; t < Rows; t++)
            {
                row[t] = (PositiveSystem.Dot(Of(_slopes1, s), Of(_slopes1, t)) * (PositiveSystem.Dot(Point(s), Point(t)) + 1))
                    + (PositiveSystem.Dot(Of(_slopes2, s), Of(_slopes2, t)) * (PositiveSystem.Dot(Of(_hidden1, s), Of(_hidden1, t)) + 1))
                    + PositiveSystem.Dot(Of(_hidden2, s), Of(_hidden2, t)) + 1;
            }
        }
    }

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

    // Adds a multiple of a row of J, in the order of NetShape.
    private void AddRow(int s, double factor, Span<double> sum)
    {
        int width = _width, second = width * (_inputs + 1), last = second + (width * (width + 1));
        ReadOnlySpan<double> slopes1 = Of(_slopes1, s), slopes2 = Of(_slopes2, s), point = Point(s), hidden1 = Of(_hidden1, s);
        for (int j = 0; j < width; j++)
        {
            PositiveSystem.AddScaled(sum.Slice(j * _inputs, _inputs), factor * slopes1[j], point);
            PositiveSystem.AddScaled(sum.Slice(second + (j * width), width), factor * slopes2[j], hidden1);
        }

        PositiveSystem.AddScaled(sum.Slice(width * _inputs, width), factor, slopes1);
        PositiveSystem.AddScaled(sum.Slice(second + (width * width), width), factor, slopes2);
        PositiveSystem.AddScaled(sum.Slice(last, width), factor, Of(_hidden2, s));
        sum[^1] += factor;
    }
}
