// A graph that says exact has the bits of the native program, for NaN, infinities and zeros of both signs too.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator;
using Nsc.Corpus.Generator.Drafting;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sampling;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class ExactGraphTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "Exact");

    public static TheoryData<string> Fixtures => [.. Directory.GetFiles(Folder, "*.c").Select(f => Path.GetFileName(f)!).Order()];

    public static TheoryData<string> Idioms => ["astronomy.c", "control.c", "finance.c", "games.c", "geometry.c", "graphics.c", "signal.c", "statistics.c"];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_function_of_a_file_of_hard_cases_has_an_exact_graph_with_the_bits_of_the_program(string name)
    {
        var compared = NativeAgreement.Of(File.ReadAllText(Path.Combine(Folder, name)), sandbox, count: 300);
        Assert.DoesNotContain(compared, c => c.IsWrong);
        Assert.All(compared, c => Assert.True(c.Graph is { IsExact: true } && c.Agreement is { Compared: > 0 }, c.Program.Signature.Function));
    }

    [Theory]
    [MemberData(nameof(Idioms))]
    public void An_idiom_s_graph_that_says_exact_is_exact(string name)
    {
        string source = File.ReadAllText(Repository.At("data/idioms/" + name));
        int function = 0;
        var compared = NativeAgreement.Of(source, sandbox, count: 100, _ => function++ % 3 == 0);
        Assert.DoesNotContain(compared, c => c.IsWrong);
        Assert.True(compared.Count(c => c.Agreement is { Compared: > 0 }) >= 4);
    }

    [Fact]
    public void Generated_training_programs_have_exact_graphs()
    {
        var compared = NativeAgreement.Of(new ProgramGenerator(new GeneratorOptions()).Unit(seed: 13, functions: 60).Source, sandbox, count: 60);
        Assert.DoesNotContain(compared, c => c.IsWrong);
        Assert.True(compared.Count(c => c.Agreement is { Compared: > 0 }) >= 40);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_programs_have_exact_graphs(int seed)
    {
        var compared = NativeAgreement.Of(RandomPrograms.Unit(seed, functions: 60), sandbox, count: 40);
        Assert.DoesNotContain(compared, c => c.IsWrong);
        Assert.True(compared.Count(c => c.Agreement is { Compared: > 0 }) >= 45);
    }

    [Fact]
    public void Programs_of_csmith_have_exact_graphs()
    {
        string[] units = Csmith.Units(firstSeed: 1, count: 3);
        var compared = units.SelectMany(unit => NativeAgreement.Of(unit, sandbox, count: 40, range: new Interval(-100_000, 100_000))).ToList();
        Assert.DoesNotContain(compared, c => c.IsWrong);
        Assert.True(!Csmith.IsInstalled || compared.Exists(c => c.Agreement is { Compared: > 0 }));
    }

    [Theory]
    [InlineData("double f(double x) { double s = 0; for (int i = 0; i < 5; i++) s += pow(x, i) / (i + 1); return s; }")]
    [InlineData("double f(double x) { double s = 0; for (int i = 1; i < 12; i++) s += pow(i, x); return s; }")]
    public void A_power_that_unrolling_makes_a_product_says_approximate(string function)
    {
        DataflowGraph graph = LlvmTest.Build("#include <math.h>\n" + function);
        Assert.Contains("pow() at line 2", Assert.Single(graph.Approximations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#pragma STDC FP_CONTRACT ON\ndouble f(double x, double y) { return x * y + 0.1; }")]
    [InlineData("double f(double x) {\n#pragma clang fp reassociate(on)\n return (x + 1e16) - 1e16; }")]
    [InlineData("double f(double x) { _Pragma(\"clang fp reassociate(on)\") return (x + 1e16) - 1e16; }")]
    public void A_pragma_that_loosens_arithmetic_is_left_out_with_a_note_and_the_graph_is_exact(string source)
    {
        var diagnostics = new DiagnosticBag();
        CProgram program = ClangFrontEnd.Load("f.c", source, FrontEndOptions.Default, sandbox.Toolchain, diagnostics).Single();
        Assert.Equal("arithmetic-pragma", Assert.Single(diagnostics).Id);
        DataflowGraph graph = GraphBuilder.Build(program, sandbox.Toolchain, GraphOptions.Default, diagnostics)!;
        Assert.True(graph.IsExact);
        Assert.Equal(0, GraphCheck.Run(program, graph, sandbox.Toolchain, 200, seed: 1, diagnostics)!.Disagreeing);
    }

    [Fact]
    public void A_wrong_graph_is_found_with_its_worst_input()
    {
        CProgram program = LlvmTest.Load("#pragma nsc input(x, 0, 8)\ndouble f(double x) { double m = 4503599627370496.0; return (x + m) - m; }");
        var wrong = new DataflowGraph([Node.ForInput(0, ValueKind.Double)], 1, [0], []);
        GraphAgreement agreement = GraphCheck.Run(program, wrong, sandbox.Toolchain, 100, seed: 1, new DiagnosticBag())!;
        Assert.True(agreement.Refutes(wrong));
        Assert.False(agreement.Refutes(wrong with { Approximations = ["it is said"] }));
        Assert.True(agreement.Disagreeing >= 100);
        Disagreement worst = agreement.Worst!;
        Assert.Equal(worst.Inputs[0], worst.Graph);
        Assert.Equal((worst.Inputs[0] + 4503599627370496.0) - 4503599627370496.0, worst.Native);
    }

    [Fact]
    public void Inputs_on_which_C_leaves_the_answer_open_are_left_out_and_counted()
    {
        CProgram program = LlvmTest.Load("#include <math.h>\n#pragma nsc input(x, -9, 9)\nint f(double x, double y) { return (int)x + 100 / (int)(9 * y) + (signbit(fmin(x, y)) != 0); }");
        DataflowGraph graph = GraphBuilder.Build(program, sandbox.Toolchain, GraphOptions.Default, new DiagnosticBag())!;
        GraphAgreement agreement = GraphCheck.Run(program, graph, sandbox.Toolchain, 200, seed: 1, new DiagnosticBag())!;
        Assert.True(agreement is { Undefined: > 20, Compared: > 150, Disagreeing: 0, Failed: 0 }, agreement.ToString());
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_canonical_graph_says_what_CompNet_knows_and_is_its_own_canonical_form(string name)
    {
        foreach (Comparison compared in NativeAgreement.Of(File.ReadAllText(Path.Combine(Folder, name)), sandbox, count: 1))
        {
            DataflowGraph canonical = compared.Graph!.Canonical();
            Assert.All(canonical.Nodes, n => Assert.True(n.Opcode.Row().IsCanonical));
            Assert.True(canonical.Nodes.SequenceEqual(canonical.Canonical().Nodes), compared.Program.Signature.Function);
        }
    }
}
