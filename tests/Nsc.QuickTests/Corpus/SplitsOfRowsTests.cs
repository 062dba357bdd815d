// Splits of a corpus whose functions are formulas: which package a function is in, and what it repeats, decides who sees it.

using System.Security.Cryptography;
using System.Text.Json;
using Nsc.Core.Dataflow;
using Nsc.Corpus.Building;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;

namespace Nsc.Tests.Corpus;

public sealed class SplitsOfRowsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;
    private readonly List<PackageEntry> _packages = [];

    // Functions of which no two are alike.
    private static readonly Func<Term[], Term>[] s_formulas =
    [
        x => (3 * x[0] * x[1]).Of(Opcode.Sin),
        x => (2 * x[0]).Of(Opcode.Exp) + (x[1] * x[1]),
        x => x[0] * x[0] * x[0] / (x[1] + 2),
        x => (x[0] + (x[1] * x[1])).Of(Opcode.Tanh) * x[0],
        x => (4 * x[0]).Of(Opcode.Cos) - (2 * x[1]).Of(Opcode.Exp),
        x => x[0].Below(0, x[1], x[1] * x[0]),
        x => ((5 * x[0]) - x[1]).Of(Opcode.Sin) * x[1],
        x => 1 / ((x[0] * x[0]) + (3 * x[1] * x[1]) + 0.2),
    ];

    [Fact]
    public void The_smallest_packages_that_are_not_too_small_validate_and_those_held_out_do_neither()
    {
        Package("a", 0, 1);
        Package("b", 2);
        Package("c", 3, 4, 5);
        Package("d", 6, 7);
        Splits splits = Load(new SplitOptions(["d"], [], null, ValidationPackages: 1, SmallestValidation: 2));
        Assert.Equal(["a0", "a1"], Names(splits.Validation));
        Assert.Equal(["b2", "c3", "c4", "c5"], Names(splits.Training.Real));
        Assert.Equal(["d"], splits.HeldOut.Keys);
        Assert.Equal(["d6", "d7"], Names(splits.HeldOut["d"]));
        Assert.Equal(["d6", "d7"], Names(splits.AllHeldOut));
        Assert.Empty(splits.Training.Leaking);

        // Two of them, in the order of their sizes and then of their names.
        Assert.Equal(["a0", "a1", "b2"], Names(Load(new SplitOptions(["d"], [], null, 2, 1)).Validation));
        Assert.Equal(["a0", "a1", "d6", "d7"], Names(Load(new SplitOptions([], [], null, 2, 2)).Validation));
        Assert.Empty(Load(new SplitOptions(["d"], [], null, 2, 4)).Validation);

        // Of two packages of one size the first by its name.
        Assert.Equal(["a0", "a1"], Names(Load(new SplitOptions([], [], null, 1, 2)).Validation));
    }

    [Fact]
    public void What_repeats_a_held_out_or_validating_function_leaves_training_and_what_repeats_training_is_there_once()
    {
        Package("secret", 0);
        Package("judge", 1, 2);
        Package("kept", [CorpusRows.Row("leak", 2, x => 2 * s_formulas[0](x)), CorpusRows.Row("peek", 2, x => s_formulas[1]([x[1], x[0]])), Plain("own", 3), Plain("again", 3), Plain("other", 4)]);
        Splits splits = Load(new SplitOptions(["secret"], [], null, ValidationPackages: 1, SmallestValidation: 2));
        Assert.Equal(["other", "own"], Names(splits.Training.Real));
        Assert.Equal(["leak", "peek"], Names(splits.Training.Leaking.Select(d => d.Row)));
        Assert.Equal(["judge1", "secret0"], Names(splits.Training.Leaking.Select(d => d.Original)));
        Assert.Equal(("again", "own"), (Assert.Single(splits.Training.Repeated).Row.Function, splits.Training.Repeated[0].Original.Function));
    }

    [Fact]
    public void A_held_out_function_that_is_there_twice_is_measured_once_and_one_that_validation_has_too_is_held_out()
    {
        Package("judge", 0, 1);
        Package("secret", [Plain("one", 0), Plain("two", 2), Plain("three", 2)]);
        Splits splits = Load(new SplitOptions(["secret"], [], null, ValidationPackages: 1, SmallestValidation: 1));
        Assert.Equal(["one", "two"], Names(splits.HeldOut["secret"]));
        Assert.Equal(["judge1"], Names(splits.Validation));
    }

    [Fact]
    public void Variants_of_training_packages_are_trained_on_unless_they_repeat_something()
    {
        Package("secret", 0);
        Package("kept", 3, 4);
        Variants("secret", Plain("of the secret one", 5));
        Variants("kept", Plain("near the secret one", 0), Plain("new", 6), Plain("taken", 7) with { Fingerprint = "kept3" }, Plain("new again", 6) with { Fingerprint = "new" });
        Splits splits = Load(new SplitOptions(["secret"], [], null, ValidationPackages: 0));
        Assert.Equal(["new"], Names(splits.Training.Variants));
        Assert.Equal(["near the secret one"], Names(splits.Training.Leaking.Select(d => d.Row)));
        Assert.Equal(["kept3", "kept4", "new"], Names(splits.Training.All));
    }

    [Fact]
    public void Generated_programs_are_held_against_what_is_held_out_and_what_validates()
    {
        Package("secret", 0);
        Package("judge", 1);
        Package("kept", 3, 4);
        LeakFilter filter = Load(new SplitOptions(["secret"], [], null, ValidationPackages: 1, SmallestValidation: 1)).LeakFilter();
        Assert.True(filter.Leaks(Plain("f", 0).Program()));
        Assert.True(filter.Leaks(Plain("f", 1).Program()));
        Assert.False(filter.Leaks(Plain("f", 3).Program()));
    }

    // The rule is told to others, who can check it: the first byte of a name's SHA-256.
    [Theory]
    [InlineData("haversine")]
    [InlineData("fahrenheit")]
    [InlineData("lerp")]
    [InlineData("smoothstep")]
    public void An_idiom_is_held_out_by_the_hash_of_its_name(string function) => Assert.Equal(
        Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(function)))[1] is '1' or '3' or '5' or '7' or '9' or 'B' or 'D' or 'F', DefaultHeldOut.IsIdiom(function));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ShardRow Plain(string name, int formula) => CorpusRows.Row(name, 2, s_formulas[formula]);

    private static IEnumerable<string> Names(IEnumerable<ShardRow> rows) => rows.Select(r => r.Function).Order();

    // toolchain: only C files need one.
    private Splits Load(SplitOptions options) => Splits.Load(_folder, options, toolchain: null!, TestContext.Current.CancellationToken);

    private void Package(string name, params int[] formulas) => Package(name, [.. formulas.Select(f => Plain($"{name}{f}", f))]);

    private void Package(string name, ShardRow[] rows)
    {
        string hash = Save($"{name}.parquet", name, rows);
        _packages.Add(new PackageEntry(name, "1", 512, hash, MiningFunnel.Empty with { Kept = rows.Length }, MiningEffort.None));
        File.WriteAllText(Path.Combine(_folder, "manifest.json"), JsonSerializer.Serialize(_packages));
    }

    private readonly List<VariantEntry> _variants = [];

    private void Variants(string package, params ShardRow[] rows)
    {
        string hash = Save($"{package}.variants.parquet", package, rows);
        _variants.Add(new VariantEntry(package, "made", hash, VariantFunnel.Empty));
        File.WriteAllText(Path.Combine(_folder, "variants.json"), JsonSerializer.Serialize(_variants));
    }

    private string Save(string file, string package, ShardRow[] rows)
    {
        string path = Path.Combine(_folder, file);
        Shard.Save(path, [.. rows.Select(r => r with { Package = package })]);
        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
    }
}
