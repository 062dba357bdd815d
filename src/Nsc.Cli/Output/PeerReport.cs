// The comparison with peers as text: a table, where a peer wins, and what the words mean.

using System.Globalization;
using Nsc.Bench;
using Nsc.Bench.Peers;
using Nsc.CommandLine;
using Nsc.Core.Text;

namespace Nsc.Cli.Output;

internal static class PeerReport
{
    // Of the programs on which a peer wins, unless details are asked for.
    private const int MostShown = 20;

    private static readonly string[] s_notes =
    [
        "NMSE: geometric mean over programs, of errors between 1E-08 and 1E+04 on 1,024 test points. by ours: its error over nsc's, program by program; below 1 it is better.",
        "nsc wins: programs on which nsc's error is below its. best: programs on which it is the best of the peers. best of peers: the least error of all on each program, chosen with the test set in sight.",
        "fit s: of processor time, all outputs of a program, mean. row ns and bytes: medians; a peer's as its library predicts 1,024 rows together and as it is saved; ours one call of the exported C, guard and all, and its weights.",
    ];

    public static void Write(Terminal terminal, PeersJson result, bool details)
    {
        WriteSummary(terminal, result.Summary);
        foreach (string note in s_notes)
        {
            terminal.Output.WriteLine(note);
        }

        foreach ((string name, string meaning) in result.Methods)
        {
            terminal.Output.WriteLine($"{name}: {meaning}");
        }

        WriteLosses(terminal, result.BestPeers, details ? int.MaxValue : MostShown);
        foreach (var program in details ? result.Rows.GroupBy(r => (r.Program, r.Samples)) : [])
        {
            string errors = string.Join("  ", program.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.Method} {r.Nmse:G3}")));
            terminal.Output.WriteLine($"{PrintableText.OneLine(program.Key.Program)}, {program.Key.Samples} samples: {errors}");
        }
    }

    private static void WriteSummary(Terminal terminal, PeerSummary[] summary)
    {
        var table = new TextTable(
            0, TextColumn.Fitting("method", summary.Select(s => s.Method)), new("samples", 9), new("programs", 10), new("NMSE", 10), new(MeanInterval.Name, 22, IsText: true, Gap: 2),
            new("by ours", 9), new(MeanInterval.Name, 18, IsText: true, Gap: 2), new("nsc wins", 9), new("best", 6), new("fit s", 9), new("row ns", 9), new("bytes", 10));
        foreach (PeerSummary s in summary)
        {
            table.Add(
                $"{s.Method}", $"{s.Samples}", $"{s.Programs}", $"{s.Nmse:G3}", $"[{s.Low:G3}, {s.High:G3}]", $"{s.ErrorByOurs:G3}", $"[{s.ErrorByOursLow:G3}, {s.ErrorByOursHigh:G3}]",
                $"{(s.Method == OurMethod.FineTuned.Name ? "" : string.Create(CultureInfo.InvariantCulture, $"{100 * s.OurWins:F0}%"))}", $"{s.TimesBest}", $"{s.Seconds:G3}", $"{s.RowNanoseconds:F0}", $"{s.Bytes:F0}");
        }

        table.Write(terminal);
    }

    // Which peer wins where, worst for us first.
    private static void WriteLosses(Terminal terminal, BestPeer[] best, int most)
    {
        foreach (var atCount in best.GroupBy(b => b.Samples))
        {
            BestPeer[] lost = [.. atCount.Where(b => b.Ratio < 1).OrderBy(b => b.Ratio)];
            terminal.Output.WriteLine();
            terminal.Output.WriteLine($"{atCount.Key} samples: a peer wins on {lost.Length} of {atCount.Count()} programs{(lost.Length > most ? $"; the {most} on which it wins most" : "")}");
            if (lost.Length > 0)
            {
                WriteTable(terminal, [.. lost.Take(most)]);
            }
        }
    }

    private static void WriteTable(Terminal terminal, BestPeer[] lost)
    {
        var table = new TextTable(
            2, TextColumn.Fitting("program", lost.Select(b => b.Program)), new("nsc", 10), new("random", 10), new("peer", 10), new("ratio", 10), new("which", 12, IsText: true, Gap: 2));
        foreach (BestPeer b in lost)
        {
            table.Add($"{PrintableText.OneLine(b.Program)}", $"{b.Ours:G3}", $"{b.Random:G3}", $"{b.Nmse:G3}", $"{b.Ratio:G3}", $"{b.Peer}");
        }

        table.Write(terminal);
    }
}
