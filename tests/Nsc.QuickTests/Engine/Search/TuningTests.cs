using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Search;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.Search;

public class TuningTests
{
    private static readonly ProgramSignature s_signature = new(
        "bowl", "double bowl(double x, int n)",
        [new InputVariable("x", ScalarKind.Double, new Interval(-2, 4)), new InputVariable("n", ScalarKind.Int32, new Interval(0, 10))],
        [new OutputVariable("return", ScalarKind.Double), new OutputVariable("sum", ScalarKind.Double)]);

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

    public static TheoryData<TuningGoal, double?, int?, double> Goals => new()
    {
        { TuningGoal.Of(0, WishKind.Small), 1.3, 7, -1 }, // the bottom of the bowl
        { TuningGoal.Of(0, WishKind.Large), -2, 0, (3.3 * 3.3) + 24.5 - 1 },
        { TuningGoal.Of(0, WishKind.Value, 4, 1e-6), null, null, 4 }, // somewhere on its wall
        { new([new(0, WishKind.Large, 0, 1), new(1, WishKind.AtMost, 2, 1)]), -2, 0, (3.3 * 3.3) + 24.5 - 1 },
        { new([new(0, WishKind.Small, 0, 1), new(1, WishKind.AtLeast, 13.5, 1)]), 3.5, 10, (2.2 * 2.2) + 4.5 - 1 },
    };

    [Theory]
    [MemberData(nameof(Goals))]
    public void The_dataflow_finds_what_is_wanted_and_the_program_says_so(TuningGoal goal, double? x, int? n, double value)
    {
        TuningResult result = Search(goal, Graph(isExact: true), 20)!;
        Assert.Equal((Proposer.Dataflow, true), (result.Proposer, result.Agrees));
        Assert.InRange(result.ProgramCalls, 1, 8);
        Assert.Equal(Outputs(result.Inputs[0], result.Inputs[1]), result.Outputs);
        Assert.Equal(value, result.Outputs[0], 1e-5);
        Assert.True(x is null || Math.Abs(result.Inputs[0] - x.Value) < 1e-3, $"x = {result.Inputs[0]}");
        Assert.True(n is null || result.Inputs[1] == n, $"n = {result.Inputs[1]}");
    }

    [Theory]
    [MemberData(nameof(Goals))]
    public void Without_a_dataflow_the_programs_answers_lead_there(TuningGoal goal, double? x, int? n, double value)
    {
        TuningResult result = Search(goal, null, 60)!;
        Assert.Equal((Proposer.Surrogate, null), (result.Proposer, result.Agrees));
        Assert.InRange(result.ProgramCalls, 1, 60);
        Assert.Equal(Outputs(result.Inputs[0], result.Inputs[1]), result.Outputs);
        Assert.Equal(value, result.Outputs[0], 0.02);
        Assert.True(n is null || result.Inputs[1] == n, $"n = {result.Inputs[1]}");
        Assert.True(x is null || Math.Abs(result.Inputs[0] - x.Value) < 0.1, $"x = {result.Inputs[0]}");
        Assert.Equal(result.Course.Select(s => s.Merit).OrderDescending(), result.Course.Select(s => s.Merit));
    }

    [Fact]
    public void A_dataflow_that_says_exact_and_is_not_is_found_out()
    {
        TuningResult result = Search(TuningGoal.Of(0, WishKind.Small), Graph(isExact: true, offset: 0.5), 60)!;
        Assert.False(result.Agrees);
        Assert.Equal(-1, result.Outputs[0], 1e-3);
    }

    [Fact]
    public void An_approximate_dataflow_is_the_mean_of_what_is_learned()
    {
        TuningResult result = Search(TuningGoal.Of(0, WishKind.Small), Graph(isExact: false, offset: 0.5), 25)!;
        Assert.Equal((Proposer.ApproximateDataflow, null), (result.Proposer, result.Agrees));
        Assert.Equal(-1, result.Outputs[0], 1e-3);
    }

    [Fact]
    public void What_is_fixed_stays()
    {
        foreach (DataflowGraph? graph in (DataflowGraph?[])[Graph(isExact: true), null])
        {
            TuningResult result = Search(TuningGoal.Of(0, WishKind.Small), graph, 40, kept: [null, 2])!;
            Assert.Equal(2, result.Inputs[1]);
            Assert.Equal(1.3, result.Inputs[0], 0.02);
        }
    }

    [Fact]
    public void Samples_that_are_there_cost_no_call()
    {
        double[] rows = InputSampler.Draw(s_signature, 24, new SplitMix64(1));
        var known = new SampleSet(2, 2, rows, Run(rows).Outputs);
        TuningResult result = Search(TuningGoal.Of(0, WishKind.Small), null, 12, known)!;
        Assert.InRange(result.ProgramCalls, 1, 12);
        Assert.Equal(-1, result.Outputs[0], 0.05);
    }

    [Fact]
    public void A_program_that_always_fails_gives_nothing() => Assert.Null(Search(
        TuningGoal.Of(0, WishKind.Small), null, 20, program: rows => new ProgramRun(new double[rows.Length], [.. Enumerable.Repeat(SampleStatus.Crashed, rows.Length / 2)], "crashed")));

    [Fact]
    public void The_same_seed_asks_the_same_rows()
    {
        List<double> Asked()
        {
            var asked = new List<double>();
            Search(TuningGoal.Of(0, WishKind.Small), null, 30, program: rows =>
            {
                asked.AddRange(rows);
                return Run(rows);
            });
            return asked;
        }

        Assert.Equal(Asked(), Asked());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Observed_rows_give_back_the_input_that_was_not_observed(bool seesDataflow)
    {
        // x is sought, n and the first output were observed.
        double[] rows = [.. Enumerable.Range(0, 11).SelectMany(n => (double[])[2.25, n])];
        var observed = new SampleSet(2, 2, [.. rows.Select((v, i) => i % 2 == 0 ? 0 : v)], Run(rows).Outputs);
        var problem = new CalibrationProblem(s_signature, [null, null], [true, false], observed, [1], [1, 1]);
        TuningResult result = new VerifiedSearch(NewSurrogate(), seesDataflow ? Graph(isExact: true) : null, Run)
            .Run(problem, null, 11 * 30, _ => false, 1, TestContext.Current.CancellationToken)!;
        Assert.Equal(2.25, result.Inputs[0], seesDataflow ? 1e-4 : 0.05);
        Assert.InRange(result.ProgramCalls, 11, 330);
        Assert.Equal(22, result.Outputs.Length);
    }

    private static double Bowl(double x, double n) => ((x - 1.3) * (x - 1.3)) + (0.5 * (n - 7) * (n - 7)) - 1;

    private static double[] Outputs(double x, double n) => [Bowl(x, n), x + n];

    private static ProgramRun Run(double[] rows) => new(
        [.. rows.Chunk(2).SelectMany(r => Outputs(r[0], r[1]))], [.. Enumerable.Repeat(SampleStatus.Ok, rows.Length / 2)], null);

    private static TuningResult? Search(TuningGoal goal, DataflowGraph? graph, int calls, SampleSet? known = null, double?[]? kept = null, Func<double[], ProgramRun>? program = null) =>
        new VerifiedSearch(NewSurrogate(), graph, program ?? Run).Run(
            new GoalProblem(s_signature, goal, kept ?? [null, null]), known, calls, goal.IsDone, 1, TestContext.Current.CancellationToken);

    // The bowl, which an offset in the input makes another one.
    private static DataflowGraph Graph(bool isExact, double offset = 0) => Term.Graphed(2, i =>
    {
        (Term x, Term n) = (i[0] + (offset - 1.3), i[1] + -7);
        return [((x * x) + (0.5 * (n * n))) + -1, i[0] + i[1]];
    }) with { Approximations = isExact ? [] : ["for a test"] };

    // Fine-tuned on little, so that it is wrong at first.
    private static Surrogate NewSurrogate()
    {
        CProgram program = SmallPrograms.Program("bowl", 2, 2) with { Signature = s_signature };
        double[] rows = InputSampler.Draw(s_signature, 24, new SplitMix64(1));
        var samples = new SampleSet(2, 2, rows, Run(rows).Outputs);
        return SurrogateFineTuner.Run(
            SurrogateEmitter.Random(new NetShape(16, [16, 16]), program, 1, "1.0.0"), samples, new FineTuneOptions(), null, TestContext.Current.CancellationToken).Surrogate;
    }
}
