// What the moment analysis says of a program's values, in the form in which CompNet reads it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Moments;

namespace Nsc.Engine.Emission;

/// <summary>
/// Features of every value of a program over n inputs, everything in the value's own deviations: scalars; for each input the
/// Legendre coefficients of its main effect; and the directions in which the value changes. These are the inputs by their
/// coefficients of each of the first degrees, then the axes along which the quadratic part bends upwards and those along which
/// it bends downwards most. A direction has length 1 where it explains much, and is shorter where it does not.
/// </summary>
public sealed class ValueFeatures
{
    /// <summary>The number of directions of a value.</summary>
    public const int DirectionCount = DegreeDirections + (2 * AxesEachWay);
    private const int AxesEachWay = FeatureNames.AxesEachWay;
    private const int DegreeDirections = FeatureNames.DegreeDirections;
    private static readonly int ScalarCount = FeatureNames.Scalars.Length;

    // A direction that explains this share of a value's deviation is shown at half length.
    private const double HalfLengthShare = 0.05;

    private readonly int _inputs;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly float[] _features;

    private ValueFeatures(int inputs, int values)
    {
        _inputs = inputs;
        _means = new double[values];
        _deviations = new double[values];
        _features = new float[values * Stride];
    }

    private int Stride => ScalarCount + ((GaussLegendre.HighestDegree + DirectionCount) * _inputs);

    /// <summary>The number of features that CompNet reads of a value, for a covering topology with so many slots.</summary>
    public static int Count(int slots) => ScalarCount + (GaussLegendre.HighestDegree * slots);

    /// <summary>The features of a graph over unit inputs.</summary>
    /// <param name="interprets">See <see cref="MomentAnalysis.Of"/>.</param>
    public static ValueFeatures Of(DataflowGraph graph, bool interprets = false)
    {
        var features = new ValueFeatures(graph.InputCount, graph.Nodes.Length);
        Expansion[] expansions = MomentAnalysis.Of(graph, interprets);
        for (int i = 0; i < expansions.Length; i++)
        {
            features.Describe(i, expansions[i]);
        }

        features.OutputRanges = [.. graph.Outputs.Select(o => DynamicRange.Of(expansions[o]))];
        return features;
    }

    /// <summary>For networks that are not to see the analysis: every value has mean 0 and deviation 1.</summary>
    public static ValueFeatures Unknown(DataflowGraph graph)
    {
        var features = new ValueFeatures(graph.InputCount, graph.Nodes.Length);
        Array.Fill(features._deviations, 1);
        return features;
    }

    /// <summary>The scales of the graph's outputs; empty for networks that do not see the analysis.</summary>
    public ImmutableArray<DynamicRange> OutputRanges { get; private set; } = [];

    /// <summary>A value's predicted mean over the unit cube.</summary>
    public double Mean(int value) => _means[value];

    /// <summary>Its predicted standard deviation; positive even where the analysis sees a constant.</summary>
    public double Deviation(int value) => _deviations[value];

    /// <summary>Writes a value's scalars and coefficients (<see cref="Count"/>), each input's numbers in its slot.</summary>
    public void WriteFeatures(int value, Span<float> features, int[] slotOf, int slots)
    {
        ReadOnlySpan<float> all = _features.AsSpan(value * Stride, Stride);
        all[..ScalarCount].CopyTo(features);
        Place(all.Slice(ScalarCount, GaussLegendre.HighestDegree * _inputs), features[ScalarCount..], slotOf, slots);
    }

    /// <summary>Writes a value's directions (<see cref="DirectionCount"/>, slots), each input's numbers in its slot.</summary>
    public void WriteDirections(int value, Span<float> directions, int[] slotOf, int slots) =>
        Place(_features.AsSpan(value * Stride, Stride)[^(DirectionCount * _inputs)..], directions, slotOf, slots);

    private static void Place(ReadOnlySpan<float> rows, Span<float> placed, int[] slotOf, int slots)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            (int row, int input) = (i / slotOf.Length, i % slotOf.Length);
            placed[(row * slots) + slotOf[input]] = rows[i];
        }
    }

    private void Describe(int index, Expansion value)
    {
        double deviation = value.IsConstant ? 1e-3 * Math.Max(1, Math.Abs(value.Mean)) : value.Deviation;
        (_means[index], _deviations[index]) = (value.Mean, deviation);
        Span<float> all = _features.AsSpan(index * Stride, Stride);
        Span<float> coefficients = all.Slice(ScalarCount, GaussLegendre.HighestDegree * _inputs), directions = all[^(DirectionCount * _inputs)..];
        for (int degree = 1; degree <= GaussLegendre.HighestDegree; degree++)
        {
            Span<float> ofDegree = coefficients.Slice((degree - 1) * _inputs, _inputs);
            WriteCoefficients(value, degree, deviation, ofDegree);
            if (degree <= DegreeDirections)
            {
                Direct(ofDegree, directions.Slice((degree - 1) * _inputs, _inputs));
            }
        }

        (double[] strengths, double[] rises) = WriteAxes(
            value, _inputs, deviation, coefficients[.._inputs], directions[(DegreeDirections * _inputs)..]);
        WriteScalars(value, deviation, strengths, rises, all);
    }

    private static void WriteCoefficients(Expansion value, int degree, double deviation, Span<float> coefficients)
    {
        double[]? found = GaussLegendre.Coefficients(value.Effects, degree);
        for (int i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = found is null ? 0 : (float)(found[i] / deviation);
        }
    }

    private static void Direct(ReadOnlySpan<float> coefficients, Span<float> direction)
    {
        double squares = 0;
        foreach (float c in coefficients)
        {
            squares += c * c;
        }

        double factor = 1 / (Math.Sqrt(squares) + HalfLengthShare);
        for (int i = 0; i < direction.Length; i++)
        {
            direction[i] = (float)(factor * coefficients[i]);
        }
    }

    private static void WriteScalars(Expansion value, double deviation, double[] strengths, double[] rises, Span<float> scalars)
    {
        double[] linear = value.Linear ?? [], bends = value.Bends ?? [];
        double[] computed =
        [
            value.IsConstant ? 1 : 0,
            Math.Asinh(value.Mean) / 4,
            Math.Log(deviation) / 4,
            Squash(value.Mean / deviation),
            Squash((value.Low - value.Mean) / deviation),
            Squash((value.High - value.Mean) / deviation),
            Math.Sqrt(linear.Sum(c => c * c)) / deviation,
            GaussLegendre.BendDeviation * Math.Sqrt(bends.Sum(c => c * c)) / deviation,
            Math.Sqrt(value.PairVariance) / deviation,
            Math.Sqrt(Math.Max(0, value.Variance - value.ExplainedVariance)) / deviation,
            linear.Sum(c => c * c * c * c) / Math.Pow(deviation, 4),
            .. strengths,
            .. rises,
        ];
        for (int i = 0; i < computed.Length; i++)
        {
            scalars[i] = float.IsFinite((float)computed[i]) ? (float)computed[i] : 0;
        }

        static double Squash(double x) => Math.Asinh(Math.Clamp(x, -1e6, 1e6)) / 2;
    }

    // The upward axes, strongest first, then the downward ones. Returns their strengths (the deviation that an axis alone
    // would give) and by how much the value's linear part rises along each.
    private static (double[] Strengths, double[] Rises) WriteAxes(
        Expansion value, int inputs, double deviation, ReadOnlySpan<float> linear, Span<float> directions)
    {
        double[] strengths = new double[2 * AxesEachWay], rises = new double[2 * AxesEachWay];
        if (value.Pairs is null && value.Bends is null)
        {
            return (strengths, rises);
        }

        (double[] eigenvalues, double[] eigenvectors) = SymmetricEigen.Decompose(Quadratic(value, inputs), inputs);
        int[] ranked = [.. Enumerable.Range(0, inputs).OrderBy(i => eigenvalues[i])];
        for (int k = 0; k < 2 * Math.Min(AxesEachWay, inputs); k++)
        {
            bool up = k % 2 == 0;
            int place = (up ? 0 : AxesEachWay) + (k / 2), which = ranked[up ? inputs - 1 - (k / 2) : k / 2];
            double strength = Math.Sqrt(2) * eigenvalues[which] / deviation;
            if (up ? strength > 1e-6 : strength < -1e-6)
            {
                strengths[place] = strength;
                rises[place] = Point(eigenvectors.AsSpan(which * inputs, inputs), Math.Abs(strength), linear, directions.Slice(place * inputs, inputs));
            }
        }

        return (strengths, rises);
    }

    // Writes an axis so that the value's linear part rises along it, and returns by how much.
    private static double Point(ReadOnlySpan<double> axis, double share, ReadOnlySpan<float> linear, Span<float> direction)
    {
        double rise = 0;
        for (int i = 0; i < axis.Length; i++)
        {
            rise += axis[i] * linear[i];
        }

        double length = share / (share + HalfLengthShare) * (rise < 0 ? -1 : 1);
        for (int i = 0; i < axis.Length; i++)
        {
            direction[i] = (float)(length * axis[i]);
        }

        return Math.Abs(rise);
    }

    private static double[] Quadratic(Expansion value, int inputs)
    {
        double[] quadratic = value.Pairs is null ? new double[inputs * inputs] : [.. value.Pairs];
        for (int i = 0; value.Bends is not null && i < inputs; i++)
        {
            quadratic[i * (inputs + 1)] = value.Bends[i];
        }

        return quadratic;
    }
}
