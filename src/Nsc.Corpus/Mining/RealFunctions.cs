// From a slice of a package to a function that CompNet can learn from, with a count of what fell where. What costs least
// comes first: native code is made only of functions whose graph has shown over which ranges they are of use.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Corpus.Building;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Mining;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

/// <summary>A real function that can be executed on its own.</summary>
/// <param name="Package">The source package that it comes from.</param>
/// <param name="File">The file, as the package names it.</param>
/// <param name="Source">A self-contained unit, with pragmas for the inferred ranges.</param>
/// <param name="Fingerprint">Equal for functions that behave alike on the probes.</param>
public sealed record RealFunction(
    string Package, string File, string Name, string Source, CorpusProgram Program, string Fingerprint);

public static class RealFunctions
{
    private const int MostInputs = 16, MostOutputs = 64;

    /// <summary>Ranges that are tried out on native code before a function is given up.</summary>
    private const int MostExecuted = 4;

    private const double Tolerance = 1e-3;
    private const double MostDifferent = 0.02;

    /// <summary>The function of a probed slice if it is useful, and what it adds to the funnel. Duplicates are not yet removed.</summary>
    public static (RealFunction? Function, MiningFunnel Funnel) Examine(
        ProbeResult probed, string file, string package, Toolchain toolchain, SandboxRunner runner, int maxNodes)
    {
        (MinedFunction? mined, string? refusal) = probed;
        if (mined is null)
        {
            return (null, refusal == "too-large" ? MiningFunnel.Empty with { TooLarge = 1 } : MiningFunnel.OneRefused(refusal!));
        }

        if (mined.Inputs.Length > MostInputs || mined.Graph.Outputs.Length > MostOutputs)
        {
            return (null, MiningFunnel.OneRefused(mined.Inputs.Length > MostInputs ? "too-many-inputs" : "too-many-outputs"));
        }

        if (mined.Graph.Nodes.Length > maxNodes)
        {
            return (null, MiningFunnel.Empty with { TooLarge = 1 });
        }

        InferredRanges[] candidates = [.. RangeInference.Infer(mined.Graph, mined.Inputs).Take(MostExecuted)];
        return candidates.Length == 0
            ? (null, MiningFunnel.Empty with { NoRange = 1 })
            : Confirm(mined.Keeping(candidates[0].Varied), candidates, file, package, toolchain, runner);
    }

    // The ranges over which the function, executed, does what its graph says.
    private static (RealFunction? Function, MiningFunnel Funnel) Confirm(
        MinedFunction mined, InferredRanges[] candidates, string file, string package, Toolchain toolchain, SandboxRunner runner)
    {
        NativeProgram? native = null;
        try
        {
            foreach (InferredRanges ranges in candidates.Where(c => c.Varied.SetEquals(candidates[0].Varied)))
            {
                ImmutableArray<InputVariable> inputs = [.. mined.Inputs.Select(i => ranges.Inputs.Single(r => r.Name == i.Name))];
                string source = mined.Unit(inputs);
                var diagnostics = new DiagnosticBag();
                if (Load(mined, source, file, toolchain, diagnostics) is not { } loaded)
                {
                    return (null, MiningFunnel.OneRefused(diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Id ?? "no-reason"));
                }

                native ??= NativeProgram.Compile(loaded.Program, toolchain, diagnostics, SandboxLimits.Default, runner);
                if (native is null)
                {
                    return (null, MiningFunnel.OneRefused("not-executable"));
                }

                if (Agree(loaded.Graph, inputs, native) && Behaviour.Of(loaded.Graph, inputs) is { Verdict: Verdict.Useful } behaviour)
                {
                    return (new RealFunction(package, file, mined.Name, source, new CorpusProgram(loaded.Graph, inputs, loaded.Program.Tokens), behaviour.Fingerprint), MiningFunnel.Empty);
                }
            }

            return (null, MiningFunnel.Empty with { Disagreeing = 1 });
        }
        finally
        {
            native?.Dispose();
        }
    }

    // The graph is known already, unless integers have other ranges now: they decide about loops and tables.
    private static (CProgram Program, DataflowGraph Graph)? Load(
        MinedFunction mined, string source, string file, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        FrontEndOptions options = FrontEndOptions.Covered with { Functions = [mined.Name] };
        if (ClangFrontEnd.Load(file, source, options, toolchain, diagnostics).FirstOrDefault() is not { } program)
        {
            return null;
        }

        bool isSame = program.Signature.Inputs.All(i => !i.Kind.IsInteger() || i.Range == mined.Inputs.Single(m => m.Name == i.Name).Range);
        DataflowGraph? graph = isSame ? mined.Graph : GraphBuilder.Build(program, toolchain, mined.Options, diagnostics);
        return graph is null ? null : (program, graph);
    }

    // Rounding may take another branch now and then; a graph that is wrong differs everywhere.
    private static bool Agree(DataflowGraph graph, ImmutableArray<InputVariable> inputs, NativeProgram native)
    {
        double[] points = ProbePoints.Draw(inputs, RangeTrial.Seed);
        double[] outputs = new GraphEvaluator(graph).EvaluateOutputs(points, ProbePoints.Count);
        ProgramRun run = native.Run(points);
        int width = graph.Outputs.Length;
        return run.CountOf(SampleStatus.Ok) == ProbePoints.Count
            && Enumerable.Range(0, width).All(k => Agree(ProbePoints.Column(outputs, k, width), ProbePoints.Column(run.Outputs, k, width)));
    }

    private static bool Agree(double[] graph, double[] native)
    {
        double scale = graph.Average(Math.Abs);
        return graph.Zip(native).Count(p => !(Math.Abs(p.First - p.Second) <= Tolerance * (Math.Abs(p.First) + scale))) <= MostDifferent * ProbePoints.Count;
    }
}
