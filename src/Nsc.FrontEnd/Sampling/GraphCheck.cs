// Holds a dataflow graph against the native program: the same inputs through both.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Sampling;

/// <summary>One output that differs: bits other than the program's, unless both are NaN.</summary>
/// <param name="Output">Its index in the signature.</param>
public sealed record Disagreement(ImmutableArray<double> Inputs, int Output, double Native, double Graph)
{
    /// <summary>The difference relative to the larger value; infinite where only one of them is a number.</summary>
    public double Size => Native == Graph ? double.Epsilon // zeros of different signs
        : double.IsFinite(Native) && double.IsFinite(Graph) ? Math.Abs(Native - Graph) / Math.Max(Math.Abs(Native), Math.Abs(Graph))
        : double.PositiveInfinity;
}

/// <summary>What came of a check.</summary>
/// <param name="Compared">The inputs on which both were compared.</param>
/// <param name="Undefined">The inputs left out because C leaves undefined or open what the program gives.</param>
/// <param name="Failed">The inputs left out because the program crashed, took too long or was not deterministic.</param>
/// <param name="Disagreeing">The inputs on which some output differs.</param>
/// <param name="Worst">The largest disagreement, null without one.</param>
public sealed record GraphAgreement(int Compared, int Undefined, int Failed, int Disagreeing, Disagreement? Worst)
{
    public int LeftOut => Undefined + Failed;

    /// <summary>Whether a graph says that it is exact and is not.</summary>
    public bool Refutes(DataflowGraph graph) => graph.IsExact && Disagreeing > 0;
}

public static class GraphCheck
{
    // Rows that are evaluated at a time, so that all values of a large graph fit into memory.
    private const int Block = 4096;

    /// <summary>Compares on <paramref name="count"/> inputs from the ranges, and on edges such as NaN. Null when diagnostics say why not.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static GraphAgreement? Run(
        CProgram program, DataflowGraph graph, Toolchain toolchain, int count, ulong seed, DiagnosticBag diagnostics,
        CancellationToken cancellationToken = default)
    {
        using NativeProgram? native = NativeProgram.Compile(program, toolchain, diagnostics);
        using NativeProgram? trapping = native is null
            ? null : NativeProgram.Compile(program, toolchain, diagnostics, sanitizing: Sanitizing.Traps);
        return native is null || trapping is null ? null : Run(program, graph, native, trapping, count, seed, cancellationToken);
    }

    /// <summary>The same with a program that is compiled already.</summary>
    /// <param name="trapping">A build of it that crashes where its behaviour is undefined.</param>
    public static GraphAgreement Run(
        CProgram program, DataflowGraph graph, NativeProgram native, NativeProgram trapping, int count, ulong seed, CancellationToken cancellationToken = default)
    {
        var random = new SplitMix64(seed);
        double[] inputs = [.. InputSampler.Draw(program.Signature, count, random), .. EdgeCaseInputs.Draw(program.Signature, random)];
        return Compare(graph, inputs, native.Run(inputs, cancellationToken), trapping.Run(inputs, cancellationToken));
    }

    private static GraphAgreement Compare(DataflowGraph graph, double[] inputs, ProgramRun run, ProgramRun trapping)
    {
        var (outputs, isOpen) = Evaluate(graph, inputs);
        int width = graph.Outputs.Length, compared = 0, undefined = 0, failed = 0, disagreeing = 0;
        Disagreement? worst = null;
        for (int row = 0; row < run.Statuses.Length; row++)
        {
            if (isOpen[row] || trapping.Statuses[row] == SampleStatus.Crashed)
            {
                undefined++;
                continue;
            }

            if (run.Statuses[row] is not (SampleStatus.Ok or SampleStatus.NotFinite))
            {
                failed++;
                continue;
            }

            compared++;
            var found = Enumerable.Range(0, width)
                .Select(k => new Disagreement(
                    [.. inputs.AsSpan(row * graph.InputCount, graph.InputCount)], k, run.Outputs[(row * width) + k], outputs[(row * width) + k]))
                .Where(d => !AreSame(d.Native, d.Graph)).ToList();
            disagreeing += found.Count > 0 ? 1 : 0;
            worst = found.Prepend(worst).MaxBy(d => d?.Size ?? -1);
        }

        return new GraphAgreement(compared, undefined, failed, disagreeing, worst);
    }

    // Also, for each row, whether C leaves open what a function gives.
    private static (double[] Outputs, bool[] IsOpen) Evaluate(DataflowGraph graph, double[] inputs)
    {
        var evaluator = new GraphEvaluator(graph);
        Node[] extremes = [.. graph.Nodes.Where(n => n.Kind.IsFloating() && n.Opcode is Opcode.Minimum or Opcode.Maximum)];
        var outputs = new List<double>();
        var isOpen = new List<bool>();
        foreach (double[] rows in inputs.Chunk(Block * graph.InputCount))
        {
            GraphValues values = evaluator.Evaluate(rows, rows.Length / graph.InputCount);
            double[][] columns = [.. graph.Outputs.Select(values.Column)];
            var pairs = extremes.Select(n => (A: values.Column(n.A), B: values.Column(n.B))).ToList();
            for (int row = 0; row < values.Count; row++)
            {
                outputs.AddRange(columns.Select(c => c[row]));
                isOpen.Add(pairs.Exists(p => AreZerosOfDifferentSigns(p.A[row], p.B[row])));
            }
        }

        return ([.. outputs], [.. isOpen]);
    }

    // fmin and fmax may give either of them.
    private static bool AreZerosOfDifferentSigns(double a, double b) => a == 0 && b == 0 && double.IsNegative(a) != double.IsNegative(b);

    /// <summary>Equal bits, or both NaN: C says nothing of a NaN's sign and payload.</summary>
    private static bool AreSame(double a, double b) =>
        BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b) || (double.IsNaN(a) && double.IsNaN(b));
}
