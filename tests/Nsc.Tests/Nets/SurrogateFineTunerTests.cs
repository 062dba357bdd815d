using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Nets;
using Nsc.Nets.CompNets;
using Nsc.Nets.FineTuning;
using Nsc.Neural;
using Nsc.Neural.CompNets;

using Nsc.Tests.Neural;

namespace Nsc.Tests.Nets;

[Collection(nameof(TorchCollection))]
public class SurrogateFineTunerTests
{
    private static readonly NetShape s_shape = new(16, 16);
    private static readonly FineTuneOptions s_options = new(Steps: 300);

    [Fact]
    public void Fine_tuning_brings_a_random_surrogate_close_to_its_program()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate start = SurrogateEmitter.Random(s_shape, program, 1, "1.0.0");
        FineTuned tuned = Tune(start, SmallPrograms.Sample(graph, program.Signature, 256, 1), new FineTuneOptions());
        SampleSet test = SmallPrograms.Sample(graph, program.Signature, 512, 2);
        Assert.True(Nmse(tuned.Surrogate, test) < 0.01, $"NMSE {Nmse(tuned.Surrogate, test)}");
        Assert.Equal(256, tuned.Surrogate.Provenance.Samples);
        Assert.NotNull(tuned.Surrogate.Provenance.ValidationNmse);
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
        Assert.Equal(tuned.HeldOutNmse.Min(), tuned.Surrogate.Provenance.ValidationNmse!.Value, 1e-6);
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

    [Fact]
    public void A_compiled_surrogate_looks_along_its_programs_forms_only_before_and_after_fine_tuning()
    {
        // tanh(x - y) over [-1, 1] and [0, 3]
        DataflowGraph graph = new(
            [
                Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double),
                new(Opcode.Subtract, ValueKind.Double, 0, 1), new(Opcode.Tanh, ValueKind.Double, 2),
            ], 2, [3], []);
        CProgram program = SmallPrograms.Program("f", 2, 1);
        using var net = SeededDraws.From(1, () => new CompNet(new CompNetOptions(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8)));
        Surrogate compiled = SurrogateEmitter.Emit(net, program, graph, "m", "h", "1.0.0");
        Surrogate tuned = Tune(compiled, SmallPrograms.Sample(graph, program.Signature, 32, 1), s_options).Surrogate;
        Assert.NotEqual(compiled.Layers[0].Weight, tuned.Layers[0].Weight);
        foreach (Surrogate surrogate in (Surrogate[])[compiled, tuned])
        {
            double[] one = new double[1], other = new double[1];
            new SurrogateEvaluator(surrogate).Evaluate([0.1, 1], one);
            new SurrogateEvaluator(surrogate).Evaluate([0.9, 1.8], other);
            Assert.Equal(one[0], other[0], 1e-5);
        }
    }

    [Fact]
    public void Constant_outputs_and_too_few_samples_are_objected_to()
    {
        Surrogate surrogate = SurrogateEmitter.Random(s_shape, SmallPrograms.Program("f", 1, 1), 1, "1.0.0");
        Assert.Contains("too few", SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2], [1, 2])));
        Assert.Contains("constant", SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2, 3, 4], [5, 5, 5, 5])));
        Assert.Null(SurrogateFineTuner.Objection(surrogate, new SampleSet(1, 1, [1, 2, 3, 4], [5, 5, 5, 6])));
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
