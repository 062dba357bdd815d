// What is held out decides when to stop and nothing else: no standardisation, no calibration, no step sees it.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.FineTuning;

public class HeldOutRowsTests
{
    private static readonly NetShape s_shape = new(3, [4, 4]);
    private static readonly FineTuneOptions s_inOrder = new(Steps: 12, InOrder: true);

    // Ten samples of two outputs, of which the last two are held out. The first eight have the means 2 and 300 and the deviations 1 and 100.
    private static readonly double[] s_outputs = [1, 200, 3, 200, 1, 400, 3, 400, 1, 200, 3, 200, 1, 400, 3, 400, 100, -5000, -50, 12345];
    private static readonly double[] s_inputs = [-1, 0, 1, 3, 0, 1.5, 0.5, 0.75, -0.5, 2.25, 0.25, 1, -0.25, 2, 0.75, 0.5, 100, -100, -77, 55];

    [Fact]
    public void Outputs_are_standardised_by_the_training_rows_and_inputs_by_their_ranges()
    {
        var recorder = new Recorder();
        FineTuned tuned = Run(Start(Provenance.RandomInit), Samples(), s_inOrder, recorder);
        Assert.Equal(2, recorder.Seen.Count);
        Assert.Equal([-1, 1, -1, 1, -1, 1, -1, 1, 98, -52], recorder.Seen[0].Targets);
        Assert.Equal([-1, -1, 1, 1, -1, -1, 1, 1, -53, 120.45f], recorder.Seen[1].Targets);
        Assert.Equal([2.0, 300], tuned.Surrogate.OutputMean);
        Assert.Equal([1.0, 100], tuned.Surrogate.OutputDeviation);

        // x0 over [-1, 1], x1 over [0, 3].
        Assert.Equal([-1f, -1, 1, 1, 0, 0, 0.5f, -0.5f], recorder.Seen[1].Inputs[..8]);
        Assert.Equal([100f, (-100 - 1.5f) / 1.5f], recorder.Seen[1].Inputs[16..18]);
    }

    [Theory]
    [InlineData(Optimizer.Adam, Provenance.RandomInit)]
    [InlineData(Optimizer.Adam, Provenance.CompNetInit)]
    [InlineData(Optimizer.Lm, Provenance.RandomInit)]
    [InlineData(Optimizer.Lm, Provenance.CompNetInit)]
    public void Wild_held_out_rows_move_no_bit_of_the_means_the_deviations_and_the_weights_before_the_first_step(Optimizer optimizer, string init)
    {
        FineTuneOptions options = s_inOrder with { Optimizer = optimizer, Steps = 0 };
        Surrogate before = Run(Start(init), Samples(), options).Surrogate, after = Run(Start(init), Samples(wildness: 1e9), options).Surrogate;
        Assert.Equal(before.OutputMean, after.OutputMean);
        Assert.Equal(before.OutputDeviation, after.OutputDeviation);
        Assert.All(before.Layers.Zip(after.Layers), l => Assert.True(l.First.Weight.SequenceEqual(l.Second.Weight) && l.First.Bias.SequenceEqual(l.Second.Bias)));
        Assert.Equal(init == Provenance.RandomInit, before.Layers[2].Weight.SequenceEqual(Start(init).Layers[2].Weight)); // Calibrated, or not.
    }

    // The last weights are the best ones where the held-out error falls all the way.
    [Theory]
    [InlineData(Optimizer.Adam)]
    [InlineData(Optimizer.Lm)]
    public void Held_out_rows_that_choose_the_same_step_leave_the_same_weights(Optimizer optimizer)
    {
        INetTrainer engine = SurrogateFineTuner.Engine(optimizer);
        FineTuneOptions options = s_inOrder with { Optimizer = optimizer, Steps = 3, CheckEvery = 1 };
        NetTask task = Task(heldOut: 0), other = Task(heldOut: 0.01f);
        NetResult one = engine.Run([task], s_shape, options, null, default)[0], two = engine.Run([other], s_shape, options, null, default)[0];
        Assert.Equal(3, one.BestStep);
        Assert.Equal(one.BestStep, two.BestStep);
        Assert.NotEqual(one.HeldOutError, two.HeldOutError);
        Assert.Equal(one.Weights, two.Weights);
    }

    [Fact]
    public void Rows_that_the_start_has_seen_are_trained_on_and_never_judge()
    {
        SampleSet samples = Samples();
        Surrogate start = Start(Provenance.RandomInit);
        start = start with { Provenance = start.Provenance with { TrainedRows = RowFingerprints.Of(samples.Slice(3, 7)).ToString() } };
        var recorder = new Recorder();
        Run(start, samples, s_inOrder with { InOrder = false }, recorder);

        // One run, though the samples are few: rows 0, 1 and 2 are new, two of them judge.
        Assert.Equal(2, recorder.Seen.Count);
        float[] first = [.. recorder.Seen[0].Inputs.Chunk(2).Select(row => row[0])];
        Assert.Equal(Enumerable.Range(3, 7).Select(row => (float)s_inputs[2 * row]).Order(), first[..7].Order());
        Assert.Equal(Enumerable.Range(0, 3).Select(row => (float)s_inputs[2 * row]).Order(), first[7..].Order());
    }

    [Theory]
    [InlineData(5, 0.2, 1)]
    [InlineData(6, 0.2, 2)]
    [InlineData(4, 0.01, 1)]
    [InlineData(100, 0.25, 25)]
    public void The_share_that_is_held_out_is_rounded_up(int samples, double share, int expected) =>
        Assert.Equal(expected, new FineTuneOptions(HoldOut: share).HeldOutCount(samples));

    private static Surrogate Start(string init)
    {
        CProgram program = SmallPrograms.Program("f", 2, 2);
        Surrogate random = SurrogateEmitter.Random(s_shape with { Inputs = 2 }, program, 1, "1.0.0");
        return random with { OutputMean = [2.5, 280], OutputDeviation = [1.5, 90], Provenance = random.Provenance with { Init = init } };
    }

    private static SampleSet Samples(double wildness = 1) =>
        new(2, 2, s_inputs, [.. s_outputs.Select((y, i) => i >= 16 ? (wildness * y) + (wildness > 1 ? 7 : 0) : y)]);

    private static FineTuned Run(Surrogate start, SampleSet samples, FineTuneOptions options, INetTrainer? trainer = null) =>
        SurrogateFineTuner.Run(start, samples, options, null, TestContext.Current.CancellationToken, trainer);

    // Eight rows of a constant 1, which a net of zeros approaches, and two held-out rows near it.
    private static NetTask Task(float heldOut)
    {
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, 10 * s_shape.Inputs).Select(_ => (float)random.NextDouble())];
        return new NetTask(new float[s_shape.WeightCount], inputs, [.. Enumerable.Repeat(1f, 8), 2 + heldOut, 2 - heldOut]);
    }

    private sealed class Recorder : INetTrainer
    {
        public List<NetTask> Seen { get; } = [];

        public NetResult[] Run(
            IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
        {
            Seen.AddRange(tasks);
            return [.. tasks.Select(t => new NetResult(t.Weights, 0, 1, [1]))];
        }
    }
}
