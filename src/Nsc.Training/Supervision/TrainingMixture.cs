// What a training run trains on: generated programs, and with a corpus of real functions those, their variants and the
// training half of the idioms, each source with its weight.

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;

namespace Nsc.Training.Supervision;

/// <param name="Hash">Identifies the programs and their weights.</param>
/// <param name="HeldOut">What progress is measured on: generated programs, and real ones of the validation packages.</param>
public sealed record TrainingMixture(ImmutableArray<TrainingSource> Sources, string Hash, ImmutableArray<TrainingProgram> HeldOut)
{
    private const int LargestProgram = 256;
    private const int MostValidation = 200;

    /// <summary>Generated programs that are left out, because they are too like a held-out function.</summary>
    public int Leaking { get; private init; }

    /// <summary>Generated programs alone, as an architecture trains on them.</summary>
    public static TrainingMixture Of(GeneratedPrograms generated, string architecture) => new(
        [new TrainingSource("generated", Convert(generated.Training, architecture), 1)], generated.Hash, Convert(generated.HeldOut, architecture));

    /// <summary>Generated programs, real functions and their variants, with a weight for each of the three.</summary>
    public static TrainingMixture Of(GeneratedPrograms generated, Splits splits, IReadOnlyList<double> weights, string architecture)
    {
        LeakFilter filter = splits.LeakFilter();
        ImmutableArray<CorpusProgram> unleaked = [.. generated.Training.AsParallel().AsOrdered().Where(p => !filter.Leaks(p))];
        return new TrainingMixture(
            [
                new TrainingSource("generated", Convert(unleaked, architecture), weights[0]),
                new TrainingSource("real", Convert(ProgramsOf(splits.Training.Real), architecture), weights[1]),
                new TrainingSource("varied", Convert(ProgramsOf(splits.Training.Variants), architecture), weights[2]),
            ],
            HashOf(generated.Hash, splits, weights),
            [.. Convert(generated.HeldOut, architecture), .. Convert([.. ProgramsOf(splits.Validation).Take(MostValidation)], architecture)])
        {
            Leaking = generated.Training.Length - unleaked.Length,
        };
    }

    private static ImmutableArray<CorpusProgram> ProgramsOf(ImmutableArray<ShardRow> rows) =>
        [.. rows.Where(r => r.Nodes <= LargestProgram).Select(r => r.Program())];

    private static ImmutableArray<TrainingProgram> Convert(ImmutableArray<CorpusProgram> programs, string architecture) =>
        [.. programs.AsParallel().AsOrdered().Select(p => TrainingProgram.From(p.Graph, p.Inputs, p.Tokens, architecture))];

    private static string HashOf(string generated, Splits splits, IReadOnlyList<double> weights)
    {
        var all = new StringBuilder(generated);
        all.AppendJoin(' ', weights.Select(w => w.ToString("R", CultureInfo.InvariantCulture)));
        all.AppendJoin(' ', splits.Training.All.Concat(splits.Validation).Select(r => r.SourceHash));
        return System.Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }
}
