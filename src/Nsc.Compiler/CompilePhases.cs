// The phases of one compilation with what they share: a clang that waits, a model that loads meanwhile, all cores. Functions of one file are
// lowered with one call of clang; results and messages are in the order of the files, and are those that each function has alone.

using System.Collections.Immutable;
using System.Diagnostics;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler;

/// <summary>One compilation. A clang and the model get ready as soon as there is one.</summary>
internal sealed class CompilePhases : IDisposable
{
    // Each call of clang reads the whole file, so functions are only spread over the cores when there are many of them.
    private const int FewFunctions = 50, ManyFunctions = 250;

    private readonly CompileOptions _options;
    private readonly ICompileObserver _observer;
    private readonly CancellationToken _cancellationToken;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DiagnosticBag _diagnostics = new();
    private readonly Toolchain? _toolchain;
    private readonly Task<WaitingClang>? _clang;
    private readonly Task<Start> _start;
    private RefinementEffort _effort = RefinementEffort.For(1);

    public CompilePhases(CompileOptions options, ICompileObserver observer, CancellationToken cancellationToken)
    {
        (_options, _observer, _cancellationToken) = (options, observer, cancellationToken);
        _toolchain = Tools.Find(_diagnostics);
        _clang = _toolchain is null ? null : Task.Run(() => WaitingClang.Start(_toolchain), cancellationToken);
        _start = Task.Run(() => Start.Load(options, observer), cancellationToken);
    }

    /// <summary>The chosen functions of all texts, ready to be compiled: each a unit of its own that includes nothing.</summary>
    public ImmutableArray<CProgram> TakeAndCheck(IReadOnlyList<CSource> sources)
    {
        if (_toolchain is null)
        {
            return [];
        }

        var programs = new ImmutableArray<CProgram>[sources.Count];
        DiagnosticBag[] found = [.. sources.Select(_ => new DiagnosticBag())];
        AllCores.ForAll(sources.Count, "reading", _observer, _cancellationToken, i => programs[i] = _observer.Measure(
            "libclang", () => ClangFrontEnd.Load(sources[i].Path, sources[i].Text, _options.Reading with { Project = sources[i].Project }, _toolchain, found[i])));

        // Among all functions of many files, a file that has nothing to give is passed over, unless none gives anything.
        bool passesOver = _options.Reading.AllFunctions && programs.Zip(found).Any(f => f.First.Length > 0 && !f.Second.HasErrors);
        _diagnostics.AddRange(found.SelectMany(f => f).Select(d => passesOver ? AsNote(d) : d));
        return _diagnostics.HasErrors ? [] : [.. programs.SelectMany(p => p)];
    }

    /// <summary>What becomes of the functions, unit by unit on all cores.</summary>
    public Compilation ForEachUnit(ImmutableArray<CProgram> programs, Func<CompileUnit, Compiled?[]> compile)
    {
        ((IAsyncResult)_start).AsyncWaitHandle.WaitOne(); // What is wrong with the functions comes before what is wrong with the model.
        if (_diagnostics.HasErrors)
        {
            return new Compilation([], 0, [.. _diagnostics]);
        }

        _diagnostics.AddRange(_start.GetAwaiter().GetResult().Diagnostics);
        if (_diagnostics.HasErrors)
        {
            return new Compilation([], programs.Length, [.. _diagnostics]);
        }

        _effort = _options.Refine is { } points ? RefinementEffort.On(points) : RefinementEffort.For(programs.Sum(p => p.Signature.Outputs.Length));
        CProgram[][] units = [.. UnitsOf(programs)];
        var compiled = new Compiled?[units.Length][];
        DiagnosticBag[][] found = [.. units.Select(u => u.Select(_ => new DiagnosticBag()).ToArray())];
        AllCores.ForAll(units.Length, "compiling", _observer, _cancellationToken, i => compiled[i] = compile(new CompileUnit(
            units[i], found[i], i == 0 ? TimeSpan.Zero : _clock.Elapsed, _clock, _observer, _toolchain!, i == 0 ? _clang!.GetAwaiter().GetResult : null)));

        // Of all functions of a file, those that cannot be compiled are passed over, unless none is left.
        ImmutableArray<Compiled> functions = [.. compiled.SelectMany(c => c).OfType<Compiled>()];
        bool isDone = functions.Length == programs.Length || (_options.Reading.AllFunctions && functions.Length > 0);
        _diagnostics.AddRange(found.SelectMany(unit => unit).SelectMany(f => f).Select(d => isDone ? AsNote(d) : d));
        return new Compilation(isDone ? functions : [], programs.Length, [.. _diagnostics]);
    }

    /// <summary>The moments of a function's values and the subspace of its inputs; null when nobody reads them, as for random weights.</summary>
    public ProgramAnalysis? Analyse(CProgram program, DataflowGraph? graph, DiagnosticBag diagnostics) =>
        Model is { } model && graph is not null ? _observer.Measure("moments", () => SurrogateEmitter.Analyse(model.Net, program, graph, interprets: _effort.Points > 0, diagnostics)) : null;

    /// <summary>Notes of what samples will not show.</summary>
    public void NoteUnmet(CProgram program, DataflowGraph? graph, DiagnosticBag diagnostics) =>
        diagnostics.AddRange(graph is null ? [] : _observer.Measure("unmet equalities", () => UnmetEqualities.Notes(program, graph)));

    /// <summary>The surrogate; null when it cannot be stored.</summary>
    public Surrogate? Emit(CProgram program, DataflowGraph? graph, ProgramAnalysis? analysis, DiagnosticBag diagnostics) => Starts.Sound(
        analysis is null
            ? Starts.Random(program, graph, Model?.Net.Options.Nets ?? _start.Result.Shape!, _options.Seed)
            : _observer.Measure("CompNet", () => Starts.Emit(Model!, analysis, _options.Seed)),
        diagnostics);

    /// <summary>The surrogate with the hidden layers that are asked for.</summary>
    public Surrogate? Reshape(Surrogate? surrogate) => surrogate is not null && _options.Hidden is { } hidden ? Reshaping.To(surrogate, hidden, _options.Seed) : surrogate;

    /// <summary>The surrogate, refined on its dataflow where it was made from that; random weights stay random.</summary>
    public Surrogate? Refine(Surrogate? surrogate, DataflowGraph? graph) => _effort.Points > 0 && surrogate is not null && graph is not null && Model is not null
        ? _observer.Measure("refinement", () => Refinement.Refine(surrogate, graph, _effort, _options.Seed)) : surrogate;

    /// <summary>The error of a surrogate against the dataflow that it was made from.</summary>
    public ErrorEstimate? Estimate(Surrogate? surrogate, DataflowGraph? graph) => surrogate is null || graph is null
        ? null : _observer.Measure("estimate", () => Refinement.Judge(surrogate, graph, _options.Seed));

    public void Dispose()
    {
        try
        {
            _clang?.GetAwaiter().GetResult().Dispose();
        }
        catch (Exception failure) when (failure is OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            // It did not start; who needed it has said so.
        }
    }

    private CompilerModel? Model => _start.Result.Model;

    private static Diagnostic AsNote(Diagnostic diagnostic) =>
        diagnostic.Severity == Severity.Error ? diagnostic with { Severity = Severity.Note } : diagnostic;

    // Programs of the same text, which stand side by side.
    private static IEnumerable<CProgram[]> UnitsOf(ImmutableArray<CProgram> programs)
    {
        for (int start = 0, end; start < programs.Length; start = end)
        {
            end = start + 1;
            while (end < programs.Length && ReferenceEquals(programs[end].Source, programs[start].Source) && programs[end].Path == programs[start].Path)
            {
                end++;
            }

            int share = Math.Clamp((end - start + Environment.ProcessorCount - 1) / Environment.ProcessorCount, FewFunctions, ManyFunctions);
            foreach (CProgram[] unit in programs.Skip(start).Take(end - start).Chunk(share))
            {
                yield return unit;
            }
        }
    }

    // Where the weights come from: a model, or a shape for random ones.
    private sealed record Start(CompilerModel? Model, NetShape? Shape, DiagnosticBag Diagnostics)
    {
        public static Start Load(CompileOptions options, ICompileObserver observer)
        {
            var diagnostics = new DiagnosticBag();
            return options.StartsRandom
                ? new Start(null, CompilerModel.ShapeOf(options.Model, diagnostics)?.Nets, diagnostics)
                : new Start(observer.Measure("model (meanwhile)", () => CompilerModel.Load(options.Model, options.ToBaseline, diagnostics)), null, diagnostics);
        }
    }
}

/// <summary>Functions of one text, lowered together.</summary>
internal sealed class CompileUnit(
    CProgram[] programs, DiagnosticBag[] diagnostics, TimeSpan start, Stopwatch clock, ICompileObserver observer, Toolchain toolchain, Func<WaitingClang>? clang)
{
    /// <summary>The dataflow of each function; null where it has none, and its diagnostics say why, as errors unless it can be learned without.</summary>
    public ImmutableArray<DataflowGraph?> Lower()
    {
        ImmutableArray<DataflowGraph?> graphs = observer.Measure(
            "clang to dataflow", () => GraphBuilder.BuildEach(programs, toolchain, GraphOptions.Default, diagnostics, clang?.Invoke()));
        for (int i = 0; i < graphs.Length; i++)
        {
            diagnostics[i] = graphs[i] is null ? Starts.WithoutGraph(diagnostics[i]) : diagnostics[i];
        }

        return graphs;
    }

    /// <summary>What becomes of each function that is not refused.</summary>
    public Compiled?[] ForEach(
        ImmutableArray<DataflowGraph?> graphs, Func<CProgram, DataflowGraph?, DiagnosticBag, (Surrogate? Surrogate, ErrorEstimate? Estimate)> compile)
    {
        (Surrogate? Surrogate, ErrorEstimate? Estimate)[] made =
            [.. programs.Select((program, i) => diagnostics[i].HasErrors ? default : compile(program, graphs[i], diagnostics[i]))];
        double share = (clock.Elapsed - start).TotalMilliseconds / programs.Length;
        return [.. made.Select((m, i) => m.Surrogate is null || diagnostics[i].HasErrors
            ? null
            : new Compiled(m.Surrogate, graphs[i], m.Estimate, share, [.. diagnostics[i].Where(d => d.Severity == Severity.Warning)]))];
    }
}
