using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Mining.Variants;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.Tests.Cli;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

/// <summary>Two packages that share a function under different names, one of them held out.</summary>
[Trait("speed", "slow")]
public sealed class SplitsTests : IClassFixture<Sandbox>, IDisposable
{
    private readonly MiningFolder _folder = new();
    private readonly Sandbox _sandbox;

    public SplitsTests(Sandbox sandbox)
    {
        _sandbox = sandbox;
        _folder.Mine("kept", """
            #include <math.h>
            double pythagoras(double u, double v) { return sqrt(v * v + u * u); }
            double damped(double t, double rate) { return sin(3.0 * t) / (1.0 + rate * rate); }
            """, sandbox.Toolchain);
        _folder.Mine("secret", """
            #include <math.h>
            double length(double x, double y) { double s = x * x; s += y * y; return sqrt(s); }
            double decay(double t) { return t / (1.0 + t * t); }
            """, sandbox.Toolchain);
    }

    [Fact]
    public void What_repeats_a_held_out_function_is_dropped_from_training()
    {
        Splits splits = Load();
        Assert.Equal(["damped"], splits.Training.Real.Select(r => r.Function));
        Assert.Equal(["decay", "length"], splits.HeldOut["secret"].Select(r => r.Function).Order());
        Duplicate leak = Assert.Single(splits.Training.Leaking);
        Assert.Equal(("pythagoras", "length"), (leak.Row.Function, leak.Original.Function));
    }

    [Fact]
    public void Variants_of_held_out_functions_and_variants_that_became_one_are_not_in_training()
    {
        ShardRow length = ExeStack.Open(_folder.Corpus).Load("secret").Single(r => r.Function == "length");
        ShardRow damped = ExeStack.Open(_folder.Corpus).Load("kept").Single(r => r.Function == "damped");
        AddVariants("kept", [damped]);
        AddVariants("secret", [length]);
        Splits splits = Load();
        Assert.NotEmpty(splits.Training.Variants);
        Assert.All(splits.Training.Variants, v => Assert.Equal("kept", v.Package));
        Assert.True(splits.LeakFilter().Leaks(length.Program()));
        Assert.False(splits.LeakFilter().Leaks(damped.Program()));
    }

    [Fact]
    public void The_idioms_are_halved_by_their_names_and_a_folder_is_held_out_as_a_whole()
    {
        string names = string.Concat(Enumerable.Range(0, 12).Select(i => $"double idiom{i}(double x, double y) {{ return x * {i + 2}.0 + y * y * y; }}\n"));
        _folder.Write("idioms/lines.c", names);
        _folder.Write("parrot/kernel.c", "double kernel(double x) { return x * x * x - 0.5 * x; }\n");
        Splits splits = Load(_folder["idioms"], _folder["parrot"]);
        string[] training = [.. splits.Training.Real.Where(r => r.Package == DefaultHeldOut.Idioms).Select(r => r.Function)];
        string[] heldOut = [.. splits.HeldOut[DefaultHeldOut.Idioms].Select(r => r.Function)];
        Assert.NotEmpty(training);
        Assert.NotEmpty(heldOut);
        Assert.All(training, f => Assert.False(DefaultHeldOut.IsIdiom(f)));
        Assert.All(heldOut, f => Assert.True(DefaultHeldOut.IsIdiom(f)));
        Assert.Equal("kernel", Assert.Single(splits.HeldOut["parrot"]).Function);
    }

    [Fact]
    public void The_smallest_package_that_is_not_too_small_validates()
    {
        var options = new SplitOptions(["secret"], [], null, ValidationPackages: 1, SmallestValidation: 1);
        Splits splits = Splits.Load(_folder.Corpus, options, _sandbox.Toolchain);
        Assert.Equal(["kept"], splits.Validation.Select(r => r.Package).Distinct());
        Assert.Empty(splits.Training.Real);
    }

    [Fact]
    public void Check_finds_the_leak_in_what_is_stored_and_none_in_what_training_gets()
    {
        Outcome stored = Workplace.Run("exestack", "check", "--corpus", _folder.Corpus, "--hold-out", "secret", "--as-stored");
        Assert.Equal(5, stored.ExitCode);
        Assert.Contains("kept/kept.c:pythagoras repeats secret/secret.c:length", stored.Output, StringComparison.Ordinal);
        Outcome used = Workplace.Run("exestack", "check", "--corpus", _folder.Corpus, "--hold-out", "secret");
        Assert.Equal(0, used.ExitCode);
        Assert.Contains("no leak found: 1 training functions against 2 held-out ones by tokens; the graph", used.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exestack check --corpus")]
    [InlineData("exestack audit --corpus")]
    [InlineData("exestack stats --corpus")]
    [InlineData("exestack coverage --corpus")]
    [InlineData("exestack variants --corpus")]
    [InlineData("train-compnet -o never.safetensors --programs 100 --corpus")]
    [InlineData("bench data --corpus")]
    public void A_folder_that_is_no_whole_corpus_is_refused(string command)
    {
        string empty = Directory.CreateDirectory(_folder["empty"]).FullName;
        Refused(empty, "it has no manifest.json");
        Assert.Empty(Directory.GetFileSystemEntries(empty));
        File.WriteAllText(Path.Combine(empty, "manifest.json"), "{");
        Refused(empty, "its manifest.json names no packages");
        File.WriteAllBytes(Path.Combine(_folder.Corpus, "secret.parquet"), [1, 2, 3]);
        Refused(_folder.Corpus, "the functions of secret are missing or damaged");

        void Refused(string folder, string reason)
        {
            Outcome outcome = Workplace.Run([.. command.Split(' '), folder]);
            Assert.Equal(3, outcome.ExitCode);
            Assert.Contains($"'{folder}' is no whole corpus: {reason}", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_variants_are_not_passed_over()
    {
        AddVariants("kept", [ExeStack.Open(_folder.Corpus).Load("kept").Single(r => r.Function == "damped")]);
        File.WriteAllBytes(Path.Combine(_folder.Corpus, "kept.variants.parquet"), [1, 2, 3]);
        Outcome outcome = Workplace.Run("exestack", "check", "--corpus", _folder.Corpus, "--hold-out", "secret");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("the variants of kept are missing or damaged", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_held_out_is_refused()
    {
        Directory.CreateDirectory(_folder["nothing"]);
        Refused("the corpus has no package secert", "--hold-out", "secert");
        Refused("nothing is left to train on", "--hold-out", "kept,secret");
        Refused("can be held out", "--hold-out", "secret", "--also", _folder["nothing"]);
        Refused("can be held out", "--hold-out", "secret", "--idioms", _folder["nothing"]);

        void Refused(string reason, params string[] options)
        {
            Outcome outcome = Workplace.Run(["exestack", "check", "--corpus", _folder.Corpus, .. options]);
            Assert.Equal(3, outcome.ExitCode);
            Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_bench_on_a_corpus_without_held_out_packages_is_refused()
    {
        Outcome outcome = Workplace.Run("bench", "data", "--corpus", _folder.Corpus);
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("has none of the held-out packages: erfa, r-base, sox", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Variants_that_come_near_a_held_out_function_are_not_in_training()
    {
        ShardRow damped = ExeStack.Open(_folder.Corpus).Load("kept").Single(r => r.Function == "damped");
        AddVariants("kept", [damped]);
        ShardRow variant = VariantCorpus.Open(_folder.Corpus).Load("kept")[0];
        _folder.Write("near/near.c", variant.Source);
        Splits splits = Load(null, _folder["near"]);
        Assert.DoesNotContain(splits.Training.Variants, v => v.SourceHash == variant.SourceHash);
        Assert.Contains(splits.Training.Leaking, l => l.Row.SourceHash == variant.SourceHash);
    }

    [Fact]
    public void Stats_count_a_shared_function_once_and_for_the_held_out_package()
    {
        Outcome stats = Workplace.Run("exestack", "stats", "--corpus", _folder.Corpus, "--hold-out", "secret", "--json");
        Assert.Equal(4, stats.Json.GetProperty("functions").GetInt32());
        Assert.Equal(2, stats.Json.GetProperty("heldOut").GetInt32());
        Assert.Equal(1, stats.Json.GetProperty("training").GetInt32());
    }

    [Fact]
    public void Coverage_shows_what_real_functions_have_and_training_has_not()
    {
        Outcome coverage = Workplace.Run("exestack", "coverage", "--corpus", _folder.Corpus, "--hold-out", "secret", "--generated", "0", "--json");
        Assert.Contains("Sin", coverage.Json.GetProperty("holes").EnumerateArray().Select(h => h.GetProperty("bucket").GetString()));
    }

    public void Dispose() => _folder.Dispose();

    private Splits Load(string? idioms = null, params string[] folders) =>
        Splits.Load(_folder.Corpus, new SplitOptions(["secret"], [.. folders], idioms), _sandbox.Toolchain);

    private void AddVariants(string package, IReadOnlyList<ShardRow> rows) => VariantCorpus.Open(_folder.Corpus).Add(
        package, rows, new VariantOptions(16), 2, _sandbox.Toolchain, null, TestContext.Current.CancellationToken);
}
