// Functions of one unit, lowered with one call of clang: their graphs are those of each function alone.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class SharedModuleTests
{
    [Fact]
    public void Functions_that_share_nothing_have_the_graphs_that_they_have_alone() => AssertAsAlone(
        "#include <math.h>\n"
        + "double f(double x) { return exp(-x * x) / (1 + x * x); }\n"
        + "double g(const double p[4]) { double s = 0; for (int i = 0; i < 4; i++) s += p[i] * i; return s; }\n"
        + "double h(double x) { while (x < 3) x = x * x + 1; return x; }\n");

    [Fact]
    public void Functions_that_share_a_long_helper_or_call_each_other_have_the_graphs_that_they_have_alone() => AssertAsAlone(
        "#include <math.h>\n"
        + "static double helper(double x, int n) {\n    double s = 0;\n    for (int i = 0; i < 6; i++)\n        s += n > i ? sin(x * i) : cos(x + i) / (1 + fabs(s));\n"
        + "    if (s > 1) s = sqrt(s) - x; else if (s < -1) s = exp(s) * x; else s = s * s * x + tanh(s);\n    return s;\n}\n"
        + "double f(double x) { return helper(x, 3) * helper(1 - x, 5); }\n"
        + "double g(double x, double y) { return f(x) + helper(y, 2); }\n"
        + "double h(double x) { return g(x, -x) - f(x); }\n"
        + "double i(double x) { return x * 0.5; }\n");

    [Fact]
    public void A_jump_into_a_loop_changes_nothing_for_its_neighbours() => AssertAsAlone(
        "double f(double x) {\n    int i = 0;\n    double s = 0;\n    if (x > 0) goto inside;\n    for (i = 0; i < 4; i++) {\n        s += x;\ninside:\n        s = s * 0.5 + 1;\n    }\n    return s;\n}\n"
        + "double g(double x) { double s = 0; for (int i = 0; i < 4; i++) s += x * i; return s; }\n"
        + "double h(double x) { return x > 0 ? x : -x; }\n");

    private static void AssertAsAlone(string source)
    {
        Toolchain toolchain = Toolchain.Find()!;
        var programs = ClangFrontEnd.Load("unit.c", source, FrontEndOptions.Default with { AllFunctions = true }, toolchain, new DiagnosticBag());
        Assert.True(programs.Length > 2);
        DiagnosticBag[] found = [.. programs.Select(_ => new DiagnosticBag())];
        ImmutableArray<DataflowGraph?> together = GraphBuilder.BuildEach(programs, toolchain, GraphOptions.Default, found, clang: null);
        foreach ((CProgram program, int k) in programs.Select((p, k) => (p, k)))
        {
            var alone = new DiagnosticBag();
            DataflowGraph? graph = GraphBuilder.Build(program, toolchain, GraphOptions.Default, alone);
            Assert.Equal(graph?.Nodes.AsEnumerable(), together[k]?.Nodes);
            Assert.Equal(graph?.Outputs.AsEnumerable(), together[k]?.Outputs);
            Assert.Equal(graph?.Approximations.AsEnumerable(), together[k]?.Approximations);
            Assert.Equal(alone, found[k]);
        }
    }
}
