// nsc bench epochs: how much sooner a compiled surrogate is as good as training from scratch ever gets.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Cli.Output;
using Nsc.Nets.FineTuning;

namespace Nsc.Cli.Verbs;

internal static class BenchEpochsVerb
{
    private static readonly Option<int> s_samples = Options.Count("--samples", "Training samples.", 1024, least: FineTuneOptions.FewestSamples);
    private static readonly Option<int> s_seeds = Options.Count("--seeds", "Sample sets and random inits for each program.", 3);
    private static readonly Option<int> s_steps = Options.Count("--steps", "Epochs that every arm has.", new FineTuneOptions().Steps);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's epochs." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("epochs", "Epochs until an arm is as good as training from scratch ever gets.") { s_samples, s_seeds, s_steps, s_seed, s_details, s_json };
        BenchPrograms.AddTo(command);
        BenchArms.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        (int samples, int seeds) = (parse.GetValue(s_samples), parse.GetValue(s_seeds));
        BenchSetup setup = BenchSetup.Prepare(parse, parse.GetValue(s_seed), samples, seeds, terminal, cancellationToken);
        var options = new FineTuneOptions(Steps: parse.GetValue(s_steps), CheckEvery: 1);
        List<ProgramEpochs> measured = TrainingSpeedUp.Measure(setup.Programs, setup.Shape, samples, options, line => terminal.Progress(() => line), cancellationToken);
        List<EpochsRow> rows = TrainingSpeedUp.Summarise(measured, samples, seeds);
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, rows.Select(r => new EpochsRowJson(
                r.Arm, r.Samples, r.Programs, r.Seeds, r.EpochsGeomean, r.RatioToRandom, [r.Low, r.High], r.Wins)).ToArray());
            return ExitCode.Success;
        }

        terminal.Output.WriteLine($"{"arm",-12}{"samples",8}{"programs",10}{"epochs",9}{"ratio",9}  {"95% interval",-18}{"wins",6}");
        foreach (EpochsRow r in rows)
        {
            terminal.Output.WriteLine($"{r.Arm,-12}{r.Samples,8}{r.Programs,10}{r.EpochsGeomean,9:F1}{r.RatioToRandom,9:F2}  {$"[{r.Low:F2}, {r.High:F2}]",-18}{r.Wins,6}");
        }

        foreach (var program in parse.GetValue(s_details) ? measured.GroupBy(m => m.Program) : [])
        {
            terminal.Output.WriteLine($"{program.Key}  {string.Join("  ", program.Select(m => $"{m.Arm} {m.Epochs:F1}"))}");
        }

        return ExitCode.Success;
    }
}
