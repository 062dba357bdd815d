// Mines one package: every file is cut into functions, every function that is a new one is examined, both side by side.

using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Mining;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

/// <summary>What a package gave, in the order of its files; functions that behave alike are still among them.</summary>
internal sealed record MinedPackage(List<RealFunction> Functions, MiningFunnel Funnel, MiningEffort Effort);

internal sealed class PackageMiner(SourcePackage package, int maxNodes, int workers, Toolchain toolchain, IProgress<ExeStackProgress>? progress) : IDisposable
{
    /// <summary>Functions that share a run of clang.</summary>
    private const int MostInBatch = 16;

    private readonly ClangClock _clock = new();

    public MinedPackage Mine(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string[] files = [.. package.Files];
        var sliced = new SlicedFile[files.Length];
        using (var slicer = new SourceSlicer(package, toolchain))
        {
            ForEach(files.Length, cancellationToken, i => sliced[i] = slicer.Slice(files[i]));
        }

        (string File, Slice Slice)[] all = [.. sliced.SelectMany((f, i) => f.Slices.Select(s => (package.Relative(files[i]), s)))];
        (string File, Slice Slice)[] slices = [.. all.DistinctBy(s => Identity(s.Slice))];
        MiningFunnel funnel = MiningFunnel.Empty with
        {
            Files = files.Length, Unreadable = sliced.Count(f => !f.IsReadable), Functions = sliced.Sum(f => f.Functions),
            NotNumerical = sliced.Sum(f => f.Functions - f.Slices.Length), Repeated = all.Length - slices.Length,
        };
        (RealFunction? Function, MiningFunnel Funnel)[] results = Examine(slices, cancellationToken);
        var effort = new MiningEffort(
            slices.Length, Stopwatch.GetElapsedTime(start).TotalSeconds, _clock.BusySeconds, _clock.ClangSeconds);
        return new MinedPackage(
            [.. results.Select(r => r.Function).OfType<RealFunction>()], results.Aggregate(funnel, (sum, r) => sum + r.Funnel), effort);
    }

    public void Dispose() => _clock.Dispose();

    private (RealFunction? Function, MiningFunnel Funnel)[] Examine((string File, Slice Slice)[] slices, CancellationToken cancellationToken)
    {
        var probe = new SliceProbe(new UnitLinker(slices.Select(s => s.Slice)), toolchain, maxNodes);
        using SandboxRunner runner = SandboxRunner.Create(toolchain);
        var results = new (RealFunction? Function, MiningFunnel Funnel)[slices.Length];
        int finished = 0;
        int[][] batches = [.. Batches(slices)];
        ForEach(batches.Length, cancellationToken, b =>
        {
            foreach ((int i, ProbeResult probed) in batches[b].Zip(probe.Probe([.. batches[b].Select(i => slices[i].Slice)])))
            {
                results[i] = RealFunctions.Examine(probed, slices[i].File, package.Name, toolchain, runner, maxNodes);
                progress?.Report(new ExeStackProgress(package.Name, Interlocked.Increment(ref finished), slices.Length));
            }
        });
        return results;
    }

    // Functions of one file, each name once.
    private static IEnumerable<int[]> Batches((string File, Slice Slice)[] slices) => Enumerable.Range(0, slices.Length)
        .GroupBy(i => slices[i].File)
        .SelectMany(file => file.GroupBy(i => slices[i].Slice.Function).SelectMany(same => same.Select((i, copy) => (Index: i, Copy: copy)))
            .GroupBy(s => s.Copy, s => s.Index))
        .SelectMany(batch => batch.Order().Chunk(MostInBatch));

    private void ForEach(int count, CancellationToken cancellationToken, Action<int> work)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken };
        Parallel.For(0, count, options, i => _clock.Run(() => work(i)));
    }

    private static string Identity(Slice slice) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(slice.Function + '\0' + string.Join('\0', slice.Pieces))));
}
