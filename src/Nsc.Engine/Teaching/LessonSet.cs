// What a teacher learns from.

namespace Nsc.Engine.Teaching;

/// <param name="Points">(n, coordinates), row-major, of inputs in [-1, 1].</param>
/// <param name="Targets">(n), standardised.</param>
/// <param name="Means">Each (n): what models of the function say of the points, such as the compiled net.</param>
internal sealed record LessonSet(double[] Points, int Coordinates, double[] Targets, double[][] Means)
{
    public int Count => Targets.Length;

    /// <summary>Whether a teacher begins with one of the models, and never with nothing.</summary>
    public bool IsOnMeansAlone { get; init; }

    /// <summary>(n) the root of how much each row counts; null where all count alike.</summary>
    public double[]? Roots { get; init; }

    public LessonSet Take(int[] rows) => new LessonSet(
        [.. rows.SelectMany(r => Points.AsSpan(r * Coordinates, Coordinates).ToArray())], Coordinates,
        Array.ConvertAll(rows, r => Targets[r]), [.. Means.Select(mean => Array.ConvertAll(rows, r => mean[r]))]) { IsOnMeansAlone = IsOnMeansAlone, Roots = Roots is null ? null : Array.ConvertAll(rows, r => Roots[r]) };
}
