using Nsc.Bench;
using Nsc.Bench.Images;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class ApplicationMetricTests
{
    // Two outputs: (3, 4), (0, 0), (0, 2).
    private static readonly SampleSet s_truth = new(1, 2, [0, 1, 2], [3, 4, 0, 0, 0, 2]);

    [Fact]
    public void The_relative_error_is_of_whole_rows_at_most_one_and_one_where_the_truth_is_nothing()
    {
        double[] predicted = [3, 3, 0, 0, 9, 9];
        Assert.Equal(((1.0 / 5) + 1 + 1) / 3, ApplicationMetric.MeanRelativeError(s_truth, predicted), 1e-12);
        Assert.Equal(1, ApplicationMetric.MeanRelativeError(s_truth, [double.NaN, 4, double.NaN, 0, 0, double.PositiveInfinity]));
    }

    [Fact]
    public void Every_row_is_held_against_its_own_predictions()
    {
        // The first is right, the second off by a fifth of its length, the third by a half.
        var truth = new SampleSet(1, 2, [0, 1, 2], [3, 4, 6, 8, 12, 16]);
        double[] predicted = [3, 4, 6, 10, 12, 26];
        Assert.Equal((0.2 + 0.5) / 3, ApplicationMetric.MeanRelativeError(truth, predicted), 1e-12);
        Assert.Equal(2.0 / 3, ApplicationMetric.MismatchRate(truth, predicted), 1e-12);
        Assert.Equal(1.0 / 3, ApplicationMetric.MismatchRate(truth, [3, 4, 6, 8, 11, 16]), 1e-12);
        Assert.Equal(0, ApplicationMetric.MismatchRate(truth, truth.Y));
    }

    [Fact]
    public void The_absolute_error_is_taken_by_the_mean_truth_so_that_a_truth_of_nothing_is_no_worse()
    {
        Assert.Equal((1.0 + 0 + 0.5) / 9, ApplicationMetric.AbsoluteError(s_truth, [3, 5, 0, 0, 0.5, 2]), 1e-12);
        Assert.Equal(0, ApplicationMetric.AbsoluteError(s_truth with { Y = new double[6] }, new double[6]));
        Assert.Equal(double.PositiveInfinity, ApplicationMetric.AbsoluteError(s_truth, [double.NaN, 4, 0, 0, 0, 2]));
    }

    [Fact]
    public void A_mismatch_is_a_row_whose_rounded_outputs_are_not_all_right()
    {
        Assert.Equal(2.0 / 3, ApplicationMetric.MismatchRate(s_truth, [3.4, 4.4, 0, 0.6, double.NaN, 2]), 1e-12);
    }

    [Fact]
    public void Errors_are_compared_with_the_length_of_the_true_outputs()
    {
        // Off by (3, 4) from (6, 8): half of it. By (6, 8): all of it, which is the most.
        var truth = new SampleSet(1, 2, [0], [6, 8]);
        Assert.Equal(0.5, ApplicationMetric.MeanRelativeError(truth, [9, 12]), 1e-12);
        Assert.Equal(0.5, ApplicationMetric.MeanRelativeError(truth, [3, 4]), 1e-12);
        Assert.Equal(1, ApplicationMetric.MeanRelativeError(truth, [0, 0]));
        Assert.Equal(1, ApplicationMetric.MeanRelativeError(truth, [-60, 0]));
    }

    [Fact]
    public void Any_error_where_the_truth_is_nothing_is_infinite_and_none_is_none()
    {
        var nothing = new SampleSet(1, 1, [0, 1], [0, 0]);
        Assert.Equal((double.PositiveInfinity, 0), (ApplicationMetric.AbsoluteError(nothing, [0, 0.1]), ApplicationMetric.AbsoluteError(nothing, [0, 0])));
        Assert.Equal(0.5, ApplicationMetric.AbsoluteError(new SampleSet(1, 1, [0, 1], [-3, 1]), [-4, 2]), 1e-12);
    }

    [Fact]
    public void A_constant_output_has_no_range_and_is_measured_by_its_size()
    {
        var truth = new SampleSet(1, 2, [0, 1], [4, 0, 4, 2]);

        // (5 - 4)^2 / 4^2 on both rows; and (1, 0) squared over the range 2.
        Assert.Equal(((1.0 / 16) + (0.5 / 4)) / 2, ApplicationMetric.RangeScaledSquaredError(truth, [5, 1, 3, 2]), 1e-12);
    }

    [Fact]
    public void A_program_with_one_real_output_among_whole_ones_is_judged_by_its_numbers()
    {
        ProgramSignature signature = SmallPrograms.Program("f", 1, 2).Signature;
        OutputVariable whole = new("n", ScalarKind.Int32), real = new("x", ScalarKind.Double);
        Assert.Equal("mean relative error", ApplicationMetric.For(signature with { Outputs = [whole, real] }).Name);
        ApplicationMetric mismatches = ApplicationMetric.For(signature with { Outputs = [whole, whole] }), relative = ApplicationMetric.For(signature);
        Assert.Equal(1, mismatches.Of(new SampleSet(1, 1, [0], [4]), [4.6]));
        Assert.Equal(0.15, relative.Of(new SampleSet(1, 1, [0], [4]), [4.6]), 1e-12);
    }

    [Fact]
    public void Units_are_each_outputs_range()
    {
        // Ranges 3 and 4; squared errors 1, 0, 0 and 0, 4, 0.
        Assert.Equal(((1.0 / 3 / 9) + (4.0 / 3 / 16)) / 2, ApplicationMetric.RangeScaledSquaredError(s_truth, [4, 4, 0, 2, 0, 2]), 1e-12);
    }

    [Theory]
    [InlineData(ScalarKind.Int32, "mismatch rate")]
    [InlineData(ScalarKind.Bool, "mismatch rate")]
    [InlineData(ScalarKind.Float, "mean relative error")]
    public void A_program_is_judged_by_the_type_of_its_outputs(ScalarKind kind, string metric)
    {
        ProgramSignature signature = SmallPrograms.Program("f", 2, 1).Signature;
        Assert.Equal(metric, ApplicationMetric.For(signature with { Outputs = [new OutputVariable("return", kind)] }).Name);
    }

    [Fact]
    public void Rows_are_means_over_seeds_of_what_the_surrogates_predict_and_of_what_they_draw()
    {
        var shape = new NetShape(16, [16, 16]);
        BenchProgram product = SmallPrograms.SolvedProduct(shape, samples: 16, seeds: 2);
        var plan = new TrainingPlan([product], SmallPrograms.SolvedArms, shape, [16], new FineTuneOptions(Steps: 50));
        var surrogates = new Dictionary<string, Surrogate[]>();
        plan.Measure<int>(
            trained =>
            {
                surrogates[trained.Arm] = trained.Surrogates[0];
                return [];
            },
            cancellationToken: TestContext.Current.CancellationToken);
        var rows = AxBench.Summarise([.. AxBench.Measure(plan, [], cancellationToken: TestContext.Current.CancellationToken).SelectMany(r => r.Rows)]);

        Assert.Equal(plan.Arms.Select(a => a.Name), rows.Select(r => r.Arm));
        foreach (KernelRow row in rows)
        {
            double expected = surrogates[row.Arm].Average(s => ApplicationMetric.MeanRelativeError(product.Test, new SurrogateEvaluator(s).Evaluate(product.Test.X)));
            Assert.Equal(("mean relative error", 2), (row.Metric, row.Seeds));
            Assert.Equal(expected, row.Application, 1e-12);
        }

        // As a kernel of images it is judged by what it draws: here grey where the program draws black.
        Picture black = Picture.Blank(8, 8), grey = black with { Values = [.. black.Values.Select(_ => 0.25)] };
        var bench = new ImageBench(
            new ImageTask("fill", "f", 2, (picture, _) => grey), product, new Dictionary<string, Picture> { ["p"] = black }, new Dictionary<string, Picture> { ["p"] = black });
        KernelRow drawn = AxBench.Summarise([.. AxBench.Measure(plan, [bench], cancellationToken: TestContext.Current.CancellationToken).SelectMany(r => r.Rows)])[0];
        Assert.Equal(ApplicationMetric.OfImages, drawn.Metric);
        Assert.Equal(0.25, drawn.Application, 1e-12);
        Assert.Equal(rows[0].Absolute, drawn.Absolute, 1e-12);
    }

    [Fact]
    public void Always_giving_the_commonest_answer_misses_the_others()
    {
        Assert.Equal(0.4, ApplicationMetric.MissesOfCommonest(new SampleSet(1, 1, [1, 2, 3, 4, 5], [0, 1, 0, 1, 1])), 1e-12);
        Assert.Equal(0.5, ApplicationMetric.MissesOfCommonest(new SampleSet(1, 2, [1, 2, 3, 4], [0, 1, 1, 0, 0, 1, 7, 7])), 1e-12);
    }

    [Fact]
    public void Kernels_that_are_not_measured_say_why()
    {
        var leftOut = AxBench.LeftOut([SmallPrograms.SolvedProduct(new NetShape(16, [16, 16]), 8, 1)], slots: 16).ToDictionary(l => l.Kernel.Name, l => l.Reason);
        Assert.Equal(AxBenchKernel.All.Length, leftOut.Count);
        Assert.Contains("18 inputs", leftOut["jmeint"]);
        Assert.Contains("more than the 16 of the covering topology", leftOut["jpeg"]);
        Assert.Contains("no function 'sobel'", leftOut["sobel"]);
    }
}
