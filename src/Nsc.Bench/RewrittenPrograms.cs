// Two versions of each program: as it was written, and after a rewriting that must not matter. Whether it does not is
// checked here, by evaluating both graphs on the same inputs.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Rewriting;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench;

/// <summary>A program with its dataflow.</summary>
public sealed record ProgramVersion(CProgram Program, DataflowGraph Graph);

/// <summary>What became of a program under a rewriting.</summary>
public enum RewritingFate
{
    /// <summary>It is written differently and computes the same.</summary>
    Kept,

    /// <summary>It computes something else.</summary>
    Changed,

    /// <summary>The compiler no longer takes it.</summary>
    Refused,
}

/// <summary>A program and its rewritten version; null when that was refused.</summary>
/// <param name="ProbeInputs">(probes, inputs), row-major.</param>
/// <param name="ProbeOutputs">(probes, outputs), row-major: what the original computes there.</param>
public sealed record RewrittenProgram(
    string Name, string Rewriting, RewritingFate Fate, ProgramVersion Before, ProgramVersion? After, double[] ProbeInputs, double[] ProbeOutputs)
{
    /// <summary>Whether CompNet reads the same graph of both versions, node by node.</summary>
    public bool IsSameGraph => After is not null && Before.Graph.Canonical() is var before && After.Graph.Canonical() is var after
        && before.Nodes.SequenceEqual(after.Nodes) && before.Outputs.SequenceEqual(after.Outputs);
}

public static class RewrittenPrograms
{
    private const int Probes = 256;
    private const double SinglePrecision = 1e-5;
    private const double DoublePrecision = 1e-11;

    /// <summary>Every program under each rewriting that finds something to do in it; those without a graph are left out.</summary>
    /// <param name="programs">Programs of one source are rewritten together.</param>
    public static List<RewrittenProgram> Of(
        IEnumerable<CProgram> programs, IReadOnlyList<SourceRewriting> rewritings, ulong seed, Toolchain toolchain, DiagnosticBag diagnostics,
        Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var rewritten = new List<RewrittenProgram>();
        foreach (var unit in programs.GroupBy(p => (p.Path, p.Source)))
        {
            Dictionary<string, ProgramVersion> before = Lower([.. unit], toolchain, diagnostics);
            foreach (SourceRewriting rewriting in rewritings)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke(rewritten.Count);
                if (rewriting.Apply(unit.Key.Path, unit.Key.Source, seed, toolchain, diagnostics) is { } text)
                {
                    Dictionary<string, ProgramVersion> after = Reload(unit.Key.Path, text, [.. unit], toolchain, diagnostics);
                    rewritten.AddRange(before.Where(b => text.Touched.Contains(b.Key)).Select(b =>
                        Compare(rewriting.Name, b.Value, after.GetValueOrDefault(text.NameOf(b.Key)))));
                }
            }
        }

        return rewritten;
    }

    private static Dictionary<string, ProgramVersion> Reload(
        string path, RewrittenUnit text, IReadOnlyList<CProgram> before, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        FrontEndOptions options = FrontEndOptions.Covered with { Functions = [.. before.Select(p => text.NameOf(p.Signature.Function))] };
        var ranges = before.ToDictionary(p => text.NameOf(p.Signature.Function), p => p.Signature.Inputs.Select(i => i.Range).ToArray());
        return Lower(
            [.. ClangFrontEnd.Load(path, text.Source, options, toolchain, diagnostics).Select(p => WithRanges(p, ranges[p.Signature.Function]))],
            toolchain, diagnostics);
    }

    // Inputs keep their places under every rewriting, but not their names.
    private static CProgram WithRanges(CProgram program, Interval[] ranges) => program with
    {
        Signature = program.Signature with { Inputs = [.. program.Signature.Inputs.Zip(ranges, (input, range) => input with { Range = range })] },
    };

    private static Dictionary<string, ProgramVersion> Lower(ImmutableArray<CProgram> programs, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var graphs = GraphBuilder.BuildBatch(programs, toolchain, GraphOptions.Short, diagnostics);
        return programs.Zip(graphs).Where(p => p.Second is not null).ToDictionary(p => p.First.Signature.Function, p => new ProgramVersion(p.First, p.Second!));
    }

    private static RewrittenProgram Compare(string rewriting, ProgramVersion before, ProgramVersion? after)
    {
        CProgram program = before.Program;
        double[] inputs = InputSampler.Draw(program.Signature, Probes, new SplitMix64(1));
        double[] outputs = new GraphEvaluator(before.Graph).EvaluateOutputs(inputs, Probes);
        RewritingFate fate = after is null ? RewritingFate.Refused
            : IsSameInterface(program.Signature, after.Program.Signature) && ComputesTheSame(after.Graph, inputs, outputs) ? RewritingFate.Kept
            : RewritingFate.Changed;
        string name = $"{Path.GetFileNameWithoutExtension(program.Path)}:{program.Signature.Function}";
        return new RewrittenProgram(name, rewriting, fate, before, after, inputs, outputs);
    }

    // Up to rounding: a rewriting may take a sum or a product in another order.
    private static bool ComputesTheSame(DataflowGraph graph, double[] inputs, double[] expected)
    {
        double[] actual = new GraphEvaluator(graph).EvaluateOutputs(inputs, Probes);
        double rounding = graph.Nodes.Any(n => n.Kind == ValueKind.Float) ? SinglePrecision : DoublePrecision;
        int width = graph.Outputs.Length;
        return Enumerable.Range(0, width).All(k =>
        {
            double scale = Enumerable.Range(0, Probes).Select(s => Math.Abs(expected[(s * width) + k])).Where(double.IsFinite).DefaultIfEmpty().Max();
            return Enumerable.Range(0, Probes).Select(s => (s * width) + k)
                .All(i => expected[i].Equals(actual[i]) || Math.Abs(expected[i] - actual[i]) <= rounding * scale);
        });
    }

    // Names aside.
    private static bool IsSameInterface(ProgramSignature a, ProgramSignature b) =>
        a.Inputs.Select(i => (i.Kind, i.Range)).SequenceEqual(b.Inputs.Select(i => (i.Kind, i.Range)))
        && a.Outputs.Select(o => o.Kind).SequenceEqual(b.Outputs.Select(o => o.Kind));
}
