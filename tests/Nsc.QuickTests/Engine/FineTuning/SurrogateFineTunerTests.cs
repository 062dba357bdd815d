using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.FineTuning;

public class SurrogateFineTunerTests
{
    private static readonly NetShape s_shape = new(16, [16, 16]);
    private static readonly FineTuneOptions s_options = new(Steps: 300);

    [Theory]
    [InlineData(1e-300)]
    [InlineData(1e-160)]
    [InlineData(1e150)]
    [InlineData(1e275)]
    [InlineData(1e300)]
    public void Outputs_of_any_size_are_learned_as_well_as_small_ones(double unit)
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        SampleSet plain = SmallPrograms.Sample(graph, program.Signature, 64, 1);
        double most = plain.Y.Max(Math.Abs);
        var scaled = new SampleSet(plain.InputCount, plain.OutputCount, plain.X, Array.ConvertAll(plain.Y, y => y / most * unit));
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        Assert.Null(SurrogateFineTuner.Objection(start, scaled));
        Surrogate small = Tune(start, plain, s_options).Surrogate, tuned = Tune(start, scaled, s_options).Surrogate;
        Assert.Null(SurrogateFile.Objection(tuned));
        Assert.InRange(Nmse(tuned, scaled), 0, (10 * Nmse(small, plain)) + 1e-6);
    }

    [Fact]
    public void Outputs_that_leave_no_room_for_an_error_are_refused()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        SampleSet plain = SmallPrograms.Sample(graph, program.Signature, 64, 1);
        var huge = new SampleSet(plain.InputCount, plain.OutputCount, plain.X, Array.ConvertAll(plain.Y, y => y > 0 ? 1.7e308 : -1.7e308));
        Assert.Contains("no room", SurrogateFineTuner.Objection(SurrogateEmitter.Random(s_shape, program, 1, "1.0.0"), huge), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(-1e30)]
    public void Inputs_beyond_all_bounds_are_refused(double input)
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        SampleSet plain = SmallPrograms.Sample(graph, program.Signature, 64, 1);
        double[] inputs = [.. plain.X];
        inputs[9] = input;
        string? objection = SurrogateFineTuner.Objection(
            SurrogateEmitter.Random(s_shape, program, 1, "1.0.0"), new SampleSet(plain.InputCount, plain.OutputCount, inputs, plain.Y));
        Assert.Contains("too far from its range", objection, StringComparison.Ordinal);
    }

    [Fact]
    public void Fine_tuning_brings_a_random_surrogate_close_to_its_program()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        FineTuned tuned = Tune(start, SmallPrograms.Sample(graph, program.Signature, 256, 1), new FineTuneOptions());
        SampleSet test = SmallPrograms.Sample(graph, program.Signature, 512, 2);
        Assert.True(Nmse(tuned.Surrogate, test) < 0.01, $"NMSE {Nmse(tuned.Surrogate, test)}");
        Assert.Equal(256, tuned.Surrogate.Provenance.Samples);
        Assert.Equal(256, RowFingerprints.TryParse(tuned.Surrogate.Provenance.TrainedRows)!.Count);
    }

    [Fact]
    public void The_same_seed_and_samples_give_the_same_weights()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        SampleSet samples = SmallPrograms.Sample(graph, program.Signature, 64, 1);
        Surrogate one = Tune(start, samples, s_options).Surrogate, two = Tune(start, samples, s_options).Surrogate;
        Assert.Equal(one.Layers[1].Weight, two.Layers[1].Weight);
        Assert.NotEqual(one.Layers[1].Weight, Tune(start, samples, s_options with { Seed = 2 }).Surrogate.Layers[1].Weight);
    }

    [Fact]
    public void Tuning_many_surrogates_together_gives_what_tuning_each_alone_gives()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        SampleSet a = SmallPrograms.Sample(graph, program.Signature, 32, 1), b = SmallPrograms.Sample(graph, program.Signature, 32, 2);
        FineTuned alone = Tune(start, b, s_options), together = SurrogateFineTuner.RunAll([(start, a), (start, b)], s_options, null, TestContext.Current.CancellationToken)[1];
        SampleSet test = SmallPrograms.Sample(graph, program.Signature, 512, 3);
        Assert.Equal(Math.Log(Nmse(alone.Surrogate, test)), Math.Log(Nmse(together.Surrogate, test)), 0.1);
    }

    [Fact]
    public void The_weights_with_the_least_held_out_error_are_kept()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        FineTuned tuned = Tune(start, SmallPrograms.Sample(graph, program.Signature, Folds.MostSamples + 1, 1), s_options);
        Assert.Equal(tuned.HeldOutNmse.Min(), tuned.HeldOutNmse[tuned.Surrogate.Provenance.BestStep / s_options.StepsBetweenLooks]);
    }

    [Fact]
    public void A_compiled_surrogate_is_first_scaled_and_shifted_to_its_samples()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        SampleSet samples = SmallPrograms.Sample(graph, program.Signature, 256, 1);
        Surrogate good = Tune(SurrogateEmitter.Random(s_shape, program, 1, "1.0.0"), samples, new FineTuneOptions()).Surrogate;
        Surrogate offScale = good with
        {
            OutputMean = [good.OutputMean[0] + 100], OutputDeviation = [good.OutputDeviation[0] * 50],
            Provenance = good.Provenance with { Init = Provenance.CompNetInit },
        };
        FineTuned mended = Tune(offScale, samples.Slice(0, 10), new FineTuneOptions(Steps: 0));
        SampleSet test = SmallPrograms.Sample(graph, program.Signature, 512, 2);
        Assert.True(Nmse(mended.Surrogate, test) < 0.05, $"NMSE {Nmse(mended.Surrogate, test)}");
    }

    // Keeps what it is given, and learns nothing.
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

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    [InlineData(100)]
    public void Standardisation_and_calibration_do_not_see_the_rows_that_decide_when_to_stop(int count)
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate random = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        Surrogate compiled = random with { Provenance = random.Provenance with { Init = Provenance.CompNetInit } };
        SampleSet samples = SmallPrograms.Sample(graph, program.Signature, count, 1);
        List<NetTask> before = Tasks(samples);
        int training = count - s_options.HeldOutCount(count), unseen = Enumerable.Range(0, count).Count(row =>
            before.Zip(Tasks(samples with { Y = [.. samples.Y.Select((y, i) => i == row ? y + 100 : y)] })).Any(turn => turn.First.Weights.SequenceEqual(turn.Second.Weights)
                && turn.First.Targets[..training].SequenceEqual(turn.Second.Targets[..training]) && !turn.First.Targets[training..].SequenceEqual(turn.Second.Targets[training..])));
        Assert.Equal(Folds.AreTaken(count, s_options) ? count : count - training, unseen);

        List<NetTask> Tasks(SampleSet of)
        {
            var recorder = new Recorder();
            SurrogateFineTuner.Run(compiled, of, s_options, null, TestContext.Current.CancellationToken, recorder);
            return recorder.Seen;
        }
    }

    [Fact]
    public void Turns_in_units_of_their_own_become_one_net_in_the_units_of_all_samples()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate random = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        Surrogate tuned = Tune(random, SmallPrograms.Sample(graph, program.Signature, 64, 1), s_options with { Optimizer = Optimizer.Lm, Steps = 80 }).Surrogate;
        Assert.True(Nmse(tuned, SmallPrograms.Sample(graph, program.Signature, 512, 2)) < 0.01);
    }

    // Of eighteen inputs two were compiled, of which the first layer sees the sum alone. It may leave the space that its rows span for the last input,
    // which was not compiled; of no more than sixteen inputs all were, and one without weights stays without.
    [Theory]
    [InlineData(18, true)]
    [InlineData(16, false)]
    public void An_input_that_was_not_compiled_is_learned_by_fine_tuning(int inputs, bool isLearned)
    {
        CProgram program = SmallPrograms.Program("f", inputs, 1);
        Surrogate random = SurrogateEmitter.Random(new NetShape(inputs, [16, 16]), program, 1, "1.0.0");
        float[] weights = [.. random.Layers[0].Weight.Select((w, i) => i % inputs < 2 ? random.Layers[0].Weight[i / inputs * inputs] : 0)];
        Surrogate compiled = random with
        {
            Layers = [random.Layers[0] with { Weight = [.. weights] }, .. random.Layers[1..]], Provenance = random.Provenance with { Init = Provenance.CompNetInit },
        };
        var draw = new SplitMix64(1);
        double[] x = InputSampler.Draw(program.Signature, 400, draw), test = InputSampler.Draw(program.Signature, 400, draw);
        SampleSet Answers(double[] rows) => new(inputs, 1, rows, [.. rows.Chunk(inputs).Select(v => Math.Sin(v[0] + v[1]) + (2 * v[^1]))]);
        Surrogate tuned = Tune(compiled, Answers(x), s_options with { Optimizer = Optimizer.Lm, Steps = 80 }).Surrogate;
        double nmse = Nmse(tuned, Answers(test));
        Assert.True(isLearned ? nmse < 0.05 : nmse > 0.5, $"{nmse}"); // sin(x + y) alone leaves most of the variance.
        Assert.All(tuned.Layers[0].Weight.Chunk(inputs), row => Assert.Equal(row[0], row[1], 1e-5f));
    }

    [Fact]
    public void Constant_outputs_and_too_few_samples_are_objected_to()
    {
        Surrogate surrogate = SurrogateEmitter.Random(s_shape, SmallPrograms.Program("f", 1, 1), 1, "1.0.0");
        Assert.Contains("too few", SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2], [1, 2])));
        Assert.Contains("constant", SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2, 3, 4], [5, 5, 5, 5])));
        Assert.Null(SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2, 3, 4], [5, 5, 5, 6])));
    }

    [Theory]
    [InlineData(Optimizer.Lm, 7)]
    [InlineData(Optimizer.Adam, -1e6)]
    public void An_output_that_is_constant_beside_others_is_learned_as_that_constant(Optimizer optimizer, double constant)
    {
        CProgram program = SmallPrograms.Program("f", 1, 2);
        var samples = new SampleSet(1, 2, [.. Enumerable.Range(0, 40).Select(i => (i / 20.0) - 1)], [.. Enumerable.Range(0, 40).SelectMany(i => (double[])[constant, i * i])]);
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        Assert.Null(SurrogateFineTuner.Objection(start, samples));
        Surrogate tuned = Tune(start, samples, s_options with { Optimizer = optimizer, Steps = 30 }).Surrogate;
        Assert.All(new SurrogateEvaluator(tuned).Evaluate([-1.0, 0.3, 0.9]).Where((_, i) => i % 2 == 0), y => Assert.Equal(constant, y));
        Assert.NotEqual(tuned.OutputMean[1], new SurrogateEvaluator(tuned).Evaluate([0.9])[1]);
        Assert.Null(SurrogateFile.Objection(tuned));
    }

    private static FineTuned Tune(Surrogate surrogate, SampleSet samples, FineTuneOptions options) =>
        SurrogateFineTuner.Run(surrogate, samples, options, null, TestContext.Current.CancellationToken);

    private static double Nmse(Surrogate surrogate, SampleSet test)
    {
        var predicted = new double[test.Y.Length];
        new SurrogateEvaluator(surrogate).Evaluate(test.X, predicted);
        return ErrorMetrics.Measure(test, predicted).Nmse;
    }
}
