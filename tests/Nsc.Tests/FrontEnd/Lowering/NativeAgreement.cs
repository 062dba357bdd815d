// Whole files of C against their graphs: one graph, one native build and one build that traps undefined behaviour for all functions.

using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.FrontEnd.Lowering;

/// <summary>What came of one function; no graph where the front end refused it.</summary>
internal sealed record Comparison(CProgram Program, DataflowGraph? Graph, GraphAgreement? Agreement)
{
    /// <summary>Whether the graph says that it is exact and is not.</summary>
    public bool IsWrong => Graph is not null && Agreement?.Refutes(Graph) == true;

    public override string ToString() => Agreement?.Worst is not { } worst ? Program.Signature.Function : string.Create(
        CultureInfo.InvariantCulture,
        $"{Program.Signature.Function}({string.Join(", ", worst.Inputs.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}): the program gives {worst.Native:R}, the graph {worst.Graph:R}");
}

internal static class NativeAgreement
{
    /// <summary>Compares every function of a text that the front end takes.</summary>
    /// <param name="count">The inputs from the ranges, beside the edges.</param>
    /// <param name="isTaken">Which functions; all when null.</param>
    /// <param name="range">The range of every integer input that holds it, in place of the text's.</param>
    public static IReadOnlyList<Comparison> Of(string source, Sandbox sandbox, int count, Func<CProgram, bool>? isTaken = null, Interval? range = null)
    {
        var ignored = new DiagnosticBag();
        CProgram[] programs = [.. ClangFrontEnd.Load("unit.c", source, FrontEndOptions.Default with { AllFunctions = true }, sandbox.Toolchain, ignored)
            .Where(isTaken ?? (_ => true)).Select(p => range is null ? p : Widened(p, range.Value))];
        if (programs.Length == 0)
        {
            return [];
        }

        DiagnosticBag[] found = [.. programs.Select(_ => new DiagnosticBag())];
        using var unit = new ProgramSet(programs, sandbox.Toolchain);
        using var trapping = new ProgramSet(programs, sandbox.Toolchain, sanitizing: Sanitizing.Traps);
        var graphs = unit.Lower(GraphOptions.Default, found);
        return [.. programs.Select((program, i) => new Comparison(program, graphs[i], graphs[i] is null ? null : Check(program, graphs[i]!, unit, trapping, count)))];
    }

    private static CProgram Widened(CProgram program, Interval range) => program with
    {
        Signature = program.Signature with
        {
            Inputs = [.. program.Signature.Inputs.Select(i => !i.Kind.IsInteger() ? i
                : i with { Range = i.Kind is ScalarKind.Int32 or ScalarKind.Int64 ? range : new Interval(0, 100) })],
        },
    };

    private static GraphAgreement Check(CProgram program, DataflowGraph graph, ProgramSet unit, ProgramSet trapping, int count)
    {
        var diagnostics = new DiagnosticBag();
        using NativeProgram? native = unit.Open(program, diagnostics), careful = trapping.Open(program, diagnostics);
        Assert.Empty(diagnostics);
        return GraphCheck.Run(program, graph, native!, careful!, count, seed: 5, TestContext.Current.CancellationToken);
    }
}
