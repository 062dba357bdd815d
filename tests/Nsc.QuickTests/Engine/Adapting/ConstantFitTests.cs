// A constant that differs from the text's is found, with an interval that holds as often as it says; what needs none is left alone.

using Nsc.Core.Dataflow;
using Nsc.Core.Sampling;
using Nsc.Engine.Adapting;

namespace Nsc.Tests.Engine.Adapting;

public sealed class ConstantFitTests
{
    // 0.5 x^2 + 3 sin(0.7 y) + 0.5 y: the number 0.5 is used twice.
    private static DataflowGraph Graph(double square = 0.5, double rate = 0.7) => Term.Graphed(2, i =>
        [((square * (i[0] * i[0])) + (3 * (rate * i[1]).Of(Opcode.Sin))) + (0.5 * i[1])]);

    private static SampleSet Rows(DataflowGraph truth, int count, double noise, ulong seed)
    {
        var random = new SplitMix64(seed);
        double[] x = [.. Enumerable.Range(0, 2 * count).Select(_ => (4 * random.NextDouble()) - 2)];
        return new SampleSet(2, 1, x, [.. new GraphEvaluator(truth).EvaluateOutputs(x, count).Select(y => y + (noise * random.NextGaussian()))]);
    }

    [Fact]
    public void Each_use_of_a_number_is_a_constant_and_all_together_are_one()
    {
        var constants = ProgramConstants.Of(Graph());
        Assert.Equal([0.5, 0.5, 0.5, 0.7, 3.0], constants.All.Select(c => c.Value).Order());
        Assert.Equal(2, constants.All.Single(c => c.Nodes.Length > 1).Nodes.Length);
        SampleSet rows = Rows(Graph(), 20, 0, 1);
        Assert.Equal(rows.Y, new GraphEvaluator(constants.Graph).EvaluateOutputs(rows.X, 20));
    }

    [Fact]
    public void The_constant_that_has_changed_is_named_with_its_value()
    {
        SampleSet rows = Rows(Graph(rate: 1.1), 12, 0.01, 2);
        FittedConstant found = Assert.Single(ConstantFit.Of(ProgramConstants.Of(Graph()), rows));
        Assert.Equal(0.7, found.Constant.Value);
        Assert.Equal(1.1, found.Value, 0.02);

        // One use of two.
        found = Assert.Single(ConstantFit.Of(ProgramConstants.Of(Graph()), Rows(Graph(square: 0.8), 12, 0.01, 3)));
        Assert.Equal((0.5, 1), (found.Constant.Value, found.Constant.Nodes.Length));
        Assert.Equal(0.8, found.Value, 0.02);
    }

    [Fact]
    public void Its_interval_holds_nineteen_times_of_twenty()
    {
        int held = 0, found = 0;
        for (ulong seed = 1; seed <= 200; seed++)
        {
            var fitted = ConstantFit.Of(ProgramConstants.Of(Graph()), Rows(Graph(rate: 1.1), 10, 0.05, seed));
            found += fitted.Length == 1 && fitted[0].Constant.Value == 0.7 ? 1 : 0;
            held += fitted.Length == 1 && fitted[0].Constant.Value == 0.7 && fitted[0].Low <= 1.1 && 1.1 <= fitted[0].High ? 1 : 0;
        }

        Assert.InRange(found, 190, 200);
        Assert.InRange((double)held / found, 0.91, 0.99);
    }

    [Fact]
    public void Where_the_program_explains_the_rows_nothing_is_changed()
    {
        Assert.Empty(ConstantFit.Of(ProgramConstants.Of(Graph()), Rows(Graph(), 20, 0, 4)));
        int changed = Enumerable.Range(1, 100).Count(seed => !ConstantFit.Of(ProgramConstants.Of(Graph()), Rows(Graph(), 20, 0.1, (ulong)seed)).IsEmpty);
        Assert.InRange(changed, 0, 4);
    }

    [Fact]
    public void Rows_that_contradict_the_program_are_told()
    {
        SampleSet rows = Rows(Graph(), 20, 0.001, 5);
        double[] y = [.. rows.Y];
        y[7] += 3;
        var measured = new SampleSet(2, 1, rows.X, y);
        Assert.Equal([7], new ProgramMean(Graph(), []).Contradictions(measured));
        Assert.Empty(new ProgramMean(Graph(), []).Contradictions(rows));
        Assert.Empty(new ProgramMean(Graph(square: 5), []).Contradictions(measured)); // It explains none.
    }
}
