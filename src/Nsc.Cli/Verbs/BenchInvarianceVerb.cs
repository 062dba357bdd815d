// nsc bench invariance: how far a surrogate moves when its program is merely written differently.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Clang;
using Nsc.Neural.CompNets;

namespace Nsc.Cli.Verbs;

internal static class BenchInvarianceVerb
{
    private static readonly Option<DirectoryInfo?> s_programs = new("--programs")
    {
        Description = "Folder of C files to measure on.", HelpName = "DIR",
    };

    private static readonly Option<int> s_generated = Options.Count(
        "--generated", "Measure on this many held-out generated functions instead (those of train-compnet with the same --seed).", 0, least: 0);

    private static readonly Option<string> s_arms = new("--arms")
    {
        Description = "Models to measure: of dataflow, bert-tiny, pretrained, maml.", HelpName = "ARM,ARM,...",
        DefaultValueFactory = _ => Architectures.Dataflow,
    };

    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program whose weights moved." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("invariance", "How far surrogates move when programs are renamed, reformatted, reordered or split.")
    {
        s_programs, s_generated, s_arms, s_model, s_seed, s_details, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        HyperNetwork[] nets = LoadNets(parse);
        CProgram[] programs = LoadPrograms(parse, toolchain, diagnostics);
        var rewritten = RewrittenPrograms.Of(
            programs, (ulong)parse.GetValue(s_seed), toolchain, diagnostics,
            done => terminal.Progress(() => $"rewriting {done}/{programs.Length * 4}"), cancellationToken);
        terminal.Show(diagnostics.Where(d => d.Severity == Severity.Error));
        var movements = Invariance.Measure(
            rewritten, nets, done => terminal.Progress(() => $"compiling {done}/{rewritten.Count * nets.Length}"), cancellationToken);
        if (movements.Count == 0)
        {
            throw new CommandException(ExitCode.Refused, "no program to measure on");
        }

        Report(parse, terminal, Invariance.Summarise(rewritten, movements));
        if (parse.GetValue(s_details))
        {
            ReportDetails(terminal, rewritten, movements);
        }

        return ExitCode.Success;
    }

    private static HyperNetwork[] LoadNets(ParseResult parse)
    {
        string[] arms = parse.GetValue(s_arms)!.Split(',');
        return arms.Except(Architectures.All).Any() || arms.Distinct().Count() < arms.Length
            ? throw new CommandException(ExitCode.Usage, $"--arms {parse.GetValue(s_arms)}: expected some of {string.Join(", ", Architectures.All)}")
            : Array.ConvertAll(arms, arm => LoadedModel.Load(parse.GetValue(s_model), arm).Net);
    }

    private static CProgram[] LoadPrograms(ParseResult parse, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        int generated = parse.GetValue(s_generated);
        DirectoryInfo? folder = parse.GetValue(s_programs);
        if (generated > 0 == (folder is not null))
        {
            throw new CommandException(ExitCode.Usage, "give either --programs DIR or --generated N");
        }

        if (generated > 0)
        {
            return [.. GeneratedCorpus.Sources(TrainCompNetVerb.HeldOut(parse.GetValue(s_seed), generated), toolchain, new DiagnosticBag())];
        }

        var pipeline = new Pipeline(toolchain, diagnostics);
        return folder!.Exists
            ? [.. folder.EnumerateFiles("*.c").OrderBy(f => f.Name, StringComparer.Ordinal).SelectMany(f =>
                pipeline.Parse(f.ToString(), SourceFiles.ReadSource(f.FullName), FrontEndOptions.Default with { AllFunctions = true }))]
            : throw new CommandException(ExitCode.Refused, $"no such folder: '{folder}'");
    }

    private static void Report(ParseResult parse, Terminal terminal, List<InvarianceRow> rows)
    {
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, rows.Select(r => new InvarianceRowJson(
                r.Rewriting, r.Arm, r.Programs, r.SameGraph, r.Equal, r.RelativeMedian, r.RelativeMaximum, r.LargestDifference,
                r.PredictionsMedian, r.PredictionsMaximum, r.Changed, r.Refused)).ToArray());
            return;
        }

        terminal.Output.WriteLine(
            $"{"",-26}{"",9}{"same",8}{"same",9}{"weights, relative L2",22}{"largest",10}{"predictions, deviations",25}");
        terminal.Output.WriteLine(
            $"{"rewriting",-14}{"arm",-12}{"programs",9}{"graph",8}{"weights",9}{"median",11}{"maximum",11}{"change",10}{"median",14}{"maximum",11}{"changed",9}{"refused",9}");
        foreach (InvarianceRow r in rows)
        {
            terminal.Output.WriteLine(
                $"{r.Rewriting,-14}{r.Arm,-12}{r.Programs,9}{r.SameGraph,8}{r.Equal,9}{r.RelativeMedian,11:G3}{r.RelativeMaximum,11:G3}"
                + $"{r.LargestDifference,10:G3}{r.PredictionsMedian,14:G3}{r.PredictionsMaximum,11:G3}{r.Changed,9}{r.Refused,9}");
        }
    }

    private static void ReportDetails(Terminal terminal, List<RewrittenProgram> programs, List<Movement> movements)
    {
        foreach (RewrittenProgram program in programs.Where(p => p.Fate != RewritingFate.Kept))
        {
            terminal.Say($"{program.Rewriting} {program.Name}: {program.Fate.ToString().ToLowerInvariant()}");
        }

        foreach (Movement m in movements.Where(m => !m.IsEqual).OrderByDescending(m => m.Relative))
        {
            terminal.Say(
                $"{m.Rewriting} {m.Arm} {m.Program}: relative {m.Relative:G3}, largest {m.Largest:G3}, predictions {m.Predictions:G3}{(m.IsSameGraph ? ", same graph" : "")}");
        }
    }
}
