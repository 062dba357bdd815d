// A row's name says what its arm does with the samples; that must be what is done.

using Nsc.Bench;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class BenchArmTests
{
    private static readonly NetShape s_shape = new(16, [16, 16]);
    private static readonly FineTuneOptions s_noSteps = new(Steps: 0);

    [Theory]
    [InlineData("random", "random", "")]
    [InlineData("maml+calibration", "maml", "calibration")]
    [InlineData("dataflow+subspace", "dataflow", "subspace")]
    [InlineData("dataflow+calibration+subspace", "dataflow", "calibration,subspace")]
    [InlineData("dataflow+subspace+calibration", "dataflow+subspace", "calibration")]
    [InlineData("dataflow+nothing", "dataflow+nothing", "")]
    public void A_name_says_the_start_and_the_treatments(string name, string start, string treatments)
    {
        var arm = new BenchArm(name);
        Assert.Equal(start, arm.Start);
        Assert.Equal(treatments, string.Join(',', arm.Treatments.Select(t => t.Name)));
        FineTuneOptions options = arm.Apply(new FineTuneOptions());
        Assert.Equal<bool?>(treatments.Contains("calibration", StringComparison.Ordinal), options.Calibrates);
        Assert.Equal<bool?>(treatments.Contains("subspace", StringComparison.Ordinal), options.KeepsSubspace);
    }

    [Fact]
    public void The_arm_that_reports_are_about_has_the_first_treatments() => Assert.Equal(
        ["dataflow", "dataflow+subspace", "dataflow+calibration", "dataflow+calibration+subspace"],
        ((string[])["dataflow+calibration", "dataflow+calibration+subspace", "dataflow", "dataflow+subspace"]).OrderBy(name => new BenchArm(name).Fullness));

    [Theory]
    [InlineData(DataEfficiency.RandomArm, 1)]
    [InlineData(Architectures.Dataflow, 0.5)]
    [InlineData(Architectures.Maml, 0.5)]
    public void Any_start_is_calibrated_when_its_arm_says_so_and_only_then(string start, double share)
    {
        BenchProgram program = Sloped(start);
        SampleSet samples = program.Pools[0];
        var arm = new BenchArm(start);
        double plain = ErrorOf(arm), calibrated = ErrorOf(new BenchArm($"{start}+calibration"));
        Assert.True(calibrated < share * plain, $"{calibrated} calibrated, {plain} not");

        double ErrorOf(BenchArm arm)
        {
            Surrogate tuned = SurrogateFineTuner.Run(program.Start(arm, s_shape, 0), samples, arm.Apply(s_noSteps)).Surrogate;
            return ErrorMetrics.Measure(samples, new SurrogateEvaluator(tuned).Evaluate(samples.X), worstCount: 0).Nmse;
        }
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public void A_random_start_looks_along_the_active_subspace_and_stays_in_it_when_its_arm_says_so(bool isInSubspace, int rank)
    {
        // sin(x - 3 y): one linear form of two inputs.
        BenchProgram program = SmallPrograms.Wave(samples: 128);
        var arm = new BenchArm(isInSubspace ? $"{DataEfficiency.RandomArm}+subspace" : DataEfficiency.RandomArm);
        Surrogate start = program.Start(arm, s_shape, 0), tuned = SurrogateFineTuner.Run(start, program.Pools[0], arm.Apply(new FineTuneOptions(Steps: 300))).Surrogate;
        Assert.NotEqual(start.Layers[0].Weight, tuned.Layers[0].Weight);
        Assert.All((Surrogate[])[start, tuned], s => Assert.Equal(rank, FirstLayerSubspace.Basis(NetLayout.FromLayers(s, s_shape)[0], 2, s_shape).Length / 2));
    }

    [Fact]
    public void Without_samples_a_random_start_has_the_scale_that_the_analysis_predicts()
    {
        // 1000 + x, whose mean and deviation are far from 0 and 1.
        BenchProgram program = SmallPrograms.Shifted(samples: 8);
        var plan = new TrainingPlan([program], [BenchArm.Random], s_shape, [0], new FineTuneOptions());
        ProgramError error = DataEfficiency.Measure(plan, cancellationToken: TestContext.Current.CancellationToken).Single().Rows.Single();
        Assert.Equal(program.Pools.Count, error.NmseBySeed.Length);
        Assert.All(error.NmseBySeed, e => Assert.InRange(e, 0.1, 3));
    }

    // The solved product with the output's scale wrong by a factor and a shift, as a start of that name.
    private static BenchProgram Sloped(string start)
    {
        BenchProgram solved = SmallPrograms.SolvedProduct(s_shape, samples: 64, seeds: 1);
        Surrogate net = solved.Starts[Architectures.Dataflow];
        Layer last = net.Layers[^1];
        net = net with { Layers = [.. net.Layers.SkipLast(1), last with { Weight = [.. last.Weight.Select(w => 1.5f * w)], Bias = [.. last.Bias.Select(b => b + 1)] }] };
        return solved with { Starts = new Dictionary<string, Surrogate> { [start] = net } };
    }
}
