// Few samples take turns at being held out; what each run found, in units of its own, becomes one net in the units of all.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Core.Surrogates;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.FineTuning;

public class TurnsTests
{
    private static readonly NetShape s_shape = new(1, [4, 4]);

    [Fact]
    public void Nets_that_say_the_same_in_their_own_units_say_it_in_those_of_all_samples()
    {
        // f(x) = 10 x + 3 at ten points; each run gives the net that is 5 everywhere, in its units.
        SampleSet samples = Line(10);
        var trainer = new Constant(5);
        FineTuned tuned = SurrogateFineTuner.Run(Start(), samples, new FineTuneOptions(Steps: 8), null, TestContext.Current.CancellationToken, trainer);
        Assert.Equal(5, trainer.Runs); // Two of ten are held out at a time.
        Assert.Equal(samples.Y.Average(), tuned.Surrogate.OutputMean[0], 1e-12);
        double deviation = ErrorMetrics.Scale(samples, 0);
        Assert.Equal(deviation, tuned.Surrogate.OutputDeviation[0], 1e-12);
        Assert.All(new SurrogateEvaluator(tuned.Surrogate).Evaluate([-1.0, 0, 0.3]), y => Assert.Equal(5, y, 1e-5));

        // Each run was off by 1 in the program's units.
        Assert.Equal([1 / (deviation * deviation)], tuned.HeldOutNmse.Select(e => Math.Round(e, 6)), Near);
        Provenance made = tuned.Surrogate.Provenance;
        Assert.Equal((10, 8, 3, (long?)1), (made.Samples, made.Steps, made.BestStep, made.TuningSeed));
        Assert.Equal(10, made.SeenRows().Count);
        Assert.Null(made.Estimate);
    }

    [Fact]
    public void What_was_trained_on_before_is_remembered()
    {
        SampleSet samples = Line(20);
        FineTuneOptions options = new(Steps: 1);
        Surrogate once = SurrogateFineTuner.Run(Start(), samples.Slice(0, 12), options, null, TestContext.Current.CancellationToken).Surrogate;
        Surrogate twice = SurrogateFineTuner.Run(once, samples.Slice(8, 12), options, null, TestContext.Current.CancellationToken).Surrogate;
        Assert.Equal((12, 20), (once.Provenance.SeenRows().Count, twice.Provenance.SeenRows().Count));
    }

    [Theory]
    [InlineData(0, 1e300, null)]
    [InlineData(0, 1.01e300, "beyond")]
    [InlineData(0, double.PositiveInfinity, "beyond")]
    [InlineData(1e6, 1, null)]
    [InlineData(1.01e6, 1, "input 'x0' is 1010000 in sample 2, too far from its range [-1, 1]")]
    [InlineData(-1.01e6, 1, "too far")]
    [InlineData(double.NaN, 1, "too far")]
    public void Numbers_that_a_net_cannot_hold_are_objected_to(double input, double output, string? objection)
    {
        string? found = SurrogateFineTuner.Objection(Start(), new SampleSet(1, 1, [0.1, input, 0.2, 0.3], [0, 0, output, 0]));
        Assert.Equal(objection is null, found is null);
        Assert.Contains(objection ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 4, 4 }, true, true)]
    [InlineData(new[] { 4, 5 }, true, false)]
    [InlineData(new[] { 4 }, true, false)]
    [InlineData(new[] { 4, 4, 4 }, true, false)]
    [InlineData(new int[0], false, false)]
    public void Which_nets_can_be_fine_tuned_depends_on_the_method(int[] hidden, bool byLm, bool byAdam)
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(1, [.. hidden], 1));
        foreach ((Optimizer optimizer, bool can) in new[] { (Optimizer.Lm, byLm), (Optimizer.Adam, byAdam) })
        {
            string? objection = SurrogateFineTuner.Objection(surrogate, Line(4), optimizer);
            Assert.Equal(can, objection is null);
            Assert.Contains(can ? "" : "cannot be fine-tuned", objection ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Some_output_must_vary()
    {
        Surrogate two = SurrogateEmitter.Random(s_shape, SmallPrograms.Program("f", 1, 2), 1, "1.0.0");
        Assert.Contains("output 'y0' is 5 on all 4 samples", SurrogateFineTuner.Objection(two, new SampleSet(1, 2, [0, 1, 0, 1], [5, 7, 5, 7, 5, 7, 5, 7])), StringComparison.Ordinal);
        Assert.Null(SurrogateFineTuner.Objection(two, new SampleSet(1, 2, [0, 1, 0, 1], [1, 7, 2, 7, 3, 7, 4, 7])));
        Assert.Null(SurrogateFineTuner.Objection(two, new SampleSet(1, 2, [0, 1, 0, 1], [5, 7, 5, 7, 5, 7, 5, 8])));
    }

    private static Surrogate Start() => SurrogateEmitter.Random(s_shape, SmallPrograms.Program("f", 1, 1), 1, "1.0.0");

    private static SampleSet Line(int count)
    {
        double[] x = [.. Enumerable.Range(0, count).Select(i => ((i * i) % 23 / 11.5) - 1)];
        return new SampleSet(1, 1, [.. x.Select((v, i) => v + (0.001 * i))], [.. x.Select((v, i) => (10 * (v + (0.001 * i))) + 3)]);
    }

    private static bool Near(double a, double b) => Math.Abs(a - b) < 1e-5;

    // A net of zeros but for the last bias. What its run's units are, two of its samples tell: y = 10 x + 3.
    private sealed class Constant(double answer) : INetTrainer
    {
        public int Runs { get; private set; }

        public NetResult[] Run(
            IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
        {
            Runs = tasks.Count;
            return [.. tasks.Select((task, run) =>
            {
                (double y0, double y1) = ((10 * task.Inputs[0]) + 3, (10 * task.Inputs[1]) + 3);
                double deviation = (y0 - y1) / (task.Targets[0] - task.Targets[1]), mean = y0 - (deviation * task.Targets[0]);
                var weights = new float[shape.WeightCount];
                weights[^1] = (float)((answer - mean) / deviation);
                return new NetResult(weights, run == 1 ? 3 : 2, 1 / deviation / deviation, [(float)(1 / deviation / deviation)]);
            })];
        }
    }
}
