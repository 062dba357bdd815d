// Ranks that are threads of the test process, so that what ranks do together is tested without MPI.

using Nsc.Core.Ranks;

namespace Nsc.Tests.Training;

internal sealed class ThreadRanks : IRanks
{
    private readonly Shared _shared;

    private ThreadRanks(int rank, Shared shared) => (Rank, _shared) = (rank, shared);

    public int Rank { get; }

    public int Count => _shared.Parts.Length;

    /// <summary>Does something on every rank at the same time; the first failure is thrown when all have ended.</summary>
    public static void Run(int count, Action<IRanks> action)
    {
        var shared = new Shared(new Barrier(count), new byte[count][]);
        var failures = new Exception?[count];
        Thread[] threads = [.. Enumerable.Range(0, count).Select(r => new Thread(() =>
        {
            try
            {
                action(new ThreadRanks(r, shared));
            }
            catch (Exception failure)
            {
                failures[r] = failure;
                shared.Barrier.RemoveParticipant();
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        if (Array.Find(failures, f => f is not null) is { } first)
        {
            throw first;
        }
    }

    public void Sum(Span<float> values)
    {
        float[][] all = [.. Gather(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray())
            .Select(b => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(b).ToArray())];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = all.Skip(1).Aggregate(all[0][i], (sum, part) => sum + part[i]);
        }
    }

    public byte[][] Gather(byte[] mine)
    {
        _shared.Parts[Rank] = mine;
        _shared.Barrier.SignalAndWait();
        byte[][] all = [.. _shared.Parts];
        _shared.Barrier.SignalAndWait();
        return all;
    }

    private sealed record Shared(Barrier Barrier, byte[][] Parts);
}
