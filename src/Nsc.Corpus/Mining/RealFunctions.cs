// From a function of a package to a function that CompNet can learn from, with a count of what fell where. What costs least
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

/// <summary>What became of a function: itself if it is of use, and what it adds to the funnel. Duplicates are not yet removed.</summary>
internal sealed record Examined(RealFunction? Function, MiningFunnel Funnel)
{
    public static Examined Refused(string reason) => new(null, MiningFunnel.OneRefused(reason));
}

/// <summary>Examines the functions of one file.</summary>
internal sealed class RealFunctions(string file, string package, Toolchain toolchain, int maxNodes)
{
    private const int MostInputs = 16, MostOutputs = 64;

    /// <summary>Ranges that are tried out on native code before a function is given up.</summary>
    private const int MostExecuted = 4;

    private const double Tolerance = 1e-3;
    private const double MostDifferent = 0.02;

    public Examined Examine(ProbeResult probed)
    {
        (MinedFunction? mined, string? refusal) = probed;
        if (mined is null)
        {
            return refusal == "too-large" ? new Examined(null, MiningFunnel.Empty with { TooLarge = 1 }) : Examined.Refused(refusal!);
        }

        if (mined.Inputs.Length > MostInputs || mined.Graph.Outputs.Length > MostOutputs)
        {
            return Examined.Refused(mined.Inputs.Length > MostInputs ? "too-many-inputs" : "too-many-outputs");
        }

        if (mined.Graph.Nodes.Length > maxNodes)
        {
            return new Examined(null, MiningFunnel.Empty with { TooLarge = 1 });
        }

        InferredRanges[] candidates = [.. RangeInference.Infer(mined.Graph, mined.Inputs).Take(MostExecuted)];
        return candidates.Length == 0
            ? new Examined(null, MiningFunnel.Empty with { NoRange = 1 })
            : Confirm(mined.Keeping(candidates[0].Varied), [.. candidates.Where(c => c.Varied.SetEquals(candidates[0].Varied))]);
    }

    // The ranges over which the function, executed, does what its graph says.
    private Examined Confirm(MinedFunction mined, InferredRanges[] candidates)
    {
        NativeProgram? native = null;
        try
        {
            foreach (InferredRanges ranges in candidates)
            {
                ImmutableArray<InputVariable> inputs = [.. mined.Inputs.Select(i => ranges.Inputs.Single(r => r.Name == i.Name))];
                string source = mined.Unit(inputs);
                var diagnostics = new DiagnosticBag();
                if (Load(mined, source, diagnostics) is not var (program, graph))
                {
                    return Examined.Refused(diagnostics.FirstOrDefault(d => d.Severity == Severity.Error)?.Id ?? "no-reason");
                }

                native ??= NativeProgram.Compile(program, toolchain, diagnostics, SandboxLimits.Default);
                if (native is null)
                {
                    return Examined.Refused("not-executable");
                }

                if (Agree(graph, inputs, native) && Behaviour.Of(graph, inputs) is { Verdict: Verdict.Useful } behaviour)
                {
                    return new Examined(
                        new RealFunction(package, file, mined.Name, source, new CorpusProgram(graph, inputs, program.Tokens), behaviour.Fingerprint), MiningFunnel.Empty);
                }
            }

            return new Examined(null, MiningFunnel.Empty with { Disagreeing = 1 });
        }
        finally
        {
            native?.Dispose();
        }
    }

    // What is kept is what the compiler makes of the text. The graph is known already, unless integers have other ranges now: they decide about
    // loops and tables.
    private (CProgram Program, DataflowGraph Graph)? Load(MinedFunction mined, string source, DiagnosticBag diagnostics)
    {
        FrontEndOptions options = FrontEndOptions.Covered with { Functions = [mined.Name] };
        if (ClangFrontEnd.LoadUnit(file, source, options, toolchain, diagnostics).FirstOrDefault() is not { } program)
        {
            return null;
        }

        if (!program.Signature.Inputs.Select(i => i.Name).SequenceEqual(mined.Inputs.Select(i => i.Name)) || !program.Signature.Outputs.Select(o => o.Name).SequenceEqual(mined.Outputs))
        {
            diagnostics.Add(new Diagnostic(Severity.Error, "other-signature", SourceLocation.InFile(file), "the unit has other inputs or outputs"));
            return null;
        }

        bool isSame = program.Signature.Inputs.Zip(mined.Inputs).All(i => !i.First.Kind.IsInteger() || i.First.Range == i.Second.Range);
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
