// Rows drawn at random from a table that is read once, however long it is.

using Nsc.Core.Sampling;

namespace Nsc.Compiler.Sampling;

/// <summary>Reservoir sampling (Vitter, "Random sampling with a reservoir", 1985, algorithm R): each set of so many rows is as likely as any other.</summary>
/// <param name="count">How many rows are drawn.</param>
/// <param name="seed">The same seed draws the same rows of a table.</param>
public sealed class RowDraw(int count, ulong seed)
{
    private readonly SplitMix64 _random = new(seed);
    private long _seen;

    /// <summary>The place in the draw, below the count, that the next row takes, in place of the one that has it; null where it is not drawn.</summary>
    public int? Next()
    {
        long row = _seen++;
        long place = row < count ? row : (long)Math.BigMul(_random.Next(), (ulong)row + 1, out _);
        return place < count ? (int)place : null;
    }

    /// <summary>Which of some rows are drawn, in their order.</summary>
    public static int[] Of(int rows, int count, ulong seed)
    {
        var draw = new RowDraw(count, seed);
        int[] drawn = new int[Math.Min(rows, count)];
        for (int row = 0; row < rows; row++)
        {
            if (draw.Next() is { } place)
            {
                drawn[place] = row;
            }
        }

        Array.Sort(drawn);
        return drawn;
    }
}
