// Positive outputs over decades, learned by their logarithm, are near everywhere and not only where they are large.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Refining;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.FineTuning;

public class RelativeLossTests
{
    private static readonly FineTuneOptions s_options = new(Steps: 80, Optimizer: Optimizer.Lm) { IsTaught = true };

    // exp(7 x) (1.5 + y), over six decades.
    private static readonly DataflowGraph s_graph = Term.Graphed(2, x => [(7.0 * x[0]).Of(Opcode.Exp) * (x[1] + 1.5)]);

    private static readonly CProgram s_program = SmallPrograms.Program("f", 2, 1);

    [Fact]
    public void Small_outputs_are_as_near_as_large_ones()
    {
        SampleSet samples = SmallPrograms.Sample(s_graph, s_program.Signature, 64, 1), test = SmallPrograms.Sample(s_graph, s_program.Signature, 1000, 2);
        Surrogate start = SurrogateEmitter.Random(new NetShape(2, [8, 8]), s_program, 1, "1.0.0");
        Surrogate squared = Tune(start, samples), relative = Tune(start.WithLogarithms(samples), samples);
        Assert.Equal((OutputLoss.Squared, OutputLoss.Relative), (OutputLosses.LossOf(squared), OutputLosses.LossOf(relative)));
        Assert.InRange(Relative(relative, test), 0, 0.01);
        Assert.InRange(Relative(squared, test), 0.02, double.PositiveInfinity);
        Assert.InRange(OutputLosses.Error(relative, test), 0, 1e-4);

        // Mean and deviation stay those of the output itself.
        double mean = samples.Output(0).Average();
        Assert.Equal(mean, relative.OutputMean[0], 1e-9 * mean);
        Assert.Equal(ErrorMetrics.Scale(samples, 0), relative.OutputDeviation[0], 1e-9 * mean);
        Assert.Equal(samples.Output(0).Average(Math.Log), relative.OutputLogarithms[0]!.Mean, 0.5);
    }

    [Fact]
    public void The_dataflow_teaches_logarithms_before_the_program_runs()
    {
        SampleSet samples = SmallPrograms.Sample(s_graph, s_program.Signature, 4, 1), test = SmallPrograms.Sample(s_graph, s_program.Signature, 1000, 2);
        Surrogate start = SurrogateEmitter.Random(new NetShape(2, [8, 8]), s_program, 1, "1.0.0");
        Surrogate taught = Refinement.ByLogarithm(start, samples, s_graph, 1);
        Assert.InRange(OutputLosses.Error(taught, test), 0, 0.01);
        Assert.InRange(taught.Provenance.Refined, RefinementEffort.For(1).Points, int.MaxValue);
        Assert.Equal(0, taught.Provenance.Samples);
        Assert.Equal(start.Layers, Refinement.ByLogarithm(start, samples, null, 1).Layers);
    }

    [Fact]
    public void What_is_not_positive_has_no_logarithm()
    {
        SampleSet samples = new(2, 1, [0, 0, 1, 1, -1, 0, 0.5, 0], [1, 10, 0, 100]);
        Surrogate start = SurrogateEmitter.Random(new NetShape(2, [8, 8]), s_program, 1, "1.0.0");
        Assert.Null(SurrogateFineTuner.Objection(start, samples));
        Assert.Contains("is 0 in sample 3", SurrogateFineTuner.Objection(start.WithLogarithms(samples), samples), StringComparison.Ordinal);
    }

    [Fact]
    public void An_output_that_never_changes_stays_a_constant()
    {
        CProgram program = SmallPrograms.Program("f", 1, 2);
        SampleSet samples = new(1, 2, [.. Enumerable.Range(0, 16).Select(i => (i / 7.5) - 1)], [.. Enumerable.Range(0, 16).SelectMany(i => (double[])[Math.Pow(2, i), -3])]);
        Surrogate start = SurrogateEmitter.Random(new NetShape(1, [8, 8]), program, 1, "1.0.0").WithLogarithms(samples);
        Assert.Equal((true, false), (start.ScaleOf(0).IsLogarithmic, start.ScaleOf(1).IsLogarithmic));
        Assert.Equal(-3, Tune(start, samples).Answer([0.3])[1]);
    }

    [Fact]
    public void A_hint_needs_decades()
    {
        double[] Powers(double step) => [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, step * i))];
        Assert.Equal((true, false, false), (RelativeError.SpansDecades(Powers(0.1)), RelativeError.SpansDecades(Powers(0.05)), RelativeError.SpansDecades([0, 0])));
    }

    private static Surrogate Tune(Surrogate start, SampleSet samples)
    {
        Assert.Null(SurrogateFineTuner.Objection(start, samples));
        Surrogate tuned = SurrogateFineTuner.Run(start, samples, s_options, null, TestContext.Current.CancellationToken).Surrogate;
        Assert.Null(SurrogateFile.Objection(tuned));
        return tuned;
    }

    private static double Relative(Surrogate surrogate, SampleSet test) =>
        RelativeError.Of(test, surrogate.Answer(test.X), 0, isAsked: true)!.P95;
}
