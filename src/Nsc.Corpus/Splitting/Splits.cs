// Training, validation and held-out functions. Packages are split, never functions of one package, and what repeats a
// held-out function is dropped before training starts.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Shards;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Splitting;

/// <summary>What is held out.</summary>
/// <param name="Packages">Whole packages.</param>
/// <param name="Folders">Folders of C files, such as <c>data/parrot</c>.</param>
/// <param name="Idioms">The idiom library, of which a half is held out, or null to leave it out altogether.</param>
/// <param name="ValidationPackages">How many packages are for validation: the smallest ones that are not too small.</param>
public sealed record SplitOptions(
    ImmutableArray<string> Packages, ImmutableArray<string> Folders, string? Idioms, int ValidationPackages = 2, int SmallestValidation = 20);

/// <summary>Functions that training sees, and what was dropped from them.</summary>
/// <param name="Variants">Variants of training functions, none of which repeats a held-out or validation function.</param>
/// <param name="Repeated">Real functions that repeat others of training.</param>
/// <param name="Leaking">Real functions and variants that repeat a held-out or validation function.</param>
public sealed record TrainingSplit(
    ImmutableArray<ShardRow> Real, ImmutableArray<ShardRow> Variants, ImmutableArray<Duplicate> Repeated, ImmutableArray<Duplicate> Leaking)
{
    public IEnumerable<ShardRow> All => Real.Concat(Variants);
}

/// <summary>A corpus, split.</summary>
/// <param name="HeldOut">Held-out sets by name: each package, each folder's name, <c>idioms</c>; without repetitions in all of them.</param>
public sealed record Splits(TrainingSplit Training, ImmutableArray<ShardRow> Validation, ImmutableSortedDictionary<string, ImmutableArray<ShardRow>> HeldOut)
{
    public IEnumerable<ShardRow> AllHeldOut => HeldOut.Values.SelectMany(rows => rows);

    /// <summary>What generated programs are held against before training takes them.</summary>
    public LeakFilter LeakFilter() => new(AllHeldOut.Concat(Validation));

    /// <summary>Reads a corpus and splits it. Near-duplicates of what is held out or validates are not in training.</summary>
    public static Splits Load(string corpusFolder, SplitOptions options, Toolchain toolchain, CancellationToken cancellationToken = default)
    {
        Origins origins = Origins.Load(corpusFolder, options, toolchain);
        Deduplication heldOut = Deduplication.Within(origins.HeldOut, [], cancellationToken);
        Deduplication validation = Deduplication.Within(origins.Validation, heldOut.Kept, cancellationToken);
        ImmutableArray<ShardRow> unseen = [.. heldOut.Kept, .. validation.Kept];

        Deduplication real = Deduplication.Against(origins.Real, unseen, cancellationToken);
        Deduplication distinct = Deduplication.Within(real.Kept, [], cancellationToken);
        Deduplication variants = Deduplication.Against(origins.Variants, unseen, cancellationToken);
        var taken = distinct.Kept.Select(r => r.Fingerprint).ToHashSet();
        ImmutableArray<ShardRow> distinctVariants = [.. variants.Kept.Where(v => taken.Add(v.Fingerprint))];
        return new Splits(
            new TrainingSplit(distinct.Kept, distinctVariants, distinct.Dropped, [.. real.Dropped, .. variants.Dropped]),
            validation.Kept,
            heldOut.Kept.GroupBy(r => r.Package).ToImmutableSortedDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal));
    }

    /// <summary>The functions by what they are for, before anything is compared.</summary>
    internal sealed record Origins(List<ShardRow> HeldOut, List<ShardRow> Validation, List<ShardRow> Real, List<ShardRow> Variants)
    {
        public static Origins Load(string corpusFolder, SplitOptions options, Toolchain toolchain)
        {
            ExeStack corpus = ExeStack.Open(corpusFolder);
            VariantCorpus variants = VariantCorpus.Open(corpusFolder);
            string[] training = [.. corpus.Packages.Select(p => p.Package).Except(options.Packages)];
            string[] validation = ValidationPackages(corpus, training, options);
            training = [.. training.Except(validation)];

            IReadOnlyList<ShardRow> idioms = options.Idioms is null
                ? [] : PlainFunctions.Load(options.Idioms, DefaultHeldOut.Idioms, toolchain, new DiagnosticBag());
            var folders = options.Folders.SelectMany(f => PlainFunctions.Load(f, Path.GetFileName(f.TrimEnd('/')), toolchain, new DiagnosticBag()));
            IEnumerable<ShardRow> heldOut = corpus.Packages.Where(p => options.Packages.Contains(p.Package)).SelectMany(p => corpus.Load(p.Package));
            return new Origins(
                [.. heldOut, .. folders, .. idioms.Where(i => DefaultHeldOut.IsIdiom(i.Function))],
                [.. validation.SelectMany(corpus.Load)],
                [.. training.SelectMany(corpus.Load), .. idioms.Where(i => !DefaultHeldOut.IsIdiom(i.Function))],
                [.. training.Append(DefaultHeldOut.Idioms).SelectMany(variants.Load).Where(v => v.Package != DefaultHeldOut.Idioms || !DefaultHeldOut.IsIdiom(v.MadeFrom))]);
        }

        private static string[] ValidationPackages(ExeStack corpus, string[] candidates, SplitOptions options) =>
            [.. corpus.Packages.Where(p => candidates.Contains(p.Package) && p.Funnel.Kept >= options.SmallestValidation)
                .OrderBy(p => p.Funnel.Kept).ThenBy(p => p.Package, StringComparer.Ordinal).Take(options.ValidationPackages).Select(p => p.Package)];
    }
}
