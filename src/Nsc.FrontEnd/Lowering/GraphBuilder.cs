// From a checked C function to its dataflow graph: clang, LLVM's passes, symbolic execution.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Lowering.Interop;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Symbolic;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Lowering;

/// <summary>Lowers C programs to dataflow graphs.</summary>
public static class GraphBuilder
{
    /// <summary>Batches larger than this are training data: their messages do without lines, and compile faster for it.</summary>
    private const int LargestBatchWithLines = 16;

    /// <summary>The graph of one program, or null when the diagnostics say why there is none.</summary>
    public static DataflowGraph? Build(CProgram program, Toolchain toolchain, GraphOptions options, DiagnosticBag diagnostics) =>
        BuildBatch([program], toolchain, options, diagnostics)[0];

    /// <summary>
    /// The graphs of several functions of one unit, with one call of clang. Graphs and messages are those that
    /// <see cref="Build"/> gives each program alone.
    /// </summary>
    /// <param name="programs">Programs with the same source and distinct entry names.</param>
    /// <param name="diagnostics">One bag for each program.</param>
    /// <param name="clang">A clang that waits for the unit, or null.</param>
    public static ImmutableArray<DataflowGraph?> BuildEach(
        IReadOnlyList<CProgram> programs, Toolchain toolchain, GraphOptions options, IReadOnlyList<DiagnosticBag> diagnostics, WaitingClang? clang)
    {
        string unit = CProgram.UnitOf(programs);
        ClangResult compiled = clang is null ? ClangCompiler.Compile(toolchain, unit, withLines: true) : ClangCompiler.Compile(clang, unit);
        if (programs.Count == 1)
        {
            IrModule? module = Read(compiled, programs, toolchain, diagnostics[0]);
            return [module is null ? null : Lower(module, programs[0], options, diagnostics[0])];
        }

        LlvmLibrary.Load(toolchain);
        IReadOnlyList<IrModule>? modules = compiled.Bitcode is null ? null : SharedModule.Read(compiled.Bitcode, programs, toolchain.MajorVersion);
        return modules is null
            ? [.. programs.Select((program, i) => Build(program, toolchain, options, diagnostics[i]))] // Each with messages of its own.
            : [.. programs.Select((program, i) => Lower(modules[i], program, options, diagnostics[i]))];
    }

    /// <summary>The graphs of several functions of one unit, with one call of clang.</summary>
    /// <param name="programs">Programs with the same source and distinct entry names.</param>
    /// <returns>A graph per program; null where the diagnostics have an error for it.</returns>
    public static ImmutableArray<DataflowGraph?> BuildBatch(
        IReadOnlyList<CProgram> programs, Toolchain toolchain, GraphOptions options, DiagnosticBag diagnostics)
    {
        if (programs.Count == 0)
        {
            return [];
        }

        ClangResult compiled = ClangCompiler.Compile(toolchain, CProgram.UnitOf(programs), withLines: programs.Count <= LargestBatchWithLines);
        IrModule? module = Read(compiled, programs, toolchain, diagnostics);
        return module is null
            ? [.. programs.Select(_ => (DataflowGraph?)null)]
            : [.. programs.Select(program => Lower(module, program, options, diagnostics))];
    }

    /// <summary>
    /// The graphs of several programs of one unit, with one call of clang, each within the first of some limits that do; the next ones are tried
    /// where data decide how long a loop goes on, and it goes on for longer than they allow. Null when clang does not compile the unit.
    /// </summary>
    /// <param name="diagnostics">One bag for each program.</param>
    internal static IReadOnlyList<(DataflowGraph? Graph, GraphOptions Options)>? BuildWithin(
        IReadOnlyList<CProgram> programs, Toolchain toolchain, Func<CProgram, IReadOnlyList<GraphOptions>> limits, IReadOnlyList<DiagnosticBag> diagnostics)
    {
        ClangResult compiled = ClangCompiler.Compile(toolchain, CProgram.UnitOf(programs), withLines: false);
        return Read(compiled, programs, toolchain, programs.Count == 1 ? diagnostics[0] : []) is { } module
            ? [.. programs.Select((program, i) => Lower(module, program, limits(program), diagnostics[i]))]
            : null;
    }

    private static (DataflowGraph? Graph, GraphOptions Options) Lower(IrModule module, CProgram program, IReadOnlyList<GraphOptions> limits, DiagnosticBag diagnostics)
    {
        if (!module.Functions.ContainsKey(program.EntryName))
        {
            diagnostics.ReportMissingEntry(program);
            return (null, limits[0]);
        }

        for (int i = 0; ; i++)
        {
            var findings = new DiagnosticBag();
            var state = new LoweringState(program, limits[i], findings);
            DataflowGraph? graph = Lower(module, program, state);
            bool mayHelp = graph is null && i + 1 < limits.Count && state.OpenIterations > limits[i + 1].MaxIterations && findings.First(d => d.Severity == Severity.Error).Id == GraphLimits.TooLarge;
            if (!mayHelp)
            {
                diagnostics.AddRange(findings);
                return (graph, limits[i]);
            }
        }
    }

    /// <summary>For each of some programs of one unit, and each of its outputs, what the program does with it; null for a program without a graph.</summary>
    internal static IReadOnlyList<CallUses?> UsesOf(IReadOnlyList<CProgram> programs, Toolchain toolchain, GraphOptions options)
    {
        if (programs.Count == 0)
        {
            return [];
        }

        byte[]? bitcode = ClangCompiler.Compile(toolchain, CProgram.UnitOf(programs), withLines: false).Bitcode;
        LlvmLibrary.Load(toolchain);
        IReadOnlyList<IrModule>? modules = bitcode is null ? null : SharedModule.Read(bitcode, programs, toolchain.MajorVersion);
        return modules is not null ? [.. programs.Select((program, i) => UsesOf(modules[i], program, options))]
            : programs.Count > 1 ? [.. programs.Select(p => UsesOf([p], toolchain, options)[0])] // What sinks one need not sink all.
            : [null];
    }

    // What decides whether the process ends is read, although no output depends on it.
    private static CallUses? UsesOf(IrModule module, CProgram program, GraphOptions options)
    {
        var state = new LoweringState(program, options, []);
        if (!module.Functions.TryGetValue(program.EntryName, out IrFunction? entry) || new SymbolicExecutor(state, module).Execute(entry) is not { } results || state.HasFailed)
        {
            return null;
        }

        var (nodes, values, _) = state.Graph.Extract([.. results, .. state.Conditions.TestsOf(state.Traps)]);
        return CallUses.Of(nodes, values[..results.Count], values[results.Count..], program.Signature.Inputs.Length) with { FollowsData = state.FollowsData, LeavesArrays = state.LeavesArrays };
    }

    /// <summary>Whether constants alone decide how often a program's loops and recursions are entered, as far as it can be followed.</summary>
    internal static bool IsOfFixedDepth(CProgram program, Toolchain toolchain, GraphOptions options)
    {
        var ignored = new DiagnosticBag();
        ClangResult compiled = ClangCompiler.Compile(toolchain, program.UnitSource, withLines: false);
        if (Read(compiled, [program], toolchain, ignored) is not { } module || !module.Functions.TryGetValue(program.EntryName, out IrFunction? entry))
        {
            return false;
        }

        var state = new LoweringState(program, options, ignored);
        new SymbolicExecutor(state, module).Execute(entry);
        return !state.FollowsData;
    }

    private static IrModule? Read(ClangResult compiled, IReadOnlyList<CProgram> programs, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        if (compiled.Bitcode is null)
        {
            diagnostics.ReportNotCompiled(programs[0].Path, compiled.Messages);
            return null;
        }

        LlvmLibrary.Load(toolchain);
        using LLVMModuleRef? module = LLVMModuleRef.Parse(compiled.Bitcode);
        if (module is null)
        {
            diagnostics.ReportUnreadableBitcode(programs[0].Path, toolchain);
            return null;
        }

        string? complaint = PassPipeline.Run(module, programs.Select(p => p.EntryName).ToHashSet(), toolchain.MajorVersion);
        IrModule read = new IrReader(module).Read();
        if (complaint is null && read.Functions.Values.Any(f => !f.IsReducible))
        {
            complaint = PassPipeline.Demote(module);
            read = new IrReader(module).Read();
        }

        if (complaint is not null)
        {
            diagnostics.ReportPassFailure(programs[0].Path, complaint);
            return null;
        }

        return read;
    }

    private static (ImmutableArray<Node> Nodes, ImmutableArray<int> Outputs, ImmutableArray<int> Lines)? Execute(IrModule module, IrFunction entry, LoweringState state) =>
        new SymbolicExecutor(state, module).Execute(entry) is { } results ? state.Graph.Extract(results) : null;

    private static DataflowGraph? Lower(IrModule module, CProgram program, GraphOptions options, DiagnosticBag diagnostics) =>
        Lower(module, program, options.All, diagnostics).Graph;

    private static DataflowGraph? Lower(IrModule module, CProgram program, LoweringState lowering)
    {
        if (Execute(module, module.Functions[program.EntryName], lowering) is not var (nodes, outputs, lines))
        {
            return null;
        }

        new OutputChecker(lowering, nodes).Check(outputs);
        if (nodes.Length > lowering.Options.MaxNodes)
        {
            lowering.ReportTooLarge();
        }

        return lowering.HasFailed
            ? null
            : new DataflowGraph(nodes, program.Signature.Inputs.Length, outputs, [.. lowering.Approximations])
            {
                Lines = [.. lines.Select(line => LoweringState.IsOfSource(line) ? line : 0)],
            };
    }
}
