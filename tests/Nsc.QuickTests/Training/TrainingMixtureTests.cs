// What a training run trains on, and what it must not see.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Ranks;
using Nsc.Corpus.Building;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.Engine.Emission;
using Nsc.Tests.Corpus;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Training;

public sealed class TrainingMixtureTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-test-").FullName;
    private static readonly ShardRow
        s_wave = CorpusRows.Row("wave", 1, x => (3 * x[0]).Of(Opcode.Sin)), s_growth = CorpusRows.Row("growth", 1, x => (2 * x[0]).Of(Opcode.Exp)),
        s_bump = CorpusRows.Row("bump", 2, x => (x[0] * x[1]).Of(Opcode.Tanh) * x[0]), s_root = CorpusRows.Row("root", 1, x => (x[0] + 2).Of(Opcode.SquareRoot)),
        s_long = CorpusRows.Row("long", 1, x => Enumerable.Range(0, 300).Aggregate(x[0], (sum, i) => (sum + i).Of(Opcode.Sin)));

    private static readonly GeneratedPrograms s_generated = new([s_root.Program()], [s_wave.Program(), s_bump.Program(), s_growth.Program()], "hash");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_a_corpus_it_is_the_generated_programs()
    {
        var mixture = TrainingMixture.Of(s_generated, Architectures.Dataflow);
        TrainingSource only = Assert.Single(mixture.Sources);
        Assert.Equal(("generated", 3, 1.0, "hash", 0), (only.Name, only.Programs.Count, only.Weight, mixture.Hash, mixture.Leaking));
        Assert.Single(mixture.HeldOut);
    }

    [Fact]
    public void Generated_programs_that_are_like_a_held_out_or_a_validating_function_are_left_out()
    {
        var mixture = TrainingMixture.Of(s_generated, SplitsOf([s_bump], [s_growth], [s_wave]), [0.5, 0.2, 0.3], Architectures.Dataflow);
        Assert.Equal(
            [("generated", 1, 0.5), ("real", 1, 0.2), ("varied", 0, 0.3)], mixture.Sources.Select(s => (s.Name, s.Programs.Count, s.Weight)));
        Assert.Equal((2, 2), (mixture.Leaking, mixture.HeldOut.Length)); // Progress is measured on the generated one and on the one that validates.
    }

    [Fact]
    public void Programs_that_are_too_long_are_left_out() =>
        Assert.Equal([3, 0], TrainingMixture.Of(s_generated, SplitsOf([s_long], [], []), [1, 1, 0], Architectures.Dataflow).Sources.Select(s => s.Programs.Count).Take(2));

    [Fact]
    public void The_hash_tells_weights_and_functions_apart()
    {
        string Hash(double weight, ShardRow row) => TrainingMixture.Of(s_generated, SplitsOf([row], [], []), [0.5, weight, 0], Architectures.Dataflow).Hash;
        Assert.Equal(Hash(0.25, s_bump), Hash(0.25, s_bump));
        Assert.Equal(3, new[] { Hash(0.25, s_bump), Hash(0.5, s_bump), Hash(0.25, s_root) }.Distinct().Count());
    }

    [Fact]
    public void Generated_programs_in_the_cache_are_read_and_the_first_two_hundred_are_held_out()
    {
        string file = GeneratedPrograms.CacheFile(_folder, 7, 203);
        string hash = CorpusFile.Save(file, [.. Enumerable.Repeat(s_wave.Program(), 200), s_bump.Program(), s_root.Program(), s_growth.Program()]);
        GeneratedPrograms read = GeneratedPrograms.Load(file, 203, 7, 1, () => throw new InvalidOperationException(), new SingleRank(), null, TestContext.Current.CancellationToken)!;
        Assert.Equal((200, 3, hash), (read.HeldOut.Length, read.Training.Length, read.Hash));
        Assert.Equal(2, read.Training[0].Inputs.Length);
    }

    private static Splits SplitsOf(ImmutableArray<ShardRow> real, ImmutableArray<ShardRow> validation, ImmutableArray<ShardRow> heldOut) => new(
        new TrainingSplit(real, [], [], []), validation, ImmutableSortedDictionary<string, ImmutableArray<ShardRow>>.Empty.Add("secret", heldOut));
}
