// One file of a project: its functions are surveyed, lowered and timed, those that share a run of clang together.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Scanning;

/// <summary>Scans a file. Nothing else may run in this process meanwhile, because functions are timed by what its children use.</summary>
/// <param name="tell">Is told of everything at once, so that it is known when the rest comes to grief.</param>
internal sealed class FileScanner(string path, ProjectCache project, Toolchain toolchain, Action<ScanEvent> tell) : ISurveyor
{
    private const int Samples = 32;

    // What one go of a timed loop over all rows may take; over fewer of them where a call is expensive.
    private const double LongestGo = 0.01;

    public void Scan()
    {
        var diagnostics = new DiagnosticBag();
        if (CSource.Read(path, diagnostics) is { } source)
        {
            ClangFrontEnd.Survey(path, source.Text, project, toolchain, this, diagnostics);
        }

        if (diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is { } error)
        {
            tell(new ScanEvent(Trouble: error.Location.Line > 0 ? $"{error.Location}: {error.Message}" : error.Message));
        }
    }

    public void Begin(FileSurvey survey) => tell(new ScanEvent(Survey: survey));

    public void Found(SurveyedFunction function)
    {
        if (function.Program is null)
        {
            tell(new ScanEvent(Refused: RefusalOf(function, function.Findings)));
        }
    }

    public void Together(IReadOnlyList<SurveyedFunction> alone, IReadOnlyList<CProgram> programs)
    {
        CProgram[] timed = [.. programs.Select(TimedLoop.AddTo)];
        foreach (int[] unit in ProgramSet.Together(timed))
        {
            using var set = new ProgramSet([.. unit.Select(i => timed[i])], toolchain);
            DiagnosticBag[] found = [.. unit.Select(_ => new DiagnosticBag())];
            ImmutableArray<DataflowGraph?> graphs = set.Lower(GraphOptions.Default, found);
            for (int k = 0; k < unit.Length; k++)
            {
                tell(Event(alone[unit[k]], timed[unit[k]], graphs[k], found[k], set));
            }
        }
    }

    private ScanEvent Event(SurveyedFunction function, CProgram program, DataflowGraph? graph, DiagnosticBag found, ProgramSet set)
    {
        found = graph is null ? Starts.WithoutGraph(found) : found;
        if (found.HasErrors)
        {
            return new ScanEvent(Refused: RefusalOf(function, found));
        }

        (double usable, double? nanoseconds, string? incident) = Time(program, function.Program!, set);
        return new ScanEvent(Compilable: new CompilableFunction(
            function.Name, path, function.Place.Line,
            [.. program.Signature.Inputs.Zip(function.Guessed, (i, isGuessed) => new ScannedInput(i.Name, i.Range.Low, i.Range.High, isGuessed))],
            [.. program.Signature.Outputs.Select(o => o.Name)],
            graph is null ? GraphKind.None : graph.IsExact ? GraphKind.Exact : GraphKind.Approximate, usable, nanoseconds,
            incident ?? (graph is null ? found.Last(d => d.Severity == Severity.Note).Message : null)));
    }

    // What others of the unit hold can be too much for the sandbox; then the function is built alone.
    private FunctionTime Time(CProgram program, CProgram alone, ProgramSet set)
    {
        FunctionTime together = Time(program, p => set.Open(p, []));
        return together.Usable > 0 ? together : Time(TimedLoop.AddTo(alone), p => NativeProgram.Compile(p, toolchain, [], limits: null));
    }

    private static FunctionTime Time(CProgram program, Func<CProgram, NativeProgram?> open)
    {
        int width = program.Signature.Inputs.Length;
        double[] inputs = InputSampler.Draw(program.Signature, Samples, new SplitMix64(SampleSeeds.For(1, SamplePurpose.Evaluation)));
        using NativeProgram? native = open(program);
        if (native is null)
        {
            return new FunctionTime(0, null, "it could not be built");
        }

        var (run, seconds) = ProgramTimer.Watch(native, inputs, CancellationToken.None);
        int[] good = [.. Enumerable.Range(0, Samples).Where(row => run.Statuses[row] == SampleStatus.Ok)];
        if (good.Length == 0)
        {
            return new FunctionTime(0, null, $"over these ranges every call comes to grief: {run.Incident}");
        }

        int count = (int)Math.Clamp(Samples * LongestGo / seconds, 1, good.Length);
        double[] rows = [.. good.Take(count).SelectMany(row => inputs.AsSpan(row * width, width).ToArray())];
        using NativeProgram? loop = open(TimedLoop.Over(program, count));
        double? nanoseconds = loop is null ? null : ProgramTimer.Roughly(loop, rows, count, CancellationToken.None);
        return new FunctionTime((double)good.Length / Samples, nanoseconds, nanoseconds is null ? "it could not be timed" : null);
    }

    private RefusedFunction RefusalOf(SurveyedFunction function, IEnumerable<Diagnostic> findings)
    {
        Diagnostic first = findings.FirstOrDefault(d => d.Severity == Severity.Error)
            ?? new Diagnostic(Severity.Error, "no-reason", function.Place, "no reason was given");
        SourceLocation at = first.Location.Line > 0 ? first.Location : function.Place;
        return new RefusedFunction(function.Name, path, function.Place.Line, first.Id, first.Message, first.Hint, at.ToString());
    }

    private sealed record FunctionTime(double Usable, double? Nanoseconds, string? Incident);
}
