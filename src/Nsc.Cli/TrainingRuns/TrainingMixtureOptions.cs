// What train-compnet trains on: the options, and what is said of it.

using System.CommandLine;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Corpus.Splitting;
using Nsc.Training.Supervision;

namespace Nsc.Cli.TrainingRuns;

internal static class TrainingMixtureOptions
{
    private static readonly SplitVerbOptions s_split = new(isRequired: false);
    private static readonly Option<double[]> s_weights = new("--weights")
    {
        Description = "With --corpus, the shares of generated programs, real functions and variants.", HelpName = "G R V", Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0.5, 0.15, 0.35],
    };

    public static void AddTo(Command command)
    {
        GeneratedProgramsOptions.AddTo(command);
        s_split.AddTo(command);
        command.Add(s_weights);
    }

    /// <summary>Loads everything and converts it to what an architecture trains on.</summary>
    public static TrainingMixture Load(
        ParseResult parse, long seed, int workers, string architecture, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        Splits? splits = parse.GetValue(s_split.Corpus) is null ? null : s_split.Load(parse, terminal, cancellationToken);
        GeneratedPrograms generated = GeneratedProgramsOptions.Load(parse, seed, workers, terminal, ranks, cancellationToken);
        if (splits is null)
        {
            return TrainingMixture.Of(generated, architecture);
        }

        var mixture = TrainingMixture.Of(generated, splits, parse.GetValue(s_weights)!, architecture);
        terminal.Say($"{mixture.Leaking} generated programs are too like a held-out function and are left out");
        return mixture;
    }
}
