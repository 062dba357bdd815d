// How the benches train: by Adam, as the evaluation protocol has it, unless told otherwise.

using System.CommandLine;
using Nsc.CommandLine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Cli.Benching;

internal static class BenchOptimizer
{
    private static readonly Option<int?> s_steps = Options.Steps();
    private static readonly Option<Optimizer?> s_optimizer = Options.OptimizerOr("adam");

    public static void AddTo(Command command)
    {
        command.Add(s_steps);
        command.Add(s_optimizer);
    }

    public static FineTuneOptions Of(ParseResult parse)
    {
        Optimizer optimizer = parse.GetValue(s_optimizer) ?? Optimizer.Adam;
        return new FineTuneOptions(Steps: parse.GetValue(s_steps) ?? FineTuneOptions.DefaultSteps(optimizer), Optimizer: optimizer);
    }
}
