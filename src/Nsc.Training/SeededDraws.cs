// Random numbers of the tensor library, which has one generator for the whole process: what is drawn depends on who drew before,
// and on what other threads draw meanwhile. So nothing is drawn but here, from a seed.

using static TorchSharp.torch;

namespace Nsc.Training;

/// <summary>The only place where the tensor library's generator is seeded, and under which anything is drawn from it.</summary>
public static class SeededDraws
{
    private static readonly Lock s_generator = new();

    /// <summary>What <paramref name="draw"/> makes, such as a network with new weights; the same seed gives the same.</summary>
    public static T From<T>(long seed, Func<T> draw)
    {
        lock (s_generator)
        {
            manual_seed(seed);
            return draw();
        }
    }
}
