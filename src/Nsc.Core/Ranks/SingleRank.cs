// The ordinary case: one process does the whole job.

namespace Nsc.Core.Ranks;

/// <summary>A job of one process.</summary>
public sealed class SingleRank : IRanks
{
    public int Rank => 0;

    public int Count => 1;

    public void Sum(Span<float> values)
    {
        // The sum over one rank is what is there.
    }

    public byte[][] Gather(byte[] mine) => [mine];
}
