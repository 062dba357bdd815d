// Fine-tuning with a teacher: a net learns more from few samples than the samples alone tell it, and never gets worse by it.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Adapting;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Engine.Teaching;

public class TeachingTests
{
    private static readonly NetShape s_shape = new(3, [8, 8]);

    [Fact]
    public void A_net_that_is_taught_errs_less_on_a_smooth_function()
    {
        SampleSet samples = Draw(48, 1, Smooth), test = Draw(1000, 2, Smooth);
        double alone = Nmse(Tuned(samples, isTaught: false), test), taught = Nmse(Tuned(samples, isTaught: true), test);
        Assert.InRange(taught, 0, alone / 3);
    }

    [Fact]
    public void Where_a_teacher_knows_nothing_the_net_stays_as_it_was_tuned()
    {
        // Noise: no process foretells a row from the others.
        var random = new SplitMix64(3);
        SampleSet samples = Draw(40, 4, _ => random.NextGaussian());
        Assert.Equal(Tuned(samples, isTaught: false).Layers[1].Weight, Tuned(samples, isTaught: true).Layers[1].Weight);
    }

    [Fact]
    public void The_same_samples_and_seed_give_the_same_net()
    {
        SampleSet samples = Draw(32, 5, Smooth);
        Assert.Equal(Tuned(samples, isTaught: true).Layers[0].Weight, Tuned(samples, isTaught: true).Layers[0].Weight);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(32)]
    public void Few_noisy_rows_are_learned_from_the_program_that_nearly_gives_them(int rows)
    {
        // The program lacks a small term, and what is measured has noise.
        ProgramSignature signature = Start().Signature;
        double Program(double[] x) => Math.Sin(2 * x[0]) + (x[1] * x[2]);
        double Truth(double[] x) => Program(x) + (0.2 * x[1]);
        var random = new SplitMix64(9);
        SampleSet samples = Draw(rows, 8, x => Truth(x) + (0.03 * random.NextGaussian())), test = Draw(1000, 2, Truth);
        DataflowGraph graph = Term.Graphed(3, i => [(2 * Unit(i, 0, signature)).Of(Opcode.Sin) + (Unit(i, 1, signature) * Unit(i, 2, signature))]);
        Surrogate with = SurrogateFineTuner.Run(
            Start(), samples, new FineTuneOptions(Steps: 80, Optimizer: Optimizer.Lm) { IsTaught = true }, null, TestContext.Current.CancellationToken, null, own => ProgramMean.Of(graph, own)).Surrogate;
        Assert.InRange(Nmse(with, test), 0, 0.1);
        Assert.True(Nmse(with, test) < Nmse(Tuned(samples, isTaught: true), test) / (rows < 16 ? 5 : 1));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(64)]
    [InlineData(700)]
    public void A_program_that_gives_the_rows_answers_as_many_inputs_as_a_net_can_learn_from(int rows)
    {
        ProgramSignature signature = Start().Signature;
        double Program(double[] x) => Math.Sin(2 * x[0]) + (x[1] * x[2]);
        SampleSet samples = Draw(rows, 8, Program), test = Draw(1000, 2, Program);
        DataflowGraph graph = Term.Graphed(3, i => [(2 * Unit(i, 0, signature)).Of(Opcode.Sin) + (Unit(i, 1, signature) * Unit(i, 2, signature))]);
        Surrogate with = SurrogateFineTuner.Run(
            Start(), samples, new FineTuneOptions(Steps: 80, Optimizer: Optimizer.Lm) { IsTaught = true }, null, TestContext.Current.CancellationToken, null, _ => ProgramMean.Of(graph)).Surrogate;
        Assert.InRange(Nmse(with, test), 0, 2e-5);
        Assert.True(rows >= 64 || Nmse(with, test) < Nmse(Tuned(samples, isTaught: true), test) / 1000);
    }

    [Fact]
    public void A_program_that_gives_numbers_without_a_logarithm_does_not_teach_logarithms()
    {
        ProgramSignature signature = Start().Signature;
        SampleSet samples = Draw(64, 8, x => 1 - (1.05 * x[1]));
        samples = samples.Take([.. Enumerable.Range(0, samples.Count).Where(row => samples.Outputs(row)[0] > 0.1)]);
        DataflowGraph graph = Term.Graphed(3, i => [(-1.05 * Unit(i, 1, signature)) + 1]);
        Surrogate Run(Func<SampleSet, ProgramMean?>? mean) => SurrogateFineTuner.Run(
            Start().WithLogarithms(samples), samples, new FineTuneOptions(Steps: 20, Optimizer: Optimizer.Lm) { IsTaught = true }, null, TestContext.Current.CancellationToken, null, mean).Surrogate;
        Assert.Equal(Run(null).Layers[1].Weight, Run(_ => ProgramMean.Of(graph)).Layers[1].Weight);
    }

    // What the net sees of an input.
    private static Term Unit(Term[] inputs, int i, ProgramSignature signature) =>
        (inputs[i] + -signature.Inputs[i].Range.Middle) / signature.Inputs[i].Range.HalfWidth;

    private static double Smooth(double[] x) => Math.Exp(x[0] * x[1]) + Math.Sin(2 * x[2]);

    private static Surrogate Tuned(SampleSet samples, bool isTaught) => SurrogateFineTuner.Run(
        Start(), samples, new FineTuneOptions(Steps: 80, Optimizer: Optimizer.Lm) { IsTaught = isTaught }, null, TestContext.Current.CancellationToken).Surrogate;

    private static Surrogate Start()
    {
        Surrogate start = SampleSurrogates.Create(new Topology(3, [8, 8], 1), seed: 1);
        return start with { Provenance = start.Provenance with { Init = Provenance.RandomInit } };
    }

    private static SampleSet Draw(int rows, int seed, Func<double[], double> function)
    {
        ProgramSignature signature = Start().Signature;
        double[] x = InputSampler.Draw(signature, rows, new SplitMix64((ulong)seed));
        double[] Unit(int row) => [.. signature.Inputs.Select((input, i) => input.Range.Unit(x[(row * 3) + i]))];
        return new SampleSet(3, 1, x, [.. Enumerable.Range(0, rows).Select(row => function(Unit(row)))]);
    }

    private static double Nmse(Surrogate surrogate, SampleSet test) => ErrorMetrics.Measure(test, new SurrogateEvaluator(surrogate).Evaluate(test.X)).Nmse;
}
