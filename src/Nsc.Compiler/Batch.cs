// Many programs at once: files are read and functions are lowered on all cores, functions of one file with one call of clang.
// Results and messages are in the order of the files, and are those that each function has alone.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Nsc.Cli.Output;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli;

/// <summary>A compiled program; <paramref name="Milliseconds"/> is its share of the time that its unit took.</summary>
/// <param name="Warnings">What speaks against the surrogate.</param>
internal sealed record Compiled(Surrogate Surrogate, DataflowGraph Graph, double Milliseconds, ImmutableArray<Diagnostic> Warnings);

/// <summary>Compiles files whose texts are known. One clang starts at once, and waits for the first functions.</summary>
internal sealed class Batch(Toolchain toolchain, FrontEndOptions options, PhaseTimes times, Terminal terminal, CancellationToken cancellationToken) : IDisposable
{
    // Each call of clang reads the whole file, so functions are only spread over the cores when there are many of them.
    private const int FewFunctions = 50, ManyFunctions = 250;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Task<WaitingClang> _clang = Task.Run(() => WaitingClang.Start(toolchain), cancellationToken);
    private int _done;

    /// <summary>The programs of all files; what is wrong with the texts goes to <paramref name="diagnostics"/>.</summary>
    public ImmutableArray<CProgram> Parse(IReadOnlyList<(string Path, string Text)> files, DiagnosticBag diagnostics)
    {
        var programs = new ImmutableArray<CProgram>[files.Count];
        DiagnosticBag[] found = [.. files.Select(_ => new DiagnosticBag())];
        ForAll(files.Count, "reading", i => programs[i] = new Pipeline(toolchain, found[i], times).Parse(files[i].Path, files[i].Text, options));

        // Among all functions of many files, a file that has nothing to give is passed over, unless none gives anything.
        bool passesOver = options.AllFunctions && programs.Zip(found).Any(f => f.First.Length > 0 && !f.Second.HasErrors);
        diagnostics.AddRange(found.SelectMany(f => f).Select(d => passesOver && d.Severity == Severity.Error ? d with { Severity = Severity.Note } : d));
        return [.. programs.SelectMany(p => p)];
    }

    /// <summary>A surrogate for each program, null where <paramref name="diagnostics"/> say why there is none.</summary>
    public Compiled?[] Compile(IReadOnlyList<CProgram> programs, Func<Pipeline, CProgram, DataflowGraph, Surrogate> emit, DiagnosticBag diagnostics)
    {
        CProgram[][] units = [.. UnitsOf(programs)];
        var compiled = new Compiled?[units.Length][];
        DiagnosticBag[][] found = [.. units.Select(u => u.Select(_ => new DiagnosticBag()).ToArray())];
        ForAll(units.Length, "compiling", i => compiled[i] = CompileUnit(units[i], i == 0, emit, found[i]));
        diagnostics.AddRange(found.SelectMany(unit => unit).SelectMany(f => f));
        return [.. compiled.SelectMany(c => c)];
    }

    /// <summary>Does something for each of so many items, on all cores; the first failure ends it.</summary>
    /// <param name="activity">What is shown while it goes on.</param>
    public void ForAll(int count, string activity, Action<int> work)
    {
        _done = 0;
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
            {
                work(i);
                lock (_clock)
                {
                    _done++;
                    terminal.Progress(() => $"{activity} {_done}/{count}");
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    public void Dispose()
    {
        try
        {
            _clang.GetAwaiter().GetResult().Dispose();
        }
        catch (Exception failure) when (failure is OperationCanceledException or System.ComponentModel.Win32Exception)
        {
            // It did not start; whoever needed it has said so.
        }
    }

    private Compiled?[] CompileUnit(
        CProgram[] unit, bool isFirst, Func<Pipeline, CProgram, DataflowGraph, Surrogate> emit, DiagnosticBag[] diagnostics)
    {
        TimeSpan start = isFirst ? TimeSpan.Zero : _clock.Elapsed;
        ImmutableArray<DataflowGraph?> graphs = times.Measure("clang to dataflow", () => GraphBuilder.BuildEach(
            unit, toolchain, GraphOptions.Default, diagnostics, isFirst ? _clang.GetAwaiter().GetResult() : null));
        Surrogate?[] surrogates = [.. unit.Select((program, i) => graphs[i] is { } graph ? Sound(emit(new Pipeline(toolchain, diagnostics[i], times), program, graph), diagnostics[i]) : null)];
        double share = (_clock.Elapsed - start).TotalMilliseconds / unit.Length;
        return [.. surrogates.Select((surrogate, i) => surrogate is null || diagnostics[i].HasErrors
            ? null : new Compiled(surrogate, graphs[i]!, share, [.. diagnostics[i].Where(d => d.Severity == Severity.Warning)]))];
    }

    /// <summary>
    /// A surrogate that can be stored; null where <paramref name="diagnostics"/> say why it cannot. A model whose numbers are finite can
    /// emit some that are not, and a program's moments can overflow.
    /// </summary>
    internal static Surrogate? Sound(Surrogate surrogate, DiagnosticBag diagnostics)
    {
        if (SurrogateFile.Objection(surrogate) is not { } objection)
        {
            return surrogate;
        }

        string function = surrogate.Signature.Function;
        diagnostics.Add(new Diagnostic(
            Severity.Error, "unusable-network", SourceLocation.InFile(surrogate.Program.Path), $"no surrogate of '{function}' can be made with this model: {objection}",
            "--init random makes one without a model, to be fine-tuned"));
        return null;
    }

    // Programs of the same text, which stand side by side.
    private static IEnumerable<CProgram[]> UnitsOf(IReadOnlyList<CProgram> programs)
    {
        for (int start = 0, end; start < programs.Count; start = end)
        {
            end = start + 1;
            while (end < programs.Count && ReferenceEquals(programs[end].Source, programs[start].Source) && programs[end].Path == programs[start].Path)
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
}
