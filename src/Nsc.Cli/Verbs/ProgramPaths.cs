// The paths through a surrogate's program, for the verbs that sample or measure along them.

using System.Collections.Immutable;
using Nsc.Cli.Output;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs;

/// <summary>A program with its dataflow.</summary>
internal sealed class ProgramPaths
{
    private readonly Toolchain _toolchain;
    private readonly Terminal _terminal;

    private ProgramPaths(CProgram program, DataflowGraph graph, Toolchain toolchain, Terminal terminal) =>
        (Program, Graph, _toolchain, _terminal) = (program, graph, toolchain, terminal);

    public CProgram Program { get; }

    public DataflowGraph Graph { get; }

    /// <summary>Lowers the carried program, or the one that takes its place; ends the verb with messages where there is no dataflow.</summary>
    public static ProgramPaths Of(Surrogate surrogate, FileInfo? file, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        Toolchain toolchain = SourceFiles.RequireToolchain();
        var pipeline = new Pipeline(toolchain, diagnostics);
        CProgram program = CarriedProgram.Parse(surrogate, file, pipeline, diagnostics, terminal);
        DataflowGraph? graph = pipeline.Lower(program);
        diagnostics.ShowAndStopOnErrors(terminal);
        return new ProgramPaths(program, graph!, toolchain, terminal);
    }

    /// <summary>Samples for fine-tuning: spread over the paths, but for the last ones, which are uniform.</summary>
    public SampleSet DrawForTuning(int spread, int uniform, long seed, CancellationToken cancellationToken) =>
        Sample((native, diagnostics) => ProgramSampler.DrawOverPaths(
            Program, native, Graph, spread, uniform, SampleSeeds.For(seed, SamplePurpose.FineTuning), diagnostics, cancellationToken));

    /// <summary>The errors on each path: with samples of our own, as many of each path, or on the rows of a file.</summary>
    /// <param name="rows">The file's samples; null to draw some.</param>
    /// <param name="uniform">Samples that tell the outputs' deviations.</param>
    public PathsJson Measure(Surrogate surrogate, SampleSet? rows, SampleSet uniform, long seed, CancellationToken cancellationToken)
    {
        var classifier = new PathClassifier(Graph);
        (SampleSet samples, ImmutableArray<ExecutionPath> known, int sorted) = rows is null
            ? Draw(uniform.Count, seed, cancellationToken)
            : (rows, classifier.Classify(rows.X).Paths, rows.Count);
        PathTable table = classifier.Classify(samples.X);
        double[] scales = [.. Enumerable.Range(0, uniform.OutputCount).Select(k => ErrorMetrics.Scale(uniform, k))];
        ImmutableArray<PathError> errors = PathError.Measure(
            known, samples, [.. table.PathOf.Select(p => table.Paths[p].Key)], new SurrogateEvaluator(surrogate).Evaluate(samples.X), scales);
        return ToJson(classifier, known, errors, sorted);
    }

    private (SampleSet Samples, ImmutableArray<ExecutionPath> Known, int Sorted) Draw(int count, long seed, CancellationToken cancellationToken)
    {
        var inputs = new PathInputs(Program.Signature, Graph, count, PathShare.Equal, new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Paths)));
        SampleSet samples = Sample((native, diagnostics) => ProgramSampler.Draw(Program, native, count, inputs.Next, diagnostics, cancellationToken));
        return (samples, inputs.Paths, inputs.Candidates);
    }

    private SampleSet Sample(Func<NativeProgram, DiagnosticBag, SampleSet> draw)
    {
        var diagnostics = new DiagnosticBag();
        using NativeProgram? native = NativeProgram.Compile(Program, _toolchain, diagnostics);
        diagnostics.ShowAndStopOnErrors(_terminal);
        SampleSet samples = draw(native!, diagnostics);
        _terminal.Show(diagnostics);
        return diagnostics.HasErrors ? throw new CommandException(ExitCode.Refused, $"'{Program.Signature.Function}' could not be sampled") : samples;
    }

    // Only branches that the inputs take both ways, or that some paths do not come to, tell paths apart.
    private PathsJson ToJson(PathClassifier classifier, ImmutableArray<ExecutionPath> known, ImmutableArray<PathError> errors, int sorted)
    {
        int[] telling = [.. Enumerable.Range(0, classifier.Branches.Length).Where(b => known.Any(p => p.Outcomes[b] != known[0].Outcomes[b]))];
        BranchJson[] branches = [.. telling.Select(b => new BranchJson(
            Graph.Lines.Length > 0 && Graph.Lines[classifier.Branches[b]] is > 0 and int line ? line : null,
            ConditionText.Of(Graph, Program.Signature.Inputs, classifier.Branches[b])))];
        PathJson[] rows = [.. errors.Select(e => new PathJson(
            e.Path is null ? null : [.. telling.Select((b, i) => (Outcome: e.Path.Outcomes[b], i)).Where(p => p.Outcome is not null)
                .Select(p => new DecisionJson(p.i, branches[p.i].Line, branches[p.i].Condition, p.Outcome!.Value))],
            e.Paths, e.Probability, e.Samples, e.Nmse, e.MaxAbs))];
        return new PathsJson(Path.GetFileName(Program.Path), [.. Graph.Approximations], sorted, classifier.Branches.Length, branches, rows);
    }
}

/// <param name="Line">Of the source; null where unknown.</param>
internal sealed record BranchJson(int? Line, string Condition);

/// <param name="Branch">An index of the branches that tell paths apart.</param>
internal sealed record DecisionJson(int Branch, int? Line, string Condition, bool Holds);

/// <param name="Conditions">What is decided on the path; null for the paths that share the last row.</param>
internal sealed record PathJson(DecisionJson[]? Conditions, int Paths, double Probability, int Samples, double? Nmse, double? MaxError);

/// <param name="Sorted">The number of inputs that the probabilities are from.</param>
/// <param name="AllBranches">The branches of the program, those that do not tell paths apart included.</param>
internal sealed record PathsJson(string File, string[] Approximations, int Sorted, int AllBranches, BranchJson[] Branches, PathJson[] Paths)
{
    private const int MostDecisions = 12;

    public void Print(string function, TextWriter output)
    {
        foreach (string reason in Approximations)
        {
            output.WriteLine($"  paths are approximate: {reason}");
        }

        if (Paths.Length == 1)
        {
            output.WriteLine(AllBranches == 0 ? $"  {function} has one path: it does not branch" : $"  one path: all {Sorted} inputs take the same way at each of {AllBranches} branches");
            return;
        }

        output.WriteLine($"  {Paths.Sum(p => p.Paths)} paths, by {Sorted} inputs sorted along the dataflow; these branches tell them apart:");
        for (int b = 0; b < Branches.Length; b++)
        {
            output.WriteLine($"    {b + 1,3}  {(Branches[b].Line is { } line ? $"{File}:{line}: " : "")}{Branches[b].Condition}");
        }

        output.WriteLine($"  {"probability",11}  {"samples",7}  {"NMSE",10}  {"max",10}  path");
        foreach (PathJson path in Paths)
        {
            output.WriteLine($"  {path.Probability,11:G4}  {path.Samples,7}  {Figure(path.Nmse),10}  {Figure(path.MaxError),10}  {Name(path)}");
        }
    }

    private static string Figure(double? value) => value?.ToString("G4", System.Globalization.CultureInfo.InvariantCulture) ?? "-";

    private static string Name(PathJson path)
    {
        if (path.Conditions is not { } decisions)
        {
            return $"{path.Paths} others";
        }

        IEnumerable<string> shown = decisions.Take(MostDecisions).Select(d => $"{d.Branch + 1} {(d.Holds ? "yes" : "no")}");
        return string.Join(", ", shown) + (decisions.Length > MostDecisions ? $" and {decisions.Length - MostDecisions} more" : "");
    }
}
