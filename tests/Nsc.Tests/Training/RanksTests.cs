using System.Collections.Immutable;
using Nsc.Core.Ranks;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class RanksTests : IDisposable
{
    private static readonly CompNetOptions s_shape = new(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8);
    private static readonly TrainingOptions s_options = new(
        Steps: 12, ProgramsPerStep: 16, SamplesPerProgram: 32, WarmUpSteps: 5, LearningRate: 3e-3, LookEverySteps: 5);

    private static readonly ImmutableArray<TrainingProgram> s_corpus = [.. Enumerable.Range(0, 64).Select(i => SmallPrograms.Random(i))];
    private static readonly ImmutableArray<TrainingProgram> s_heldOut = [.. Enumerable.Range(1000, 16).Select(i => SmallPrograms.Random(i))];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Two_ranks_with_a_worker_each_train_the_weights_of_one_process_with_two_workers()
    {
        using (CompNetTrainer alone = NewTrainer(s_options, s_corpus, new SingleRank()))
        {
            alone.Run(PathOf("alone"), TimeSpan.FromHours(1), null, CancellationToken.None);
        }

        RunOnRanks(2, s_options, _ => s_corpus, "ranks", _ => CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(PathOf("alone")), File.ReadAllBytes(PathOf("ranks")));
    }

    [Fact]
    public void When_one_rank_is_cancelled_all_stop_after_the_same_step_and_it_is_saved()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            RunOnRanks(2, s_options, _ => s_corpus, "stopped", rank => rank == 1 ? cancelled.Token : CancellationToken.None));
        Assert.Equal("1", CompNetCheckpoint.Load(PathOf("stopped")).Notes["step"]);
    }

    [Fact]
    public void Ranks_that_do_not_agree_on_what_they_train_do_not_start()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => RunOnRanks(
            2, s_options, rank => s_corpus, "odd", _ => CancellationToken.None, rank => rank == 1 ? "another corpus" : "corpus"));
        Assert.Contains("rank 1", failure.Message);
    }

    [Fact]
    public void Workers_that_cannot_be_spread_evenly_over_the_ranks_are_refused() => Assert.Throws<ArgumentException>(() =>
        RunOnRanks(2, s_options with { Workers = 3 }, _ => s_corpus, "uneven", _ => CancellationToken.None));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", 4)]
    [InlineData("PMI_SIZE=2", 2)]
    [InlineData("PMIX_RANK=0 SLURM_STEP_NUM_TASKS=8", 8)]
    [InlineData("PMIX_RANK=0 SLURM_NTASKS=3", 3)]
    [InlineData("SLURM_NTASKS=3", 1)]
    [InlineData("OMPI_COMM_WORLD_SIZE=many", 1)]
    [InlineData("OMPI_COMM_WORLD_SIZE=1", 1)]
    [InlineData("", 1)]
    public void A_launcher_is_known_by_its_variables(string environment, int ranks)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.Equal(ranks, MpiLaunch.CountIn(name => variables.GetValueOrDefault(name)));
    }

    private void RunOnRanks(
        int count, TrainingOptions options, Func<int, ImmutableArray<TrainingProgram>> corpus, string name,
        Func<int, CancellationToken> cancellation, Func<int, string>? hash = null)
    {
        // Weights are drawn from one generator per process, so threads take turns to draw them.
        var gate = new Lock();
        ThreadRanks.Run(count, ranks =>
        {
            CompNetTrainer trainer;
            lock (gate)
            {
                trainer = NewTrainer(options, corpus(ranks.Rank), ranks, hash?.Invoke(ranks.Rank) ?? "corpus");
            }

            using (trainer)
            {
                trainer.Run(PathOf(name), TimeSpan.FromHours(1), null, cancellation(ranks.Rank));
            }
        });
    }

    private static CompNetTrainer NewTrainer(
        TrainingOptions options, ImmutableArray<TrainingProgram> corpus, IRanks ranks, string hash = "corpus") =>
        new(s_shape, options, [new TrainingSource("small", corpus, 1)], hash, s_heldOut, ranks);

    private string PathOf(string name) => Path.Combine(_folder.FullName, name + ".safetensors");
}
