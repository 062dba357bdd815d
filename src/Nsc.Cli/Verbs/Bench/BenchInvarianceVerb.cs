// nsc bench invariance: how far a surrogate moves when its program is merely written differently.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Engine.Emission;
using Nsc.FrontEnd.Rewriting;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchInvarianceVerb
{
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program whose weights moved." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("invariance", "How far surrogates move when programs are renamed, reformatted, reordered or split.")
        {
            s_seed, s_details, s_json,
        };
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddModelsTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        IEmitter[] nets = Array.ConvertAll(BenchArmsOptions.LoadModels(parse), m => m.Net);
        CProgram[] programs = BenchProgramsOptions.Load(parse, parse.GetValue(s_seed), toolchain, diagnostics);
        var rewritten = RewrittenPrograms.Of(
            programs, SourceRewriting.All, (ulong)parse.GetValue(s_seed), toolchain, diagnostics,
            done => terminal.Progress(() => $"rewriting {done}/{programs.Length * SourceRewriting.All.Length}"), cancellationToken);
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

    private static void Report(ParseResult parse, Terminal terminal, List<InvarianceRow> rows)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, rows.Select(r => new InvarianceRowJson(
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
