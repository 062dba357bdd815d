// All files of a project, shared among processes: those of this machine's cores and, where there are several ranks, theirs.

using System.Collections.Concurrent;
using System.Diagnostics;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Core.Ranks;
using Nsc.Engine;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Scanning;

/// <summary>How far a scan is.</summary>
/// <param name="File">The file that was done last.</param>
public sealed record ScanProgress(string File, int Done, int Files, int Compilable, int Refused);

/// <summary>The choices for a scan.</summary>
/// <param name="Sources">The files.</param>
/// <param name="Workers">Processes at the same time.</param>
/// <param name="FileLimit">What a file may take; the functions that were found by then are kept.</param>
/// <param name="Self">How this program is started as one that calls <see cref="ScanWorker.Serve"/>.</param>
public sealed record ScanRequest(ProjectSources Sources, int Workers, TimeSpan FileLimit, Func<ProcessStartInfo> Self);

/// <summary>Finds the functions of a project that can be compiled, and what each would gain.</summary>
public static class ProjectScanner
{
    /// <summary>
    /// Scans all files; a scan that is cancelled gives what was found by then. All ranks are to call it with the same request; rank 0 gets everything,
    /// and the others what they found.
    /// </summary>
    public static Result<ScanResult> Scan(ScanRequest request, IRanks ranks, IProgress<ScanProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        var diagnostics = new DiagnosticBag();
        if (Tools.Find(diagnostics) is not { } toolchain || CompilerModel.ShapeOf(null, diagnostics) is not { } model)
        {
            return Result<ScanResult>.Of(null, diagnostics);
        }

        // Before anything else runs that would count.
        NetCost? cost = ranks.Rank == 0 ? CostUnlessCancelled(model.Nets, toolchain, diagnostics, cancellationToken) : null;
        ScanResult mine = ScanShare(request, ranks, progress, cancellationToken);
        ScanResult[] all = ranks.Count == 1 ? [mine] : [.. ranks.Gather(ScanJson.BytesOf(mine)).Select(ScanJson.Parse)];
        return Result<ScanResult>.Of(ranks.Rank == 0 ? ScanResult.Of(all, cost) : mine, diagnostics);
    }

    private static NetCost? CostUnlessCancelled(NetShape shape, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        try
        {
            return NetCost.Measure(shape, toolchain, diagnostics, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static ScanResult ScanShare(ScanRequest request, IRanks ranks, IProgress<ScanProgress>? progress, CancellationToken cancellationToken)
    {
        string[] files = [.. request.Sources.Files.Where((_, i) => i % ranks.Count == ranks.Rank)];
        var left = new ConcurrentQueue<string>(files);
        var found = new List<ScanResult>();
        var job = new ScanJob(request.Sources.Options);
        Parallel.For(0, Math.Min(request.Workers, files.Length), new ParallelOptions { MaxDegreeOfParallelism = request.Workers }, _ =>
        {
            using var worker = new RenewedWorker(request.Self, job);
            while (!cancellationToken.IsCancellationRequested && left.TryDequeue(out string? file))
            {
                ScanResult one = worker.Scan(file, request.FileLimit, cancellationToken);
                lock (found)
                {
                    found.Add(one);
                    progress?.Report(new ScanProgress(file, found.Count, files.Length, found.Sum(f => f.Compilable.Length), found.Sum(f => f.Refused.Length)));
                }
            }
        });
        return ScanResult.Of(found) with { IsCancelled = cancellationToken.IsCancellationRequested };
    }

    /// <summary>A worker, and another one when that is used up.</summary>
    private sealed class RenewedWorker(Func<ProcessStartInfo> self, ScanJob job) : IDisposable
    {
        private ScanWorker? _worker;

        public ScanResult Scan(string file, TimeSpan limit, CancellationToken cancellationToken)
        {
            _worker ??= ScanWorker.Start(self(), job);
            ScanResult found = _worker.Scan(file, limit, cancellationToken);
            if (!_worker.IsFresh)
            {
                Dispose();
            }

            return found;
        }

        public void Dispose()
        {
            _worker?.Dispose();
            _worker = null;
        }
    }
}
