// One small C file per language feature: the graph computes what the native program computes.

using System.Runtime.InteropServices;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class GraphFixtureTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const int SampleCount = 1_000;

    /// <summary>Loops that only data ends, so that the graph is cut; within these ranges they end before the cut.</summary>
    private static readonly string[] Approximate = ["binary_search", "newton_until_tolerance", "population_count"];

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Graph");

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(Folder, "*.c").Select(f => Path.GetFileNameWithoutExtension(f)!).Order()];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void The_graph_agrees_with_the_native_program(string name)
    {
        CProgram program = LlvmTest.Load(File.ReadAllText(Path.Combine(Folder, name + ".c")), name + ".c");
        var diagnostics = new DiagnosticBag();
        DataflowGraph? graph = GraphBuilder.Build(program, LlvmTest.Toolchain, GraphOptions.Default, diagnostics);
        using NativeProgram? native = sandbox.Compile(program, diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(!Approximate.Contains(name), graph!.IsExact);

        double[] inputs = Samples(program.Signature);
        ProgramRun run = native!.Run(inputs, TestContext.Current.CancellationToken);
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(inputs, SampleCount);
        Assert.Equal(SampleCount, run.CountOf(SampleStatus.Ok));
        Assert.Equal(MemoryMarshal.Cast<double, long>(run.Outputs).ToArray(), MemoryMarshal.Cast<double, long>(outputs).ToArray());
    }

    [Fact]
    public void There_are_at_least_sixty_fixtures() => Assert.True(Fixtures.Count() >= 60);

    // (SampleCount, inputs), row-major, uniform over the ranges; whole numbers for integers.
    private static double[] Samples(ProgramSignature signature)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, SampleCount).SelectMany(_ => signature.Inputs.Select(input => Sample(input, random)))];
    }

    private static double Sample(InputVariable input, Random random)
    {
        var (low, high) = input.Kind == ScalarKind.Bool ? (0, 1) : (input.Range.Low, input.Range.High);
        double value = low + (random.NextDouble() * (high - low));
        return input.Kind.IsInteger() ? Math.Floor(Math.Ceiling(low) + (random.NextDouble() * (Math.Floor(high) - Math.Ceiling(low) + 1)))
            : input.Kind == ScalarKind.Float ? (float)value
            : value;
    }
}
