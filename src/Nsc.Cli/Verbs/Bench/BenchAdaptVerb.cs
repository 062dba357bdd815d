// nsc bench adapt: fine-tuning on a few measured rows of a program that has changed, beside regressors and residual kriging.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench;
using Nsc.Bench.Adapting;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchAdaptVerb
{
    private static readonly Option<string> s_rows = new("--rows") { Description = "Numbers of measured rows.", HelpName = "N,N,...", DefaultValueFactory = _ => "4,8,32" };
    private static readonly Option<double[]> s_noise = new("--noise") { Description = "Noise of what is measured, in deviations of the output; repeat it for several.", HelpName = "SHARE", DefaultValueFactory = _ => [0.01, 0.05] };
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sets of rows for each program.", 1);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("adapt", "finetune --data on programs of which a constant or an operator has changed, beside regressors (scripts/bench-adapt installs them).")
        {
            s_rows, s_noise, s_seeds, s_seed, s_json,
        };
        PeerOptions.AddChoiceTo(command);
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddModelTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_rows)!, "--rows");
        double[] noises = parse.GetRequiredValue(s_noise);
        if (counts.Min() < 4 || noises.Any(n => !(n is >= 0 and <= 1)))
        {
            throw new CommandException(ExitCode.Usage, "--rows: at least 4; --noise: from 0 to 1");
        }

        string[] chosen = PeerOptions.Chosen(parse);
        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.OfModel(parse), parse.GetValue(s_seed), counts.Max(), parse.GetValue(s_seeds), terminal, cancellationToken);
        using var scratch = new ScratchFolder();
        PeerTable table = PeerOptions.Open(parse, PeerMethod.All.Where(m => chosen.Contains(m.Name) && !m.IsNet), scratch, PeerOptions.Cache(parse), terminal, cancellationToken);
        var peers = new PeerRuns(setup.Shape, table, [], SourceFiles.RequireToolchain(), terminal, cancellationToken);
        var (rows, calibrations) = (new List<AdaptedRow>(), new List<CalibrationRow>());
        foreach (double noise in noises)
        {
            ChangedProgram[] changed = [.. setup.Programs.Select((p, i) => ChangedProgram.Of(p, noise, (ulong)parse.GetValue(s_seed) + (ulong)i)).OfType<ChangedProgram>()];
            foreach (int count in counts)
            {
                terminal.Progress(() => string.Create(CultureInfo.InvariantCulture, $"{changed.Length} changed programs, {count} rows, noise {noise}"));
                var (ours, found) = AdaptingMethods.Measure(changed, count, noise, setup.Shape, cancellationToken);
                IEnumerable<ComparedRow> residual = AdaptingMethods.OfResiduals(changed, peers.Peers([.. changed.Select(c => c.Residual)], count));
                rows.AddRange(ours.Concat(peers.Peers([.. changed.Select(c => c.Measured)], count)).Concat(residual)
                    .Select(r => new AdaptedRow(noise, changed.Single(c => c.Original.Name == r.Program).Constant is not null, r.Samples, r.Program, r.Method, r.Nmse)));
                calibrations.AddRange(found);
            }
        }

        Report(parse, terminal, new BenchAdaptJson([.. Summarise(rows)], [.. rows], [.. calibrations]));
        return ExitCode.Success;
    }

    private static IEnumerable<AdaptedSummary> Summarise(IReadOnlyList<AdaptedRow> rows) =>
        from row in rows
        group row by (row.Noise, row.IsConstant, row.Rows) into setting
        let best = setting.Where(r => !IsOurs(r.Method)).GroupBy(r => r.Program).ToDictionary(g => g.Key, g => g.Min(r => r.Nmse))
        from method in setting.GroupBy(r => r.Method).Append(null)
        let own = method is null ? [.. best.Values] : method.Select(r => r.Nmse).ToArray()
        where own.Length > 0
        select new AdaptedSummary(setting.Key.Noise, setting.Key.IsConstant, setting.Key.Rows, method?.Key ?? PeerSummaries.Best, own.Length, GeometricMean.Of(own));

    private static bool IsOurs(string method) => method is AdaptingMethods.Ours or AdaptingMethods.WithoutProgram or AdaptingMethods.Random;

    private static void Report(ParseResult parse, Terminal terminal, BenchAdaptJson result)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, result);
            return;
        }

        var table = new TextTable(0, TextColumn.Fitting("method", result.Summary.Select(s => s.Method)), new("change", 10), new("noise", 7), new("rows", 6), new("programs", 10), new("NMSE", 10));
        foreach (AdaptedSummary s in result.Summary.OrderBy(s => !s.IsConstant).ThenBy(s => s.Noise).ThenBy(s => s.Rows))
        {
            table.Add($"{s.Method}", $"{(s.IsConstant ? "constant" : "operator")}", $"{s.Noise:G3}", $"{s.Rows}", $"{s.Programs}", $"{s.Nmse:G3}");
        }

        table.Write(terminal);
        foreach (var setting in result.Calibrations.GroupBy(c => (c.Noise, c.Rows)))
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{setting.Key.Rows} rows, noise {setting.Key.Noise}: of {setting.Count()} changed constants {setting.Count(c => c.IsFound)} are found, {setting.Count(c => c.IsCovered)} of them within their 95% intervals"));
        }

        terminal.Output.WriteLine($"NMSE: geometric mean over programs, on points of the changed program without noise; {PeerSummaries.Best}: the least error of all peers, residual ones among them, chosen for each program with these points in sight");
        foreach ((string name, string meaning) in AdaptingMethods.All)
        {
            terminal.Output.WriteLine($"{name}: {meaning}");
        }
    }
}
