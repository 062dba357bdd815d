// A compiled net is held against its dataflow, which is interpreted; nothing of the program runs.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Engine.Refining;

public class RefinementTests
{
    [Fact]
    public void Points_of_the_dataflow_make_a_net_better_and_are_no_samples()
    {
        (Surrogate start, DataflowGraph graph) = Product();
        Surrogate refined = Refinement.Refine(start, graph, RefinementEffort.On(256), seed: 1);
        ErrorEstimate before = Refinement.Judge(start, graph, 1)!, after = Refinement.Judge(refined, graph, 1)!;
        Assert.InRange(after.Nmse, 0, before.Nmse / 20);
        Assert.Equal((EstimateMethod.Interpreted, Refinement.JudgedOn), (after.Method, after.Rows));
        Provenance made = refined.Provenance;
        Assert.Equal((256, 0, 0, ""), (made.Refined, made.Samples, made.Steps, made.TrainedRows));
        Assert.EndsWith("on 256 other points of its dataflow", after.ToString(), StringComparison.Ordinal);
        Assert.Equal(refined.Layers[0].Weight, Refinement.Refine(start, graph, RefinementEffort.On(256), seed: 1).Layers[0].Weight);
    }

    [Fact]
    public void Batches_of_further_points_teach_what_a_few_points_let_a_net_learn_by_heart()
    {
        // Of six inputs, of degree four.
        Node[] inputs = [.. Enumerable.Range(0, 6).Select(i => Node.ForInput(i, ValueKind.Double))];
        Node Of(Opcode opcode, int a, int b) => new(opcode, ValueKind.Double, a, b);
        var graph = new DataflowGraph([.. inputs, Of(Opcode.Multiply, 0, 1), Of(Opcode.Multiply, 2, 3), Of(Opcode.Add, 6, 7), Of(Opcode.Multiply, 4, 5), Of(Opcode.Multiply, 8, 9)], 6, [10], []);
        Surrogate start = SurrogateEmitter.Random(new NetShape(6, [16, 16]), Program(6), 1, "1.0.0");
        double Error(RefinementEffort effort) => Refinement.Judge(Refinement.Refine(start, graph, effort, seed: 1), graph, 1)!.Nmse;
        Assert.InRange(Error(RefinementEffort.On(256)), 0, 0.5 * Error(RefinementEffort.On(256) with { Rounds = 0 }));
        Assert.InRange(Refinement.Refine(start, graph, RefinementEffort.On(256), seed: 1).Provenance.Refined, 8000, 256 + 8192);
        Assert.Equal(256, Refinement.Refine(start, graph, RefinementEffort.On(256) with { Rounds = 0 }, seed: 1).Provenance.Refined);
    }

    // Eight samples have another mean and deviation than the points that it was refined on.
    [Theory]
    [InlineData(8)]
    [InlineData(100)]
    public void Before_the_first_step_of_fine_tuning_a_refined_net_says_what_it_said(int count)
    {
        (Surrogate start, DataflowGraph graph) = Product();
        Surrogate refined = Refinement.Refine(start, graph, RefinementEffort.On(256), seed: 1);
        SampleSet samples = SmallPrograms.Sample(graph, start.Signature, count, 5), test = SmallPrograms.Sample(graph, start.Signature, 100, 6);
        Surrogate tuned = SurrogateFineTuner.Run(refined, samples, new FineTuneOptions(Steps: 0, Optimizer: Optimizer.Lm), null, TestContext.Current.CancellationToken).Surrogate;
        Assert.NotEqual(refined.OutputMean, tuned.OutputMean);
        double scale = ErrorMetrics.Scale(test, 0);
        Assert.All(new SurrogateEvaluator(refined).Evaluate(test.X).Zip(new SurrogateEvaluator(tuned).Evaluate(test.X)), p => Assert.Equal(p.First, p.Second, 1e-5 * scale));
    }

    [Fact]
    public void The_estimate_holds_on_the_program_itself()
    {
        (Surrogate start, DataflowGraph graph) = Product();
        Surrogate refined = Refinement.Refine(start, graph, RefinementEffort.On(128), seed: 2);
        ErrorEstimate estimate = Refinement.Judge(refined, graph, 2)!;
        SampleSet test = SmallPrograms.Sample(graph, start.Signature, 4096, 99);
        Assert.InRange(ErrorMetrics.Measure(test, new SurrogateEvaluator(refined).Evaluate(test.X)).Nmse, estimate.Low, estimate.High);
    }

    [Fact]
    public void Points_without_a_number_are_left_out()
    {
        // sqrt(x) over [-1, 1]: NaN on half of it.
        var graph = new DataflowGraph([Node.ForInput(0, ValueKind.Double), new Node(Opcode.SquareRoot, ValueKind.Double, 0)], 1, [1], []);
        CProgram program = Program(1);
        Surrogate start = SurrogateEmitter.Random(new NetShape(1, [8, 8]), program, 1, "1.0.0");
        Surrogate refined = Refinement.Refine(start, graph, RefinementEffort.On(400), seed: 1);
        Assert.Equal(400, refined.Provenance.Refined); // Of some 700 that have one.
        Assert.InRange(Refinement.Judge(refined, graph, 1)!.Nmse, 0, 0.05);
    }

    [Fact]
    public void Where_no_point_has_a_number_the_net_stays_as_it_is()
    {
        var graph = new DataflowGraph([Node.ForInput(0, ValueKind.Double), Node.Floating(-4), new Node(Opcode.SquareRoot, ValueKind.Double, 1)], 1, [2], []);
        Surrogate start = SurrogateEmitter.Random(new NetShape(1, [8, 8]), Program(1), 1, "1.0.0");
        Assert.Same(start, Refinement.Refine(start, graph, RefinementEffort.On(400), seed: 1));
        Assert.Null(Refinement.Judge(start, graph, 1));
    }

    [Fact]
    public void The_last_layer_is_the_best_one_for_the_layers_before_it()
    {
        (Surrogate start, DataflowGraph graph) = Product();
        SampleSet rows = SmallPrograms.Sample(graph, start.Signature, 512, 7);
        Surrogate fitted = LastLayer.Fit(start, rows);
        double best = Error(fitted);
        Assert.InRange(best, 0, 0.5 * Error(start));
        Assert.Equal(start.Layers[1].Weight, fitted.Layers[1].Weight);
        Layer last = fitted.Layers[^1];
        for (int j = 0; j < last.Weight.Length; j++)
        {
            foreach (float step in new[] { -0.02f, 0.02f })
            {
                Assert.True(Error(fitted with { Layers = fitted.Layers.SetItem(2, last with { Weight = last.Weight.SetItem(j, last.Weight[j] + step) }) }) > best * (1 - 1e-6));
            }
        }

        Assert.Same(start, LastLayer.Fit(start, rows.Slice(0, 32)));

        double Error(Surrogate surrogate) => ErrorMetrics.Measure(rows, new SurrogateEvaluator(surrogate).Evaluate(rows.X)).Nmse;
    }

    private static (Surrogate Start, DataflowGraph Graph) Product()
    {
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        return (SurrogateEmitter.Random(new NetShape(program.Signature.Inputs.Length, [8, 8]), program, 1, "1.0.0"), graph);
    }

    private static CProgram Program(int inputs) => new("f.c", "", "", new ProgramSignature(
        "f", "double f(double x)", [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, Interval.Default))],
        ImmutableArray.Create(new OutputVariable("return", ScalarKind.Double))));
}
