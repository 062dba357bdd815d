// What a teacher learns from.

using Nsc.Engine.Trainers;

namespace Nsc.Engine.Teaching;

/// <param name="Points">(n, coordinates), row-major, of inputs in [-1, 1].</param>
/// <param name="Targets">(n), standardised.</param>
/// <param name="Means">Each (n): what models of the function say of the points, such as the compiled net.</param>
internal sealed record LessonSet(double[] Points, int Coordinates, double[] Targets, double[][] Means)
{
    public int Count => Targets.Length;

    /// <summary>The samples of a task, and other inputs, (m, I) row-major, in the same coordinates: (m, coordinates).</summary>
    /// <param name="means">Models of the function: each says something of the samples, (n), and of the other inputs, (m).</param>
    public static (LessonSet Pupils, double[] Asked) Of(NetTask task, float[] others, NetShape shape, IReadOnlyList<(double[] Samples, double[] Others)> means)
    {
        int columns = LeastSquaresTask.UsedColumns(task.Inputs, shape.Inputs);
        var pupils = new LessonSet(LeastSquaresTask.Columns(task.Inputs, shape.Inputs, columns), columns, Array.ConvertAll(task.Targets, t => (double)t), [.. means.Select(m => m.Samples)])
        {
            Roots = task.RowWeights is null ? null : Array.ConvertAll(task.RowWeights, w => Math.Sqrt(w)),
        };
        return (pupils, LeastSquaresTask.Columns(others, shape.Inputs, columns));
    }

    /// <summary>Whether a teacher begins with one of the models, and never with nothing.</summary>
    public bool IsOnMeansAlone { get; init; }

    /// <summary>(n) the root of how much each row counts; null where all count alike.</summary>
    public double[]? Roots { get; init; }

    public LessonSet Take(int[] rows) => new LessonSet(
        [.. rows.SelectMany(r => Points.AsSpan(r * Coordinates, Coordinates).ToArray())], Coordinates,
        Array.ConvertAll(rows, r => Targets[r]), [.. Means.Select(mean => Array.ConvertAll(rows, r => mean[r]))]) { IsOnMeansAlone = IsOnMeansAlone, Roots = Roots is null ? null : Array.ConvertAll(rows, r => Roots[r]) };
}
