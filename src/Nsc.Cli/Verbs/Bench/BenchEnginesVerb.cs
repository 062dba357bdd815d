// nsc bench engines: how fast our fine-tuning engine trains nets beside TorchSharp, PyTorch, scikit-learn and FANN, on this machine and on one core each.

using System.CommandLine;
using Nsc.Bench;
using Nsc.Bench.Peers;
using Nsc.Bench.Preparation;
using Nsc.Cli.Benching;
using Nsc.Cli.Output;
using Nsc.CommandLine;
using Nsc.Engine;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Bench;

internal static class BenchEnginesVerb
{
    private static readonly Option<string> s_samples = new("--samples") { Description = "Numbers of samples to train on.", HelpName = "N,N,...", DefaultValueFactory = _ => "128,1024" };
    private static readonly Option<int> s_rounds = Options.Count("--rounds", "Rounds of the speed measurement; the best counts.", 3);
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_details = new("--details") { Description = "Also show each program's errors and times." };
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        var command = new Command("engines", "How fast fine-tuning trains nets beside other engines (scripts/bench-peers --engines installs them).")
        {
            s_samples, s_rounds, s_seed, s_details, s_json,
        };
        BenchProgramsOptions.AddTo(command);
        BenchArmsOptions.AddModelTo(command);
        PeerOptions.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        int[] counts = BenchVerb.ParseCounts(parse.GetValue(s_samples)!);
        if (counts.Contains(0))
        {
            throw new CommandException(ExitCode.Usage, "--samples: a peer needs samples to train on");
        }

        BenchSetup setup = PreparedBench.Of(parse, BenchArmsOptions.OfModel(parse), parse.GetValue(s_seed), counts.Max(), 1, terminal, cancellationToken);
        using var scratch = new ScratchFolder();
        PeerTable peers = PeerOptions.Open(parse, PeerMethod.All.Where(m => m.IsNet), scratch, new PeerCache(null), terminal, cancellationToken);
        Report(parse, terminal, Measure(parse, setup, counts, peers, terminal, cancellationToken));
        return ExitCode.Success;
    }

    private static EnginesJson Measure(ParseResult parse, BenchSetup setup, int[] counts, PeerTable peers, Terminal terminal, CancellationToken cancellationToken)
    {
        var shape = setup.Shape with { Inputs = 9 };
        int rounds = parse.GetValue(s_rounds);
        terminal.Progress(() => "steps per second");
        List<EngineSpeed> speeds = EngineSpeeds.Measure(shape, [.. peers.Methods.Where(m => m.HasPlainSteps)], peers.Ask, rounds, cancellationToken);
        terminal.Progress(() => "scaling");
        List<EngineScaling> scaling = EngineSpeeds.MeasureScaling(shape, Environment.ProcessorCount, rounds, cancellationToken);
        var rows = new List<PeerTrainingRow>();
        foreach (int count in counts)
        {
            foreach (BenchProgram program in setup.Programs)
            {
                terminal.Progress(() => $"{program.Name}, {count} samples");
                if (PeerTraining.Objection(program, setup.Shape, count) is { } objection)
                {
                    terminal.Say($"{program.Name} is left out at {count} samples: {objection}");
                    continue;
                }

                rows.AddRange(PeerTraining.Measure(program, setup.Shape, count, peers.Methods, peers.Ask, cancellationToken));
            }
        }

        return new EnginesJson(
            shape.ToString(), EngineSpeeds.Batch, [.. speeds], [.. scaling], [.. PeerTraining.Summarise(rows)], [.. rows]);
    }

    private static void Report(ParseResult parse, Terminal terminal, EnginesJson result)
    {
        if (parse.GetValue(s_json))
        {
            ResearchJson.Write(terminal.Output, result);
            return;
        }

        TextWriter output = terminal.Output;
        double ours = result.Speeds[0].StepsPerSecond;
        output.WriteLine($"{"one core, batch " + result.Batch,-28}{"steps/s",12}{"ours is",10}");
        foreach (EngineSpeed speed in result.Speeds)
        {
            output.WriteLine($"{speed.Engine,-28}{speed.StepsPerSecond,12:F0}{ours / speed.StepsPerSecond,9:F1}x");
        }

        output.WriteLine($"\n{"nets at once",-14}{"cores",7}{"steps/s",12}{"scaling",10}");
        foreach (EngineScaling s in result.Scaling)
        {
            double alone = result.Scaling.First(o => o.Nets == s.Nets).StepsPerSecond;
            output.WriteLine($"{s.Nets,-14}{s.Workers,7}{s.StepsPerSecond,12:F0}{s.StepsPerSecond / alone,9:F2}x");
        }

        output.WriteLine($"\n{"engine",-24}{"samples",8}{"programs",10}{"NMSE",11}{"seconds",11}{"as good as the best peer, sooner by",38}");
        foreach (PeerTrainingSummary s in result.Summary)
        {
            string sooner = s.SpeedUp is { } factor ? $"{factor:F1}x ({s.Reached} of {s.Programs} get there)" : "";
            output.WriteLine($"{s.Engine,-24}{s.Samples,8}{s.Programs,10}{s.Nmse,11:G3}{s.Seconds,11:G3}{sooner,38}");
        }

        foreach (string note in PeerTraining.Notes)
        {
            output.WriteLine(note);
        }

        foreach (var program in parse.GetValue(s_details) ? result.Rows.GroupBy(r => (r.Program, r.Samples)) : [])
        {
            output.WriteLine($"\n{program.Key.Program}, {program.Key.Samples} samples");
            foreach (PeerTrainingRow r in program)
            {
                output.WriteLine($"  {r.Engine,-24}{r.Nmse,11:G3}{r.Seconds,11:G3} s{(r.SpeedUp is { } factor ? $"{factor,10:F1}x" : "")}");
            }
        }
    }
}
