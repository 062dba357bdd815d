// The functions of single inputs that the values of one program are made of. Each is kept once, so that equal terms are seen to
// be equal, with the moments that its products need.

namespace Nsc.Core.Dataflow.Moments;

/// <summary>
/// For each of n inputs, distinct functions g(u) with u uniform on [-1, 1], known at the nodes of <see cref="GaussLegendre"/> and scaled so that
/// the largest value is 1. Function 0 of every input is the constant 1. A factor c g is a number of such a function and a coefficient.
/// </summary>
/// <param name="inputs">At most <see cref="MostInputs"/>.</param>
internal sealed class FactorTable(int inputs)
{
    /// <summary>The most inputs of a program whose values are followed as sums of products.</summary>
    public const int MostInputs = 16;

    // Numbers of functions fit a byte.
    private const int MostFunctions = 256;

    // What all products of a program may cost together, in multiplications: some milliseconds.
    private const int Budget = 2_000_000;

    private const double Same = 1e-12;

    private readonly List<Function>[] _functions = [.. Enumerable.Range(0, inputs).Select(_ => new List<Function> { Function.One })];
    private readonly Dictionary<(int Input, int A, int B), (byte Id, double Scale)?> _products = [];
    private int _spent;

    public int Inputs => inputs;

    /// <summary>Takes a cost from the program's budget; false when nothing is left.</summary>
    public bool CanSpend(int cost)
    {
        _spent = Math.Min(Budget, _spent + cost);
        return _spent < Budget;
    }

    /// <summary>The values of an input's function at the nodes.</summary>
    public ReadOnlySpan<double> Values(int input, int id) => _functions[input][id].Values;

    public double Mean(int input, int id) => _functions[input][id].Mean;

    /// <summary>The coefficient of t = sqrt(3) u.</summary>
    public double Linear(int input, int id) => _functions[input][id].Linear;

    /// <summary>The covariance of two functions of the same input.</summary>
    public double Covariance(int input, int a, int b) => a >= b ? _functions[input][a].Covariances[b] : _functions[input][b].Covariances[a];

    /// <summary>The factor with these values at the nodes; null when it is not finite or the table is full.</summary>
    public (byte Id, double Scale)? Intern(int input, ReadOnlySpan<double> values)
    {
        double scale = 0;
        foreach (double value in values)
        {
            // Of two opposite values the later one is scaled to 1, so that u itself is kept as u.
            scale = Math.Abs(value) >= Math.Abs(scale) * (1 - Same) ? value : scale;
        }

        List<Function> known = _functions[input];
        if (!double.IsFinite(scale) || scale == 0 || !double.IsFinite(1 / scale))
        {
            return scale == 0 ? (0, 0) : null;
        }

        double[] scaled = new double[GaussLegendre.Size];
        for (int k = 0; k < scaled.Length; k++)
        {
            scaled[k] = values[k] / scale;
        }

        int id = known.FindIndex(f => f.IsNear(scaled, Same));
        if (id < 0 && known.Count < MostFunctions && Array.TrueForAll(scaled, double.IsFinite))
        {
            id = known.Count;
            known.Add(Function.Of(scaled, known));
        }

        return id < 0 ? null : ((byte)id, scale);
    }

    /// <summary>The product of two functions of the same input; null when it can't be kept.</summary>
    public (byte Id, double Scale)? Product(int input, int a, int b)
    {
        if (a == 0 || b == 0)
        {
            return ((byte)(a + b), 1);
        }

        (int, int, int) key = (input, Math.Min(a, b), Math.Max(a, b));
        if (!_products.TryGetValue(key, out (byte, double)? product))
        {
            Span<double> values = stackalloc double[GaussLegendre.Size];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = Values(input, a)[k] * Values(input, b)[k];
            }

            product = Intern(input, values);
            _products.Add(key, product);
        }

        return product;
    }

    // Covariances are those with this function and all before it.
    private sealed record Function(double[] Values, double[] Deviations, double Mean, double Linear, double[] Covariances)
    {
        public static readonly Function One = new([.. Enumerable.Repeat(1.0, GaussLegendre.Size)], new double[GaussLegendre.Size], 1, 0, [0]);

        public static Function Of(double[] values, List<Function> before)
        {
            double[] deviations = [.. values];
            GaussLegendre.Centre(deviations);
            double linear = GaussLegendre.Coefficients(deviations, 1)![0];
            double[] covariances = [.. before.Select(f => Expect(f.Deviations, deviations)), Expect(deviations, deviations)];
            return new Function(values, deviations, values[0] - deviations[0], linear, covariances);
        }

        public bool IsNear(double[] other, double tolerance)
        {
            for (int k = 0; k < other.Length; k++)
            {
                if (Math.Abs(Values[k] - other[k]) > tolerance)
                {
                    return false;
                }
            }

            return true;
        }

        private static double Expect(double[] a, double[] b)
        {
            double sum = 0;
            for (int k = 0; k < a.Length; k++)
            {
                sum += GaussLegendre.Weights[k] * a[k] * b[k];
            }

            return sum;
        }
    }
}
