using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Search;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine;

public class TuningTests
{
    private static readonly ProgramSignature s_signature = new(
        "bowl", "double bowl(double x, int n)",
        [new InputVariable("x", ScalarKind.Double, new Interval(-2, 4)), new InputVariable("n", ScalarKind.Int32, new Interval(0, 10))],
        [new OutputVariable("return", ScalarKind.Double)]);

    [Fact]
    public void The_gradient_is_that_of_differences()
    {
        Surrogate surrogate = SurrogateEmitter.Random(new NetShape(16, [16, 16]), SmallPrograms.Program("f", 3, 2), 3, "1.0.0") with { OutputDeviation = [2, 5] };
        var gradient = new SurrogateGradient(surrogate, 1);
        double[] at = [0.2, -0.4, 0.9], slope = new double[3], ignored = new double[3];
        gradient.At(at, slope);
        for (int i = 0; i < 3; i++)
        {
            double[] above = [.. at], below = [.. at];
            (above[i], below[i]) = (at[i] + 1e-5, at[i] - 1e-5);
            Assert.Equal((gradient.At(above, ignored) - gradient.At(below, ignored)) / 2e-5, slope[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(1, null, 1.3, 7, -1)]   // the bottom of the bowl
    [InlineData(1, 4.0, null, null, 4)] // somewhere on its wall
    public void The_program_has_the_last_word(int sign, double? target, double? x, int? n, double value)
    {
        TuningResult result = VerifiedSearch.Run(
            NewSurrogate(), new TuningGoal(0, sign, target), [null, null], Run, seed: 1, TestContext.Current.CancellationToken)!;
        Assert.Equal(Bowl(result.Inputs[0], result.Inputs[1]), result.Actual);
        Assert.Equal(value, result.Actual, 0.1);
        Assert.Equal(Math.Round(result.Inputs[1]), result.Inputs[1]);
        Assert.True(x is null || Math.Abs(result.Inputs[0] - x.Value) < 0.3, $"x = {result.Inputs[0]}");
        Assert.True(n is null || result.Inputs[1] == n, $"n = {result.Inputs[1]}");
    }

    [Fact]
    public void What_is_fixed_stays()
    {
        TuningResult result = VerifiedSearch.Run(
            NewSurrogate(), new TuningGoal(0, 1, null), [null, 2], Run, seed: 1, TestContext.Current.CancellationToken)!;
        Assert.Equal(2, result.Inputs[1]);
        Assert.Equal(1.3, result.Inputs[0], 0.3);
    }

    [Fact]
    public void A_program_that_always_fails_gives_nothing() => Assert.Null(VerifiedSearch.Run(
        NewSurrogate(), new TuningGoal(0, 1, null), [null, null],
        rows => new ProgramRun(new double[rows.Length / 2], [.. Enumerable.Repeat(SampleStatus.Crashed, rows.Length / 2)], "crashed"), 1, TestContext.Current.CancellationToken));

    private static double Bowl(double x, double n) => ((x - 1.3) * (x - 1.3)) + (0.5 * (n - 7) * (n - 7)) - 1;

    private static ProgramRun Run(double[] rows) => new(
        [.. rows.Chunk(2).Select(r => Bowl(r[0], r[1]))], [.. Enumerable.Repeat(SampleStatus.Ok, rows.Length / 2)], null);

    // Fine-tuned on little, so that it is wrong at first.
    private static Surrogate NewSurrogate()
    {
        CProgram program = SmallPrograms.Program("bowl", 2, 1) with { Signature = s_signature };
        double[] rows = InputSampler.Draw(s_signature, 24, new SplitMix64(1));
        var samples = new SampleSet(2, 1, rows, Run(rows).Outputs);
        return SurrogateFineTuner.Run(
            SurrogateEmitter.Random(new NetShape(16, [16, 16]), program, 1, "1.0.0"), samples, new FineTuneOptions(), null, TestContext.Current.CancellationToken).Surrogate;
    }
}
