// Compiling the functions of a file together saves time, and must change nothing else.

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd.Execution;

[Trait("speed", "slow")]
public class ProgramSetTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    // A helper and a constant call of libm that several functions share, a static function, a loop, integers, two outputs.
    private const string Source = """
        #include <math.h>
        static double scaled(double x, double by) { return by * sinf(0.7f) * x + exp2(x / (1 + by)); }
        static double once(double x) { return scaled(x, 3); }
        double both(double x, double y) { return scaled(x, 3) - scaled(y, -0.5) + once(y); }
        double clipped(double x) { return x > 0.5 ? once(x) : floor(4 * x); }
        double series(double x) { double s = 0, t = 1; for (int i = 1; i < 12; i++) { t *= x / i; s += scaled(t, i); } return s; }
        void split(double x, int k, double *low, double *high) { *low = scaled(x, k); *high = pow(2, k) / (2 + x); }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("data/parrot/sobel.c")]
    [InlineData("data/idioms/signal.c")]
    public void Programs_compiled_together_have_the_graph_and_the_samples_that_each_has_alone(string? file)
    {
        var programs = Load(file is null ? Source : File.ReadAllText(Repository.At(file)));
        using var unit = new ProgramSet(programs, sandbox.Toolchain);
        DiagnosticBag[] found = [.. programs.Select(_ => new DiagnosticBag())];
        var graphs = unit.Lower(new GraphOptions(), found);
        Assert.All(programs, (program, i) =>
        {
            var (alone, together) = (new DiagnosticBag(), found[i]);
            Assert.Equal(Describe(GraphBuilder.Build(program, sandbox.Toolchain, new GraphOptions(), alone)), Describe(graphs[i]));
            using NativeProgram? own = sandbox.Compile(program, alone, SandboxLimits.Default), shared = unit.Open(program, together);
            double[] inputs = InputSampler.Draw(program.Signature, 300, new SplitMix64(5));
            ProgramRun expected = own!.Run(inputs, Cancellation), run = shared!.Run(inputs, Cancellation);
            Assert.Equal(MemoryMarshal.Cast<double, long>(expected.Outputs).ToArray(), MemoryMarshal.Cast<double, long>(run.Outputs).ToArray());
            Assert.Equal(expected.Statuses, run.Statuses);
            Assert.Equal(alone, together);
        });
    }

    [Fact]
    public void A_program_that_breaks_the_unit_leaves_the_others_theirs_and_has_the_errors_that_it_has_alone()
    {
        var programs = Load("double good(double x) { return 2 * x; }\ndouble bad(double x) { return 3 * x; }");
        CProgram bad = programs[1] with { EntrySource = "void nsc_entry_bad(const double *in, double *out) { out[0] = in; }" };
        using var unit = new ProgramSet([programs[0], bad], sandbox.Toolchain);
        var (alone, together, none) = (new DiagnosticBag(), new DiagnosticBag(), new DiagnosticBag());
        var graphs = unit.Lower(new GraphOptions(), [none, together]);
        Assert.Null(GraphBuilder.Build(bad, sandbox.Toolchain, new GraphOptions(), alone));
        Assert.Null(sandbox.Compile(bad, alone));
        Assert.Null(graphs[1]);
        Assert.Null(unit.Open(bad, together));
        Assert.True(together.HasErrors);
        Assert.Equal(alone, together);

        Assert.NotNull(graphs[0]);
        using NativeProgram? good = unit.Open(programs[0], none);
        Assert.Equal([1.0], good!.Run([0.5], Cancellation).Outputs);
        Assert.Empty(none);
    }

    [Fact]
    public void Only_programs_of_one_source_with_distinct_entries_go_together()
    {
        CProgram Of(string source, string entry) => Sandbox.Program(source) with { EntryName = entry };
        CProgram[] programs = [Of("one", "a"), Of("two", "a"), Of("one", "b"), Of("one", "a"), Of("two", "b")];
        Assert.Equal((int[][])[[0, 2], [3], [1, 4]], ProgramSet.Together(programs));
    }

    private ImmutableArray<CProgram> Load(string source)
    {
        var diagnostics = new DiagnosticBag();
        var programs = ClangFrontEnd.Load("prog.c", source, FrontEndOptions.Default with { AllFunctions = true }, sandbox.Toolchain, diagnostics);
        Assert.False(diagnostics.HasErrors);
        Assert.NotEmpty(programs);
        return programs;
    }

    private static string Describe(DataflowGraph? graph) =>
        $"{string.Join('\n', graph!.Nodes)}\n{string.Join(' ', graph.Outputs)}\n{string.Join('\n', graph.Approximations)}";
}
