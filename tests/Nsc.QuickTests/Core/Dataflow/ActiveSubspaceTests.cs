using Nsc.Core.Dataflow;
using Nsc.Tests.Training;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Core.Dataflow;

/// <summary>A value may not change along what its active subspace leaves out, and the subspace is no larger than it must be.</summary>
public class ActiveSubspaceTests
{
    [Fact]
    public void A_gradient_magnitude_of_three_inputs_depends_on_two_differences()
    {
        // hypot(2 (x - y), y - z)
        DataflowGraph graph = new(
            [
                Input(0), Input(1), Input(2), Node.Floating(2), Binary(Opcode.Subtract, 0, 1), Binary(Opcode.Multiply, 4, 3),
                Binary(Opcode.Subtract, 1, 2), Binary(Opcode.Hypotenuse, 5, 6),
            ], 3, [7], []);
        double[] basis = ActiveSubspace.Basis(graph, 7);
        Assert.Equal(6, basis.Length);
        Assert.Equal(0, basis[0] + basis[1] + basis[2], 1e-12);
        Assert.Equal(0, basis[3] + basis[4] + basis[5], 1e-12);
        Assert.Equal(0, (basis[0] * basis[3]) + (basis[1] * basis[4]) + (basis[2] * basis[5]), 1e-12);
    }

    [Fact]
    public void A_comparison_needs_only_the_difference()
    {
        DataflowGraph graph = new(
            [
                Input(0), Input(1), Node.Floating(1), Node.Floating(3),
                new(Opcode.Less, ValueKind.Boolean, 0, 1), new(Opcode.Select, ValueKind.Double, 4, 2, 3),
            ], 2, [5], []);
        Assert.Equal(2, ActiveSubspace.Basis(graph, 5).Length);
        Assert.Equal(2, ActiveSubspace.Basis(graph, 4).Length);
    }

    [Fact]
    public void An_affine_value_has_one_direction_and_a_constant_none()
    {
        DataflowGraph graph = new([Input(0), Input(1), Node.Floating(4), Binary(Opcode.Add, 0, 1), Binary(Opcode.Divide, 3, 2)], 2, [4], []);
        Assert.Equal(2, ActiveSubspace.Basis(graph, 4).Length);
        Assert.Empty(ActiveSubspace.Basis(graph, 2));
    }

    [Fact]
    public void Random_programs_do_not_change_outside_their_subspace()
    {
        int reduced = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            TrainingProgram program = SmallPrograms.Random(seed);
            int n = program.Inputs.Length, output = program.Graph.Outputs[0];
            double[] basis = ActiveSubspace.Basis(program.Graph, output);
            if (basis.Length < n * n)
            {
                reduced++;
                var random = new Random(seed);
                double[] point = program.DrawNormalisedInputs(1, random), moved = AlongComplement(point, basis, program.DrawNormalisedInputs(1, random));
                double before = Evaluate(program.Graph, point), after = Evaluate(program.Graph, moved);
                Assert.Equal(before, after, 1e-9 * Math.Max(1, Math.Abs(before)));
            }
        }

        Assert.True(reduced > 10, $"only {reduced} programs depend on fewer forms than inputs");
    }

    private static double[] AlongComplement(double[] point, double[] basis, double[] step)
    {
        double[] rest = [.. step];
        for (int start = 0; start < basis.Length; start += point.Length)
        {
            double share = Enumerable.Range(0, point.Length).Sum(i => basis[start + i] * step[i]);
            for (int i = 0; i < point.Length; i++)
            {
                rest[i] -= share * basis[start + i];
            }
        }

        return [.. point.Select((p, i) => p + rest[i])];
    }

    private static double Evaluate(DataflowGraph graph, double[] point) => new GraphEvaluator(graph).EvaluateOutputs(point, 1)[0];

    private static Node Input(int index) => Node.ForInput(index, ValueKind.Double);

    private static Node Binary(Opcode opcode, int a, int b) => new(opcode, ValueKind.Double, a, b);
}
