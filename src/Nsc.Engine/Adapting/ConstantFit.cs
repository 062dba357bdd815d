// Which constants of a program explain why its answers differ from what was measured.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Numerics;
using Nsc.Core.Sampling;

namespace Nsc.Engine.Adapting;

/// <summary>A constant with the value that explains the rows.</summary>
/// <param name="Low">The lower end of its 95% confidence interval.</param>
/// <param name="High">The upper end.</param>
public sealed record FittedConstant(ProgramConstant Constant, double Value, double Low, double High);

/// <summary>
/// Least squares over constants, few of them: one after the other, that which lowers the squares the most, and all that were taken again with it
/// (forward selection), as long as an F test says that it is no chance.
/// </summary>
public sealed class ConstantFit
{
    private const int MostChanged = 2, MostSteps = 30;

    // The probability of a change where there is none.
    private const double Chance = 0.02;

    // Values of all nodes on all rows that the search may take: some seconds.
    private const long MostValues = 1L << 28;

    private static readonly double[] s_factors = [0.25, 0.5, 0.67, 0.8, 0.9, 1.1, 1.25, 1.5, 2, 4, -1];

    private readonly ProgramConstants _constants;
    private readonly SampleSet _rows;
    private readonly double[] _scales;

    private ConstantFit(ProgramConstants constants, SampleSet rows) =>
        (_constants, _rows, _scales) = (constants, rows, [.. Enumerable.Range(0, rows.OutputCount).Select(k => ErrorMetrics.Scale(rows, k))]);

    private int Count => _rows.Y.Length;

    /// <summary>The constants that explain the rows; none where the program does as it is, or no few of them do.</summary>
    public static ImmutableArray<FittedConstant> Of(ProgramConstants constants, SampleSet rows)
    {
        long values = (long)constants.Graph.Nodes.Length * rows.Count;
        return values * constants.All.Length * (s_factors.Length + MostSteps) > MostValues || rows.Count < 3 ? [] : new ConstantFit(constants, rows).Select();
    }

    private ImmutableArray<FittedConstant> Select()
    {
        ImmutableArray<(ProgramConstant Constant, double Value)> taken = [];
        double squares = Squares(taken);
        while (taken.Length < MostChanged && double.IsFinite(squares) && squares > 1e-18 * Count)
        {
            var best = _constants.All.Where(c => !taken.Any(t => t.Constant.Nodes.Intersect(c.Nodes).Any()))
                .Select(c => Fit(taken, c)).Where(f => double.IsFinite(f.Squares)).OrderBy(f => f.Squares).FirstOrDefault();
            if (best.Values.IsDefault || !IsBetter(squares, best.Squares, taken.Length))
            {
                break;
            }

            (taken, squares) = (best.Values, best.Squares);
        }

        return taken.IsEmpty ? [] : WithIntervals(taken, squares);
    }

    // The F test of one more constant, which is Student's t squared, by Bonferroni's correction for all that could have been chosen.
    private bool IsBetter(double before, double after, int taken)
    {
        int free = Count - taken - 1;
        return free >= 1 && (before - after) * free / Math.Max(after, 1e-300) > Math.Pow(StudentT.Quantile(free, 1 - (Chance / _constants.All.Length)), 2);
    }

    // From the best of some values of the constant, all together by Gauss and Newton's method with halved steps.
    private (ImmutableArray<(ProgramConstant Constant, double Value)> Values, double Squares) Fit(ImmutableArray<(ProgramConstant Constant, double Value)> taken, ProgramConstant constant)
    {
        IEnumerable<double> starts = constant.Value == 0 ? [-1, -0.1, 0.1, 1] : s_factors.Select(f => f * constant.Value);
        var (values, squares) = starts.Select(v => taken.Add((constant, v))).Select(v => (Values: v, Squares: Squares(v))).MinBy(v => double.IsNaN(v.Squares) ? double.PositiveInfinity : v.Squares);
        for (int step = 0; step < MostSteps && double.IsFinite(squares); step++)
        {
            if (Step(values) is not { } move)
            {
                break;
            }

            var next = Enumerable.Range(0, 8).Select(h => values.Zip(move, (v, m) => (v.Constant, v.Value + (m * Math.Pow(0.5, h)))).ToImmutableArray())
                .Select(v => (Values: v, Squares: Squares(v))).FirstOrDefault(v => v.Squares < squares);
            if (next.Values.IsDefault)
            {
                break;
            }

            bool isDone = next.Squares > squares * (1 - 1e-10);
            (values, squares) = next;
            if (isDone)
            {
                break;
            }
        }

        return (values, squares);
    }

    private double[]? Step(ImmutableArray<(ProgramConstant Constant, double Value)> values)
    {
        double[][] slopes = Slopes(values);
        double[] left = Differences(values);
        if (InverseOfNormal(slopes) is not { } inverse)
        {
            return null;
        }

        double[] gradient = [.. slopes.Select(s => Dot(s, left))], step = [.. inverse.Select(row => -Dot(row, gradient))];
        return step.All(double.IsFinite) ? step : null;
    }

    // By each constant the slopes of all differences.
    private double[][] Slopes(ImmutableArray<(ProgramConstant Constant, double Value)> values) => [.. values.Select((v, i) =>
    {
        double by = 1e-6 * Math.Max(1e-3, Math.Abs(v.Value));
        double[] above = Differences(values.SetItem(i, (v.Constant, v.Value + by))), below = Differences(values.SetItem(i, (v.Constant, v.Value - by)));
        return above.Zip(below, (a, b) => (a - b) / (2 * by)).ToArray();
    })];

    // Of one or two columns; null where they do not tell the constants apart.
    private static double[][]? InverseOfNormal(double[][] slopes)
    {
        double a = Dot(slopes[0], slopes[0]);
        if (slopes.Length == 1)
        {
            return a > 0 && double.IsFinite(1 / a) ? [[1 / a]] : null;
        }

        double b = Dot(slopes[0], slopes[1]), c = Dot(slopes[1], slopes[1]), determinant = (a * c) - (b * b);
        return determinant > 1e-12 * a * c ? [[c / determinant, -b / determinant], [-b / determinant, a / determinant]] : null;
    }

    // Of the linear problem at the solution, with Student's t distribution of what is left.
    private ImmutableArray<FittedConstant> WithIntervals(ImmutableArray<(ProgramConstant Constant, double Value)> values, double squares)
    {
        int free = Count - values.Length;
        double quantile = StudentT.Quantile(free, 0.95);
        double[][]? inverse = InverseOfNormal(Slopes(values));
        return [.. values.Select((v, i) => (v.Constant, v.Value, Half: inverse is null ? double.MaxValue : quantile * Math.Sqrt(Math.Max(0, inverse[i][i]) * squares / free)))
            .Select(v => new FittedConstant(v.Constant, v.Value, v.Value - v.Half, v.Value + v.Half))];
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private double Squares(ImmutableArray<(ProgramConstant Constant, double Value)> values) => Differences(values).Sum(r => r * r);

    // In deviations of the outputs, times the root of how much the row counts.
    private double[] Differences(ImmutableArray<(ProgramConstant Constant, double Value)> values)
    {
        double[] outputs = new GraphEvaluator(_constants.With(values)).EvaluateOutputs(_rows.X, _rows.Count);
        return [.. outputs.Select((y, i) => Math.Sqrt(_rows.Weight(i / _scales.Length)) * (y - _rows.Y[i]) / _scales[i % _scales.Length])];
    }
}
