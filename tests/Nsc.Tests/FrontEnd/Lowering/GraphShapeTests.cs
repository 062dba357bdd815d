// What graphs look like: small, in the program's own terms, without traces of the entry or of unrolling.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class GraphShapeTests
{
    [Fact]
    public void Inputs_have_the_kinds_of_the_signature()
    {
        DataflowGraph graph = LlvmTest.Build("double f(int a, float b, unsigned char c, double d, _Bool e) { return a * b + c * d + (e ? 1.5 : d); }");
        Assert.Equal(
            [ValueKind.Int32, ValueKind.Float, ValueKind.Int8, ValueKind.Double, ValueKind.Boolean],
            graph.Nodes.Where(n => n.Opcode == Opcode.Input).OrderBy(n => n.A).Select(n => n.Kind));
    }

    [Fact]
    public void A_float_program_has_no_conversions() =>
        Assert.Equal([Opcode.Multiply, Opcode.Add], LlvmTest.Opcodes(LlvmTest.Build("float f(float x, float y) { return x * y + 0.3f; }")));

    [Fact]
    public void An_integer_program_has_no_conversions() =>
        Assert.Equal([Opcode.Multiply, Opcode.Add], LlvmTest.Opcodes(LlvmTest.Build("int f(int x, int y) { return x * y + 3; }")));

    [Fact]
    public void An_input_without_effect_has_no_node()
    {
        DataflowGraph graph = LlvmTest.Build("double f(double x, double y) { double unused = y * 2; return x + (0 > 1 ? unused : 1); }");
        Assert.Equal(2, graph.InputCount);
        Assert.Single(graph.Nodes, n => n.Opcode == Opcode.Input);
    }

    [Fact]
    public void An_if_becomes_a_select() => Assert.Equal(
        [Opcode.Add, Opcode.Multiply, Opcode.Less, Opcode.Select],
        LlvmTest.Opcodes(LlvmTest.Build("double f(double x, double y) { double r; if (x < 0.5) r = x + 2; else r = y * 3; return r; }")).Order());

    [Fact]
    public void Paths_that_meet_leave_no_trace_of_their_condition()
    {
        DataflowGraph graph = LlvmTest.Build("""
            double f(double x, double y) {
                double r = 0;
                if (x > 0) { if (y > 0) r = x * 2; else r = y * 3; } else { r = 5; }
                if (y > 0.5) r += 1;
                return r;
            }
            """);
        Assert.DoesNotContain(LlvmTest.Opcodes(graph), o => o is Opcode.And or Opcode.Or or Opcode.Not);
    }

    [Theory]
    [InlineData("x < y ? x : y", Opcode.Minimum)]
    [InlineData("x > y ? x : y", Opcode.Maximum)]
    [InlineData("x < 0 ? -x : x", Opcode.Absolute)]
    public void A_conditional_idiom_is_one_operation_of_the_canonical_graph(string expression, Opcode opcode) =>
        Assert.Equal([opcode], LlvmTest.Opcodes(LlvmTest.Build($"double f(double x, double y) {{ return {expression} + 0 * y; }}").Canonical()));

    [Theory]
    [InlineData("0.0 + x")]
    [InlineData("x * 1 - 0.0")]
    [InlineData("-(-x) + (y - y)")]
    [InlineData("x + 0 * y")]
    [InlineData("!(x < y) ? x : x")]
    public void What_real_numbers_make_of_no_effect_is_not_in_the_canonical_graph(string expression) =>
        Assert.Empty(LlvmTest.Opcodes(LlvmTest.Build($"double f(double x, double y) {{ return {expression}; }}").Canonical()));

    [Theory]
    [InlineData("fma(x, y, 0.5)", new[] { Opcode.Multiply, Opcode.Add })]
    [InlineData("remainder(x, y)", new[] { Opcode.Divide, Opcode.RoundToEven, Opcode.Multiply, Opcode.Subtract })]
    [InlineData("ldexp(x, 3 * (y > 0))", new[] { Opcode.Less, Opcode.Select, Opcode.Exp2, Opcode.Multiply })]
    [InlineData("pow(10, x)", new[] { Opcode.Power })]
    [InlineData("signbit(x) ? 2 * y : y", new[] { Opcode.Less, Opcode.Add, Opcode.Select })]
    public void What_CompNet_has_no_opcode_for_is_said_in_others(string expression, Opcode[] expected)
    {
        DataflowGraph canonical = LlvmTest.Build($"#include <math.h>\ndouble f(double x, double y) {{ return {expression}; }}").Canonical();
        Assert.All(canonical.Nodes, n => Assert.True(n.Opcode.Row().IsCanonical));
        Assert.Subset(LlvmTest.Opcodes(canonical).ToHashSet(), expected.Where(o => o is not (Opcode.Add or Opcode.Select)).ToHashSet());
    }

    [Fact]
    public void Paths_that_meet_merge_only_what_they_changed_of_a_large_array()
    {
        DataflowGraph graph = LlvmTest.Build("""
            double f(double x) { double a[4096]; for (int i = 0; i < 4096; i++) a[i] = i; for (int i = 0; i < 300; i++) if (x > i) a[i] = x * i; return a[8] + a[299] + a[4000]; }
            """);
        Assert.Equal(8.5 * 8 + 299 + 4000, LlvmTest.Evaluate(graph, 8.5));
    }

    [Fact]
    public void A_large_array_moved_onto_itself_is_moved_piece_by_piece()
    {
        DataflowGraph graph = LlvmTest.Build("""
            #include <string.h>
            #pragma nsc input(x, 0, 100)
            int f(int x) { char a[32800]; memset(a, 3, sizeof a); a[7] = x; memmove(a + 1, a, 32768); return a[8] * 1000 + a[7] + a[32768]; }
            """);
        Assert.Equal(17 * 1000 + 3 + 3, LlvmTest.Evaluate(graph, 17));
    }

    [Fact]
    public void A_constant_loop_unrolls_without_counters()
    {
        DataflowGraph graph = LlvmTest.Build("double f(double x) { double s = x; for (int i = 0; i < 100; i++) s = s * x + 1; return s; }");
        Assert.True(graph.IsExact);
        Assert.Equal(200, LlvmTest.Opcodes(graph).Count());
    }

    [Fact]
    public void A_loop_that_data_ends_is_cut_at_the_bound_with_a_reason_that_names_its_line()
    {
        const string Source = "double f(double x) {\n    double s = 0;\n    while (s < x * 1e9)\n        s = s * 2 + 1;\n    return s;\n}\n";
        DataflowGraph graph = LlvmTest.Build(Source, new GraphOptions(MaxIterations: 5));
        Assert.Equal(["the loop at line 3 is cut after 5 iterations"], graph.Approximations);
        Assert.Equal(31, LlvmTest.Evaluate(graph, 1.0));
        Assert.Equal(7, LlvmTest.Evaluate(graph, 4e-9));
    }

    [Fact]
    public void A_counter_may_end_a_loop_past_the_bound() => Assert.True(LlvmTest.Build(
        "double f(double x) { double s = 0; for (int i = 0; i < 10; i++) { s += x; if (s > 3) break; } return s; }",
        new GraphOptions(MaxIterations: 5)).IsExact);

    [Fact]
    public void An_input_range_bounds_a_loop() => Assert.True(LlvmTest.Build(
        "#pragma nsc input(n, 0, 9)\ndouble f(int n, double x) { double s = 1; for (int i = 0; i < n; i++) s *= x; return s; }").IsExact);

    [Fact]
    public void Nodes_are_in_topological_order_and_each_is_used()
    {
        DataflowGraph graph = LlvmTest.Build("double f(double x, double y) { return x > 0 ? x * y + 1 : y / 3; }");
        var used = graph.Outputs.ToHashSet();
        for (int i = 0; i < graph.Nodes.Length; i++)
        {
            for (int k = 0; k < graph.Nodes[i].Arity; k++)
            {
                Assert.InRange(graph.Nodes[i].Operand(k), 0, i - 1);
                used.Add(graph.Nodes[i].Operand(k));
            }
        }

        Assert.Equal(graph.Nodes.Length, used.Count);
        Assert.Equal(graph.Nodes.Length, graph.Nodes.Distinct().Count());
    }

    [Fact]
    public void A_batch_gives_each_function_its_graph_in_order()
    {
        string source = string.Concat(Enumerable.Range(0, 20).Select(i => $"double f{i}(double x) {{ return x * {i} + 100; }}\n"));
        var diagnostics = new DiagnosticBag();
        FrontEndOptions options = FrontEndOptions.Default with { AllFunctions = true };
        var programs = ClangFrontEnd.Load("batch.c", source, options, LlvmTest.Toolchain, diagnostics);
        var graphs = GraphBuilder.BuildBatch(programs, LlvmTest.Toolchain, GraphOptions.Default, diagnostics);
        Assert.Empty(diagnostics);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => 100.0 + (2 * i)), graphs.Select(g => LlvmTest.Evaluate(g!, 2)));
    }

    [Fact]
    public void A_refused_function_leaves_the_rest_of_its_batch_intact()
    {
        const string Source = "double f(double x) { for (;;) x = x * x + 1; }\ndouble g(double x) { return x + 1; }\n";
        CProgram[] programs = [.. new[] { "f", "g" }.Select(name =>
            LlvmTest.Unchecked(Source) is var p
                ? p with { EntryName = "entry_" + name, EntrySource = $"void entry_{name}(const double *in, double *out) {{ out[0] = {name}(in[0]); }}" }
                : p)];
        var diagnostics = new DiagnosticBag();
        var graphs = GraphBuilder.BuildBatch(programs, LlvmTest.Toolchain, GraphOptions.Default, diagnostics);
        Assert.Null(graphs[0]);
        Assert.NotNull(graphs[1]);
        Assert.Single(diagnostics);
    }
}
