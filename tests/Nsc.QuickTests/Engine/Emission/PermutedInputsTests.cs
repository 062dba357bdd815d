// The order of a function's parameters says nothing of what it computes, and an emitted net does not depend on it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Tests.Engine.Emission;

public class PermutedInputsTests
{
    private static readonly ManagedCompNet s_net = new(CompNetCheckpoint.Load(Repository.At("models/compnet.safetensors")));

    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    [InlineData(128)]
    public void Permuted_parameters_permute_the_columns_and_nothing_else(int inputs)
    {
        int[] place = [.. Enumerable.Range(0, inputs)];
        new Random(inputs).Shuffle(place);
        Surrogate before = Emit([.. Enumerable.Range(0, inputs)]), after = Emit(place);
        Assert.Equal((before.OutputMean[0], before.OutputDeviation[0]), (after.OutputMean[0], after.OutputDeviation[0]));
        Assert.Equal(before.Layers[0].Bias, after.Layers[0].Bias);
        Assert.All(Enumerable.Range(1, 2), l => Assert.Equal(before.Layers[l].Weight, after.Layers[l].Weight));
        for (int i = 0; i < inputs; i++)
        {
            Assert.Equal(Column(before, i), Column(after, place[i]));
        }

        // Input 0 weighs most, and the last ones hardly anything.
        Assert.Contains(Column(before, 0), w => w != 0);
        Assert.Equal(inputs <= 16, Column(before, inputs - 1).Any(w => w != 0));
    }

    private static float[] Column(Surrogate surrogate, int input) => [.. surrogate.Layers[0].Weight.Where((_, i) => i % surrogate.Topology.Inputs == input)];

    // sin(x0 x1 + x2) + x1 / 2 + x2 / 4 + ..., where number i of the inputs is parameter place[i].
    private static Surrogate Emit(int[] place)
    {
        var graph = new ValueGraph();
        int[] x = [.. place.Select(p => graph.Input(p, ValueKind.Double, default))];
        int sum = Apply(Opcode.Sin, Apply(Opcode.Add, Apply(Opcode.Multiply, x[0], x[1]), x[2]));
        for (int i = 1; i < x.Length; i++)
        {
            sum = Apply(Opcode.Add, sum, Apply(Opcode.Multiply, x[i], graph.Floating(Math.ScaleB(1, -i))));
        }

        var (nodes, outputs, _) = graph.Extract([sum]);
        var names = new string[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            names[place[i]] = $"x{i}";
        }

        var program = new CProgram("f.c", "", "", new ProgramSignature(
            "f", "double f(void)", [.. names.Select(n => new InputVariable(n, ScalarKind.Double, new Interval(-1, 1)))],
            ImmutableArray.Create(new OutputVariable("return", ScalarKind.Double))));
        return SurrogateEmitter.Emit(s_net, program, new DataflowGraph(nodes, x.Length, outputs, []), "", "", "");

        int Apply(Opcode opcode, int a, int b = -1) => graph.Apply(opcode, ValueKind.Double, a, b);
    }
}
