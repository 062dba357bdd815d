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

public class CrossValidationTests
{
    private static readonly FineTuneOptions s_options = new(Steps: 20, Optimizer: Optimizer.Lm);

    [Theory]
    [InlineData(12)]
    [InlineData(95)]
    public void What_a_fold_is_predicted_to_be_does_not_depend_on_what_it_is(int count)
    {
        (Surrogate start, SampleSet samples) = Product(count);
        double[] before = CrossValidation.Predict(start, samples, s_options, TestContext.Current.CancellationToken).Outputs;
        foreach (int row in (int[])[0, 5, count - 1])
        {
            double[] after = CrossValidation.Predict(
                start, samples with { Y = [.. samples.Y.Select((y, i) => i == row ? y + 100 : y)] }, s_options, TestContext.Current.CancellationToken).Outputs;
            Assert.Equal(before[row], after[row]);
            Assert.NotEqual(before, after);
        }
    }

    [Fact]
    public void The_estimate_is_near_the_error_on_other_samples_and_far_from_the_best_look()
    {
        (Surrogate start, SampleSet samples) = Product(64);
        SampleSet test = Product(2000, seed: 9).Samples;
        FineTuned tuned = SurrogateFineTuner.Run(start, samples, s_options, null, TestContext.Current.CancellationToken);
        double actual = ErrorMetrics.Measure(test, new SurrogateEvaluator(tuned.Surrogate).Evaluate(test.X)).Nmse;
        ErrorEstimate estimate = ErrorEstimate.Of(CrossValidation.Judge(start, samples, s_options, TestContext.Current.CancellationToken)!)!;
        Assert.Equal((EstimateMethod.CrossValidated, 64), (estimate.Method, estimate.Rows));
        Assert.InRange(actual, estimate.Low, estimate.High);
    }

    [Fact]
    public void Rows_that_the_start_was_trained_on_or_that_other_folds_repeat_tell_nothing()
    {
        (Surrogate start, SampleSet samples) = Product(40);
        Surrogate tuned = SurrogateFineTuner.Run(start, samples.Slice(0, 25), s_options, null, TestContext.Current.CancellationToken).Surrogate;
        Assert.Equal(15, CrossValidation.Judge(tuned, samples, s_options, TestContext.Current.CancellationToken)!.Truth.Count);
        Assert.Null(CrossValidation.Judge(tuned, samples.Slice(0, 25), s_options, TestContext.Current.CancellationToken));

        SampleSet few = samples.Slice(0, 2);
        SampleSet repeated = few.Append(few).Append(few).Append(few).Append(few);
        Assert.Null(CrossValidation.Judge(start, repeated, s_options, TestContext.Current.CancellationToken));
    }

    private static (Surrogate Start, SampleSet Samples) Product(int count, int seed = 1)
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        return (SurrogateEmitter.Random(new NetShape(16, [16, 16]), program, 1, "1.0.0"), SmallPrograms.Sample(graph, program.Signature, count, seed));
    }
}
