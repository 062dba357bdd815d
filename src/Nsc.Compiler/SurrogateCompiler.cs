// The whole compiler on one screen: C text becomes a surrogate.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Compiler;

/// <summary>Compiles C functions to surrogates, and does with surrogates what they are for. Whatever is wrong with the input is in the result.</summary>
public static partial class SurrogateCompiler
{
    /// <summary>Compiles the one function that the options choose, or the file marks with <c>#pragma nsc</c>, or that is the only one.</summary>
    public static Result<Compiled> Compile(CSource source, CompileOptions? options = null, CancellationToken cancellationToken = default)
    {
        Compilation all = Compile([source], options ?? CompileOptions.Default, cancellationToken: cancellationToken);
        var diagnostics = new DiagnosticBag();
        diagnostics.AddRange(all.Diagnostics);
        if (all.Functions.Length > 1)
        {
            diagnostics.Refuse(Refusal.Request, $"the options choose {all.Functions.Length} functions, and one is to be compiled");
        }

        return Result<Compiled>.Of(all.Functions.FirstOrDefault(), diagnostics);
    }

    /// <summary>
    /// Compiles the chosen functions of many texts on all cores. Each comes out as it does alone, refined on as many points
    /// (<see cref="CompileOptions.Refine"/>).
    /// </summary>
    public static Compilation Compile(
        IReadOnlyList<CSource> sources, CompileOptions options, ICompileObserver? observer = null, CancellationToken cancellationToken = default)
    {
        using var phases = new CompilePhases(options, observer ?? NoObserver.Instance, cancellationToken);
        ImmutableArray<CProgram> functions = phases.TakeAndCheck(sources);                  // preprocess, slice, stub, link; then what is supported
        return phases.ForEachUnit(functions, unit =>
        {
            ImmutableArray<DataflowGraph?> graphs = unit.Lower();                           // clang's LLVM IR to dataflow
            return unit.ForEach(graphs, (program, graph, diagnostics) =>
            {
                phases.NoteUnmet(program, graph, diagnostics);                              // branches that random inputs do not take
                ProgramAnalysis? analysis = phases.Analyse(program, graph, diagnostics);    // moments and active subspace
                Surrogate? surrogate = phases.Emit(program, graph, analysis, diagnostics);  // CompNet; random weights for what has no graph
                surrogate = phases.Reshape(surrogate);                                      // to the widths that are asked for; it says the same
                surrogate = phases.Refine(surrogate, graph);                                // on points of the dataflow, interpreted
                ErrorEstimate? error = phases.Estimate(surrogate, graph);                   // on others; the program does not run
                return (surrogate, error);
            });
        });
    }
}
