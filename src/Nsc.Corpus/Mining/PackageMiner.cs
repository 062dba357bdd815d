// Mines one package: a loop over its files, with the compiler's own front end. What several files define alike, as those that include a header do, is
// looked at once and counts for the first of them.

using System.Collections.Concurrent;
using System.Diagnostics;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Mining;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

/// <summary>What a package gave, in the order of its files; functions that behave alike are still among them.</summary>
internal sealed record MinedPackage(List<RealFunction> Functions, MiningFunnel Funnel, MiningEffort Effort);

internal sealed class PackageMiner : IDisposable
{
    /// <summary>Characters of preprocessed files that stay parsed, of all workers together. Where each function has a file, every file is needed by many.</summary>
    private const long MostParsed = 16 << 20;

    private readonly SourcePackage _package;
    private readonly int _maxNodes, _workers;
    private readonly Toolchain _toolchain;
    private readonly IProgress<ExeStackProgress>? _progress;
    private readonly string[] _files;
    private readonly FileMiner[] _miners;
    private readonly ConcurrentDictionary<string, byte> _claimed = new();
    private readonly ConcurrentDictionary<(FoundFunction Function, string File), Examined> _examined = new();
    private readonly ClangClock _clock = new();
    private int _functions;

    public PackageMiner(SourcePackage package, int maxNodes, int workers, Toolchain toolchain, IProgress<ExeStackProgress>? progress)
    {
        (_package, _maxNodes, _workers, _toolchain, _progress) = (package, maxNodes, workers, toolchain, progress);
        _files = [.. package.Files];
        _miners = new FileMiner[_files.Length];
    }

    public MinedPackage Mine(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        using (var project = new PackageProject(_package, _toolchain))
        {
            int next = -1;
            Parallel.For(0, Math.Min(_workers, _files.Length), new ParallelOptions { MaxDegreeOfParallelism = _workers }, _ =>
            {
                using var cache = new ProjectCache(project.Options, _toolchain, Math.Max(ProjectCache.MostParsed, MostParsed / _workers));
                for (int i; (i = Interlocked.Increment(ref next)) < _files.Length && !cancellationToken.IsCancellationRequested;)
                {
                    _clock.Run(() => MineFile(i, cache));
                }
            });
        }

        cancellationToken.ThrowIfCancellationRequested();
        return Collect(start);
    }

    public void Dispose() => _clock.Dispose();

    private void MineFile(int index, ProjectCache cache)
    {
        string file = _package.Relative(_files[index]);
        var examiner = new RealFunctions(file, _package.Name, _toolchain, _maxNodes);
        var miner = _miners[index] = new FileMiner(
            claim: identity => _claimed.TryAdd(identity, 0),
            found: (function, result) =>
            {
                _examined[(function, file)] = examiner.Examine(result);
                _progress?.Report(new ExeStackProgress(_package.Name, Interlocked.Increment(ref _functions), file));
            });
        if (new FileInfo(_files[index]).Length <= ClangFrontEnd.LargestSource)
        {
            ClangFrontEnd.Mine(_files[index], File.ReadAllText(_files[index]), cache, _maxNodes, _toolchain, miner, []);
        }
    }

    // In the order of the files, whoever was first to finish.
    private MinedPackage Collect(long start)
    {
        ILookup<string, Examined> byIdentity = _examined.OrderBy(e => e.Key.Function.IsOfHeader).ThenBy(e => e.Key.File, StringComparer.Ordinal).ToLookup(e => e.Key.Function.Identity, e => e.Value);
        MiningFunnel funnel = MiningFunnel.Empty with
        {
            Files = _files.Length, Unreadable = _miners.Count(m => m.Survey is null),
            Functions = _miners.Sum(m => m.Functions.Count + OthersOf(m)), NotNumerical = _miners.Sum(OthersOf),
        };
        var functions = new List<RealFunction>();
        var seen = new HashSet<string>();
        foreach ((FileMiner miner, string file) in _miners.Zip(_files))
        {
            FoundFunction[] fresh = [.. miner.Functions.Where(f => seen.Add(f.Identity))];
            Examined[] examined = [.. fresh.Select(f => byIdentity[f.Identity].First())];
            funnel = examined.Aggregate(funnel with { Repeated = funnel.Repeated + miner.Functions.Count - fresh.Length }, (sum, e) => sum + e.Funnel);
            functions.AddRange(examined.Select(e => e.Function).OfType<RealFunction>().Select(f => f with { File = _package.Relative(file) }));
        }

        var effort = new MiningEffort(seen.Count, Stopwatch.GetElapsedTime(start).TotalSeconds, _clock.BusySeconds, _clock.ClangSeconds);
        return new MinedPackage(functions, funnel, effort);
    }

    private static int OthersOf(FileMiner miner) => miner.Survey?.Others.Values.Sum() ?? 0;
}
