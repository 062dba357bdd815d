// The ranks of an MPI job.

using Nsc.Core.Ranks;

namespace Nsc.Training.Mpi;

/// <summary>All ranks of the job that mpirun or srun started. Made once per process; to be used from the thread that made it.</summary>
public sealed unsafe class MpiRanks : IRanks, IDisposable
{
    private MpiRanks(int rank, int count) => (Rank, Count) = (rank, count);

    public int Rank { get; }

    public int Count { get; }

    /// <summary>Joins the job; returns when all ranks have.</summary>
    /// <exception cref="DllNotFoundException">Open MPI's library is not installed.</exception>
    /// <exception cref="InvalidOperationException">The launcher belongs to another MPI, so that the ranks do not find each other.</exception>
    public static MpiRanks Join()
    {
        _ = LibMpi.InitThread(null, null, LibMpi.OneThreadCalls, out _);
        _ = LibMpi.CommRank(LibMpi.World, out int rank);
        _ = LibMpi.CommSize(LibMpi.World, out int count);
        if (count != MpiLaunch.RankCount)
        {
            throw new InvalidOperationException(
                $"{MpiLaunch.RankCount} ranks were started, but Open MPI finds {count}; start them with Open MPI's own mpirun, or with srun --mpi=pmix");
        }

        return new MpiRanks(rank, count);
    }

    public void Sum(Span<float> values)
    {
        fixed (float* buffer = values)
        {
            _ = LibMpi.Allreduce(LibMpi.InPlace, buffer, values.Length, LibMpi.Float, LibMpi.SumOperation, LibMpi.World);
        }
    }

    public byte[][] Gather(byte[] mine)
    {
        int[] lengths = new int[Count], offsets = new int[Count];
        lengths[Rank] = mine.Length;
        fixed (int* into = lengths)
        {
            _ = LibMpi.Allgather(LibMpi.InPlace, 0, 0, into, 1, LibMpi.Int, LibMpi.World);
        }

        for (int r = 1; r < Count; r++)
        {
            offsets[r] = checked(offsets[r - 1] + lengths[r - 1]);
        }

        var all = new byte[checked(offsets[^1] + lengths[^1])];
        fixed (byte* from = mine, into = all)
        fixed (int* counts = lengths, places = offsets)
        {
            _ = LibMpi.Allgatherv(from, mine.Length, LibMpi.Byte, into, counts, places, LibMpi.Byte, LibMpi.World);
        }

        return [.. Enumerable.Range(0, Count).Select(r => all.AsSpan(offsets[r], lengths[r]).ToArray())];
    }

    /// <summary>Ends the job on all ranks, at once; does not return.</summary>
    public void Abort(int exitCode)
    {
        _ = LibMpi.Abort(LibMpi.World, exitCode);
        Environment.Exit(exitCode);
    }

    /// <summary>Leaves the job; returns when all ranks do.</summary>
    public void Dispose() => _ = LibMpi.Finish();
}
