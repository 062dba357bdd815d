// Where a surrogate starts: a model that has read the program, or random weights.

using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.Refining;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Models;

/// <summary>Surrogates before any sample.</summary>
internal static class Starts
{
    /// <summary>A surrogate that a model emits.</summary>
    /// <param name="seed">What the surrogate says of the user's seed; the weights do not depend on it.</param>
    public static Surrogate Emit(CompilerModel model, ProgramAnalysis analysis, long seed = 0) =>
        WithSeed(SurrogateEmitter.Emit(model.Net, analysis, model.Name, model.Hash, ToolVersion.Current), seed);

    /// <summary>A surrogate with random weights, of the shape that CompNet's surrogates have.</summary>
    /// <param name="graph">The program's dataflow; null where nobody has looked at it.</param>
    public static Surrogate Random(CProgram program, DataflowGraph? graph, NetShape shape, long seed)
    {
        Surrogate random = SurrogateEmitter.Random(shape, program, seed, ToolVersion.Current);
        return random with { Provenance = random.Provenance with { IsGraphExact = graph?.IsExact == true } };
    }

    /// <summary>
    /// What a model, or random weights where the function has no dataflow, give for one function, and the dataflow; a surrogate that is null has its reasons in
    /// <paramref name="diagnostics"/>.
    /// </summary>
    public static (Surrogate? Surrogate, DataflowGraph? Graph) Of(CProgram program, CompilerModel model, long seed, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        DataflowGraph? graph = GraphBuilder.Build(program, toolchain, GraphOptions.Default, found);
        found = graph is null ? WithoutGraph(found) : found;
        Surrogate? start = found.HasErrors ? null
            : graph is null ? Random(program, graph, model.Net.Options.Nets, seed)
            : Sound(Emit(model, SurrogateEmitter.Analyse(model.Net, program, graph, interprets: true, found), seed), found);
        diagnostics.AddRange(found);
        return (found.HasErrors ? null : start, graph);
    }

    /// <summary>The same, refined on points of the dataflow, as compiling the function alone gives it.</summary>
    public static Surrogate? Refined(CProgram program, CompilerModel? model, long seed, Toolchain toolchain, DiagnosticBag diagnostics) =>
        model is null || Of(program, model, seed, toolchain, diagnostics) is not ({ } start, var graph) ? null
            : graph is null ? start : Refinement.Refine(start, graph, RefinementEffort.For(start.Topology.Outputs), seed);

    /// <summary>
    /// What there is to say of a program that has no graph: a note in place of the errors when they are about the graph alone, since the program can be
    /// learned from its samples.
    /// </summary>
    public static DiagnosticBag WithoutGraph(DiagnosticBag findings)
    {
        if (!GraphLimits.IsOfGraphAlone(findings))
        {
            return findings;
        }

        Diagnostic reason = findings.First(f => f.Severity == Severity.Error);
        DiagnosticBag softened = [];
        softened.AddRange(findings.Where(f => f.Severity != Severity.Error));
        softened.Add(reason with { Severity = Severity.Note, Message = $"{reason.Message}: it starts from random weights, not from CompNet's" });
        return softened;
    }

    /// <summary>
    /// A surrogate that can be stored; null where <paramref name="diagnostics"/> say why it cannot. A model whose numbers are finite can
    /// emit some that are not, and a program's moments can overflow.
    /// </summary>
    public static Surrogate? Sound(Surrogate surrogate, DiagnosticBag diagnostics)
    {
        if (SurrogateFile.Objection(surrogate) is not { } objection)
        {
            return surrogate;
        }

        diagnostics.Add(new Diagnostic(
            Severity.Error, "unusable-network", SourceLocation.InFile(surrogate.Program.Path),
            $"no surrogate of '{surrogate.Signature.Function}' can be made with this model: {objection}",
            "--init random makes one without a model, to be fine-tuned"));
        return null;
    }

    private static Surrogate WithSeed(Surrogate surrogate, long seed) => surrogate with { Provenance = surrogate.Provenance with { Seed = seed } };
}
