// The processes that share one job, as the phases see them: a training or a corpus build asks for nothing more, and knows
// nothing of MPI.

namespace Nsc.Core.Ranks;

/// <summary>
/// The ranks of a job, of which this process is one. <see cref="Sum"/> and <see cref="Gather"/> are calls that all ranks make in
/// the same order, each from one thread; a rank that does not make them lets the others wait.
/// </summary>
public interface IRanks
{
    /// <summary>This process's number, from 0. Rank 0 talks and writes files.</summary>
    int Rank { get; }

    /// <summary>How many there are.</summary>
    int Count { get; }

    /// <summary>
    /// Replaces every value by its sum over all ranks; all ranks get the same bits. With one or two ranks these are the bits of
    /// a sum in rank order; with more, an order that depends on nothing but their number.
    /// </summary>
    void Sum(Span<float> values);

    /// <summary>What each rank handed in, in the order of the ranks; lengths may differ.</summary>
    byte[][] Gather(byte[] mine);
}
