// From a good point to the bottom of its valley, where evaluations cost next to nothing: by slopes while these help, then along the axes.

using System.Collections.Immutable;

namespace Nsc.Engine.Search;

/// <summary>
/// Projected quasi-Newton steps (Broyden, Fletcher, Goldfarb and Shanno's update) with slopes from central differences, then a pattern search (Hooke and
/// Jeeves, 1961), which also moves whole numbers and ends at kinks.
/// </summary>
/// <param name="merits">The merits of points, (m, dimensions), row-major.</param>
/// <param name="steps">For each coordinate the width of a whole number's step; 0 for real inputs.</param>
internal sealed class LocalDescent(Func<double[], double[]> merits, ImmutableArray<double> steps)
{
    private const int MostSteps = 100, Lengths = 30;
    private const double Difference = 1e-6, FirstPoll = 0.05, LastPoll = 1e-9;

    public (double[] Point, double Merit) Run(double[] start, double merit) => Poll(Descend((start, merit)));

    private (double[] Point, double Merit) Descend((double[] Point, double Merit) at)
    {
        int n = at.Point.Length;
        double[,] inverse = Identity(n);
        double[] slope = Slope(at.Point);
        for (int step = 0; step < MostSteps; step++)
        {
            double[] direction = Along(inverse, slope, at.Point);
            if (!(direction.Zip(slope, (d, s) => d * s).Sum() < 0))
            {
                inverse = Identity(n);
                direction = Along(inverse, slope, at.Point);
            }

            (double[] Point, double Merit) next = BestOf([.. Enumerable.Range(0, Lengths).Select(k => Moved(at.Point, direction, Length(direction, k)))]);
            if (!(next.Merit < at.Merit))
            {
                break;
            }

            double[] after = Slope(next.Point), moved = Less(next.Point, at.Point), turned = Less(after, slope);
            Update(inverse, moved, turned);
            (at, slope) = (next, after);
        }

        return at;
    }

    // Shorter and shorter steps, in turns from Newton's and from half the box.
    private static double Length(double[] direction, int k) => Math.Pow(0.35, k / 2) / (k % 2 == 0 ? 1 : Math.Max(1e-300, direction.Max(Math.Abs)));

    private (double[] Point, double Merit) Poll((double[] Point, double Merit) at)
    {
        double width = FirstPoll;
        while (width > LastPoll)
        {
            double[][] around = [.. Enumerable.Range(0, at.Point.Length).SelectMany(c => (double[][])[With(at.Point, c, width), With(at.Point, c, -width)])];
            (double[] Point, double Merit) next = BestOf(around);
            if (next.Merit < at.Merit)
            {
                // Once more in the same direction, while it helps.
                (double[] Point, double Merit) further = BestOf([Moved(next.Point, Less(next.Point, at.Point), 1)]);
                at = further.Merit < next.Merit ? further : next;
            }
            else
            {
                width /= 3;
            }
        }

        return at;
    }

    private double[] With(double[] point, int coordinate, double width)
    {
        double[] moved = [.. point];
        double whole = steps[coordinate];
        moved[coordinate] = Math.Clamp(moved[coordinate] + (Math.Sign(width) * Math.Max(Math.Abs(width), whole)), -1, 1);
        return moved;
    }

    private (double[] Point, double Merit) BestOf(double[][] points) => points.Zip(merits([.. points.SelectMany(p => p)])).MinBy(p => p.Second);

    private double[] Slope(double[] point)
    {
        double[][] around = [.. point.SelectMany((_, c) => (double[][])[Shifted(point, c, Difference), Shifted(point, c, -Difference)])];
        double[] values = merits([.. around.SelectMany(p => p)]);
        return [.. point.Select((_, c) => (values[2 * c] - values[(2 * c) + 1]) / (around[2 * c][c] - around[(2 * c) + 1][c])).Select(s => double.IsFinite(s) ? s : 0)];
    }

    private static double[] Shifted(double[] point, int coordinate, double by)
    {
        double[] shifted = [.. point];
        shifted[coordinate] = Math.Clamp(shifted[coordinate] + by, -1, 1);
        return shifted;
    }

    // Downhill; nothing moves out of the box.
    private static double[] Along(double[,] inverse, double[] slope, double[] point)
    {
        int n = slope.Length;
        bool IsBlocked(int c, double by) => (point[c] >= 1 && by > 0) || (point[c] <= -1 && by < 0);
        double[] free = [.. slope.Select((s, c) => IsBlocked(c, -s) ? 0 : s)];
        double[] direction = [.. Enumerable.Range(0, n).Select(r => free[r] == 0 ? 0 : -Enumerable.Range(0, n).Sum(c => inverse[r, c] * free[c]))];
        return [.. direction.Select((d, c) => IsBlocked(c, d) ? 0 : d)];
    }

    private static void Update(double[,] inverse, double[] moved, double[] turned)
    {
        int n = moved.Length;
        double product = moved.Zip(turned, (m, t) => m * t).Sum();
        if (!(product > 1e-14))
        {
            return;
        }

        double[] image = [.. Enumerable.Range(0, n).Select(r => Enumerable.Range(0, n).Sum(c => inverse[r, c] * turned[c]))];
        double scale = (1 + (image.Zip(turned, (i, t) => i * t).Sum() / product)) / product;
        for (int r = 0; r < n; r++)
        {
            for (int c = 0; c < n; c++)
            {
                inverse[r, c] += (scale * moved[r] * moved[c]) - (((image[r] * moved[c]) + (moved[r] * image[c])) / product);
            }
        }
    }

    private static double[] Moved(double[] point, double[] direction, double length) => [.. point.Zip(direction, (p, d) => Math.Clamp(p + (length * d), -1, 1))];

    private static double[] Less(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    private static double[,] Identity(int n)
    {
        var identity = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            identity[i, i] = 1;
        }

        return identity;
    }
}
