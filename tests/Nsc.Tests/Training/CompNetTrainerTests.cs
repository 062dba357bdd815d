using System.Collections.Immutable;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;
using TorchSharp;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class CompNetTrainerTests : IDisposable
{
    private static readonly CompNetOptions s_shape = new(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8);
    private static readonly ImmutableArray<TrainingProgram> s_corpus = [.. Enumerable.Range(0, 64).Select(i => SmallPrograms.Random(i))];
    private static readonly ImmutableArray<TrainingProgram> s_heldOut = [.. Enumerable.Range(1000, 32).Select(i => SmallPrograms.Random(i))];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Training_lowers_the_error_on_programs_that_it_has_not_seen()
    {
        using var trainer = NewTrainer(steps: 150);
        double before = ZeroShot.Median(ZeroShot.Nmse(trainer.Net, s_heldOut, 128, 1));
        trainer.Run(CheckpointPath("a"), TimeSpan.FromHours(1), null, CancellationToken.None);
        double after = ZeroShot.Median(ZeroShot.Nmse(trainer.Net, s_heldOut, 128, 1));
        Assert.True(after < 0.8 * before, $"median NMSE {before} before, {after} after");
    }

    [Fact]
    public void A_cancelled_and_resumed_training_ends_with_the_same_weights_as_an_uninterrupted_one()
    {
        using var whole = NewTrainer(steps: 24);
        whole.Run(CheckpointPath("whole"), TimeSpan.FromHours(1), null, CancellationToken.None);

        using var cancellation = new CancellationTokenSource();
        using (var first = NewTrainer(steps: 24))
        {
            var stopAtEleven = new CallBack(p => CancelAt(11, p, cancellation));
            Assert.Throws<OperationCanceledException>(() => first.Run(CheckpointPath("part"), TimeSpan.FromHours(1), stopAtEleven, cancellation.Token));
        }

        using var second = NewTrainer(steps: 24);
        second.Resume(CheckpointPath("part"));
        second.Run(CheckpointPath("part"), TimeSpan.FromHours(1), null, CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(CheckpointPath("whole")), File.ReadAllBytes(CheckpointPath("part")));
    }

    [Fact]
    public void A_checkpoint_of_another_run_is_not_resumed()
    {
        using var one = NewTrainer(steps: 2);
        one.Run(CheckpointPath("one"), TimeSpan.FromHours(1), null, CancellationToken.None);
        using var other = NewTrainer(steps: 3);
        Assert.Throws<ContainerException>(() => other.Resume(CheckpointPath("one")));
    }

    [Fact]
    public void No_tensor_outlives_a_training_step_but_the_networks_own()
    {
        using var trainer = NewTrainer(steps: 30);
        long afterFirst = 0, atEnd = 0;
        trainer.Run(
            CheckpointPath("leak"), TimeSpan.FromHours(1),
            new CallBack(p =>
            {
                if (p.Step == 5)
                {
                    afterFirst = LivingTensors();
                }

                if (p.Step == 25)
                {
                    atEnd = LivingTensors();
                }
            }),
            CancellationToken.None);
        Assert.Equal(afterFirst, atEnd);
    }

    [Fact]
    public void A_training_survives_garbage_collections_at_any_moment()
    {
        using var trainer = NewTrainer(steps: 40);
        using var done = new CancellationTokenSource();
        var collecting = new Thread(() =>
        {
            while (!done.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collecting.Start();
        try
        {
            trainer.Run(CheckpointPath("collected"), TimeSpan.FromHours(1), null, CancellationToken.None);
        }
        finally
        {
            done.Cancel();
            collecting.Join();
        }

        Assert.True(File.Exists(CheckpointPath("collected")));
    }

    // Only what something still refers to: what other tests left to the finalisers is no concern of this one.
    private static long LivingTensors()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }

    private static void CancelAt(int step, TrainingProgress progress, CancellationTokenSource cancellation)
    {
        if (progress.Step == step)
        {
            cancellation.Cancel();
        }
    }

    private string CheckpointPath(string name) => Path.Combine(_folder.FullName, name + ".safetensors");

    private static CompNetTrainer NewTrainer(int steps) => new(
        s_shape, new TrainingOptions(Steps: steps, ProgramsPerStep: 16, SamplesPerProgram: 32, WarmUpSteps: 5, LearningRate: 3e-3), [new TrainingSource("small", s_corpus, 1)], "corpus", s_heldOut);

    private sealed class CallBack(Action<TrainingProgress> action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action(value);
    }
}
