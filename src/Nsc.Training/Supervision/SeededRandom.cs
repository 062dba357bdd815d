// Random streams that depend on a seed and on what they are for, and on nothing else.

namespace Nsc.Training.Supervision;

internal static class SeededRandom
{
    /// <summary>The stream of purpose <paramref name="purpose"/> at a step. (System.HashCode would differ between processes.)</summary>
    public static Random For(long seed, long step, long purpose)
    {
        ulong mixed = unchecked(((ulong)seed * 0x9E3779B97F4A7C15) ^ ((ulong)step * 0xBF58476D1CE4E5B9) ^ ((ulong)purpose * 0x94D049BB133111EB));
        mixed = unchecked((mixed ^ (mixed >> 31)) * 0xD6E8FEB86659FD93);
        return new Random((int)(mixed >> 33));
    }
}
