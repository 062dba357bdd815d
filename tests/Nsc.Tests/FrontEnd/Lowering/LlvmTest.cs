// What the lowering tests share: C text to a graph, through the real front end.

using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.FrontEnd.Lowering;

internal static class LlvmTest
{
    public static readonly Toolchain Toolchain = Toolchain.Find() ?? throw new InvalidOperationException("clang is not installed");

    /// <summary>The one program of a C text that the front end accepts.</summary>
    public static CProgram Load(string source, string path = "prog.c")
    {
        var diagnostics = new DiagnosticBag();
        var programs = ClangFrontEnd.Load(path, source, FrontEndOptions.Default, Toolchain, diagnostics);
        Assert.DoesNotContain(diagnostics, d => d.Severity != Severity.Note);
        return Assert.Single(programs);
    }

    /// <summary>The graph of a C text without errors.</summary>
    public static DataflowGraph Build(string source, GraphOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        DataflowGraph? graph = GraphBuilder.Build(Load(source), Toolchain, options ?? GraphOptions.Default, diagnostics);
        Assert.Empty(diagnostics);
        return graph!;
    }

    /// <summary>The errors of a C text that the front end accepts and the lowering refuses.</summary>
    public static IReadOnlyList<Diagnostic> Refuse(CProgram program, GraphOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        Assert.Null(GraphBuilder.Build(program, Toolchain, options ?? GraphOptions.Default, diagnostics));
        Assert.True(diagnostics.HasErrors);
        return [.. diagnostics];
    }

    public static IReadOnlyList<Diagnostic> Refuse(string source, GraphOptions? options = null) => Refuse(Load(source), options);

    /// <summary>A program that only the lowering sees: what the front end would refuse before.</summary>
    public static CProgram Unchecked(string source, string entry = "out[0] = f(in[0]);", int inputs = 1) => new(
        "prog.c", source, $"void nsc_entry(const double *in, double *out) {{ {entry} }}",
        new ProgramSignature(
            "f", "double f(double x)",
            [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, Interval.Default))],
            [new OutputVariable("return", ScalarKind.Double)]));

    /// <summary>The graph's only output on one sample.</summary>
    public static double Evaluate(DataflowGraph graph, params double[] inputs) => Assert.Single(new GraphEvaluator(graph).EvaluateOutputs(inputs, 1));

    public static IEnumerable<Opcode> Opcodes(DataflowGraph graph) =>
        graph.Nodes.Select(n => n.Opcode).Where(o => o is not (Opcode.Input or Opcode.Constant));
}
