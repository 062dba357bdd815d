// What a teacher learns from.

namespace Nsc.Engine.Teaching;

/// <param name="Points">(n, coordinates), row-major, of inputs in [-1, 1].</param>
/// <param name="Targets">(n), standardised.</param>
/// <param name="Net">(n), what the compiled net says of the points; null without one.</param>
internal sealed record LessonSet(double[] Points, int Coordinates, double[] Targets, double[]? Net)
{
    public int Count => Targets.Length;

    public LessonSet Take(int[] rows) => new(
        [.. rows.SelectMany(r => Points.AsSpan(r * Coordinates, Coordinates).ToArray())], Coordinates,
        Array.ConvertAll(rows, r => Targets[r]), Net is null ? null : Array.ConvertAll(rows, r => Net[r]));
}
