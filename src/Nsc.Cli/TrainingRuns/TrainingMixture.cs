// What a training run trains on: generated programs, and with a corpus of real functions those, their variants and the
// training half of the idioms, each source with its weight.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Core.Programs;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.Training.Supervision;

namespace Nsc.Cli.TrainingRuns;

/// <param name="Hash">Identifies the programs and their weights.</param>
/// <param name="HeldOut">What progress is measured on: generated programs, and real ones of the validation packages.</param>
internal sealed record TrainingMixture(ImmutableArray<TrainingSource> Sources, string Hash, ImmutableArray<TrainingProgram> HeldOut)
{
    private const int LargestProgram = 256;
    private const int MostValidation = 200;
    private static readonly SplitVerbOptions s_split = new(isRequired: false);
    private static readonly Option<double[]> s_weights = new("--weights")
    {
        Description = "With --corpus, the shares of generated programs, real functions and variants.", HelpName = "G R V", Arity = new ArgumentArity(3, 3),
        AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [0.5, 0.15, 0.35],
    };

    public static void AddTo(Command command)
    {
        GeneratedPrograms.AddTo(command);
        s_split.AddTo(command);
        command.Add(s_weights);
    }

    /// <summary>Loads everything and converts it to what an architecture trains on.</summary>
    public static TrainingMixture Load(
        ParseResult parse, long seed, int workers, string architecture, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        Splits? splits = parse.GetValue(s_split.Corpus) is null ? null : s_split.Load(parse, terminal, cancellationToken);
        GeneratedPrograms generated = GeneratedPrograms.Load(parse, seed, workers, terminal, ranks, cancellationToken);
        if (splits is null)
        {
            return new TrainingMixture(
                [new TrainingSource("generated", Convert(generated.Training, architecture), 1)], generated.Hash, Convert(generated.HeldOut, architecture));
        }

        double[] weights = parse.GetValue(s_weights)!;
        LeakFilter filter = splits.LeakFilter();
        ImmutableArray<CorpusProgram> unleaked = [.. generated.Training.AsParallel().AsOrdered().Where(p => !filter.Leaks(p))];
        terminal.Say($"{generated.Training.Length - unleaked.Length} generated programs are too like a held-out function and are left out");
        return new TrainingMixture(
            [
                new TrainingSource("generated", Convert(unleaked, architecture), weights[0]),
                new TrainingSource("real", Convert(ProgramsOf(splits.Training.Real), architecture), weights[1]),
                new TrainingSource("varied", Convert(ProgramsOf(splits.Training.Variants), architecture), weights[2]),
            ],
            HashOf(generated.Hash, splits, weights),
            [.. Convert(generated.HeldOut, architecture), .. Convert([.. ProgramsOf(splits.Validation).Take(MostValidation)], architecture)]);
    }

    private static ImmutableArray<CorpusProgram> ProgramsOf(ImmutableArray<ShardRow> rows) =>
        [.. rows.Where(r => r.Nodes <= LargestProgram).Select(r => r.Program())];

    private static ImmutableArray<TrainingProgram> Convert(ImmutableArray<CorpusProgram> programs, string architecture) =>
        [.. programs.AsParallel().AsOrdered().Select(p => TrainingProgram.From(p.Graph, p.Inputs, p.Tokens, architecture))];

    private static string HashOf(string generated, Splits splits, double[] weights)
    {
        var all = new StringBuilder(generated);
        all.AppendJoin(' ', weights.Select(w => w.ToString("R", CultureInfo.InvariantCulture)));
        all.AppendJoin(' ', splits.Training.All.Concat(splits.Validation).Select(r => r.SourceHash));
        return System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }
}
