// What the comparison with peers says in short: a row for each method and number of samples, and the programs on which a peer wins.

using Nsc.Core.Sampling;
using Nsc.Training.Progress;

namespace Nsc.Bench.Peers;

/// <summary>A method's figures at one number of samples: geometric means over the programs that it answers.</summary>
/// <param name="Low">Lower end of the <see cref="MeanInterval"/> of <paramref name="Nmse"/>.</param>
/// <param name="ErrorByOurs">Its error over ours, program by program.</param>
/// <param name="OurWins">Share of programs on which our error is below its.</param>
/// <param name="TimesBest">Programs on which it is the best of the peers; null for what is no peer.</param>
/// <param name="Seconds">To fit one program; the mean.</param>
/// <param name="RowNanoseconds">To predict a row; the median. Null where it is not known.</param>
/// <param name="Bytes">To keep; the median. Null where it is not known.</param>
public sealed record PeerSummary(
    int Samples, string Method, int Programs, double Nmse, double Low, double High, double Median, double ErrorByOurs, double ErrorByOursLow, double ErrorByOursHigh,
    double OurWins, int? TimesBest, double? Seconds, double? RowNanoseconds, double? Bytes);

/// <summary>A program, and the best of its peers there.</summary>
/// <param name="Ratio">The best peer's error over ours: a peer wins where it is below 1.</param>
public sealed record BestPeer(string Program, int Samples, double Ours, double Random, string Peer, double Nmse, double Ratio);

public static class PeerSummaries
{
    /// <summary>The row of the best peers, chosen for each program with the test set in sight.</summary>
    public const string Best = "best of peers";

    /// <summary>The best peer on each program on which ours was measured, too.</summary>
    public static List<BestPeer> BestPeers(IEnumerable<ComparedRow> rows) =>
    [
        .. from row in rows
           group row by (row.Samples, row.Program) into program
           let ours = program.FirstOrDefault(r => r.Method == OurMethod.FineTuned.Name)
           let best = program.Where(r => IsPeer(r.Method)).MinBy(r => r.Nmse)
           let random = program.FirstOrDefault(r => r.Method == OurMethod.Random.Name)
           where ours is not null && best is not null
           select new BestPeer(program.Key.Program, program.Key.Samples, ours.Nmse, random?.Nmse ?? double.NaN, best.Method, best.Nmse, best.Nmse / ours.Nmse),
    ];

    /// <summary>Ours and random first, then the best peers together, then each peer.</summary>
    public static List<PeerSummary> Summarise(IReadOnlyList<ComparedRow> rows)
    {
        List<BestPeer> best = BestPeers(rows);
        var summaries = new List<PeerSummary>();
        foreach (var atCount in rows.GroupBy(r => r.Samples))
        {
            var ours = atCount.Where(r => r.Method == OurMethod.FineTuned.Name).ToDictionary(r => r.Program, r => r.Nmse);
            BestPeer[] own = [.. best.Where(b => b.Samples == atCount.Key)];
            foreach (var method in atCount.GroupBy(r => r.Method).OrderBy(m => IsPeer(m.Key)))
            {
                if (IsPeer(method.Key) && own.Length > 0 && !summaries.Exists(s => s.Samples == atCount.Key && s.Method == Best))
                {
                    summaries.Add(Of(Best, atCount.Key, [.. own.Select(b => (b.Program, b.Nmse))], ours));
                }

                ComparedRow[] all = [.. method];
                summaries.Add(Of(method.Key, atCount.Key, [.. all.Select(r => (r.Program, r.Nmse))], ours) with
                {
                    TimesBest = IsPeer(method.Key) ? own.Count(b => b.Peer == method.Key) : null,
                    Seconds = all.Average(r => r.Seconds), RowNanoseconds = Median(all.Select(r => r.RowNanoseconds)), Bytes = Median(all.Select(r => r.Bytes)),
                });
            }
        }

        return summaries;
    }

    private static PeerSummary Of(string method, int samples, (string Program, double Nmse)[] errors, Dictionary<string, double> ours)
    {
        double[] logs = [.. errors.Select(e => Math.Log(e.Nmse))];
        double[] ratios = [.. errors.Where(e => ours.ContainsKey(e.Program)).Select(e => Math.Log(e.Nmse / ours[e.Program]))];
        (double low, double high) = MeanInterval.Geometric(logs);
        (double ratioLow, double ratioHigh) = MeanInterval.Geometric(ratios);
        return new PeerSummary(
            samples, method, errors.Length, Math.Exp(logs.Average()), low, high, ZeroShot.Median(errors.Select(e => e.Nmse)),
            ratios.Length == 0 ? double.NaN : Math.Exp(ratios.Average()), ratioLow, ratioHigh, ratios.Length == 0 ? double.NaN : (double)ratios.Count(r => r > 0) / ratios.Length,
            null, null, null, null);
    }

    private static bool IsPeer(string method) => !OurMethod.All.Any(o => o.Name == method);

    private static double? Median(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? null : ZeroShot.Median(known);
    }
}
