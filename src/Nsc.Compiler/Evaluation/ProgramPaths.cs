// The paths through a surrogate's program, to sample and to measure along.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Evaluation;

/// <summary>A program with its dataflow.</summary>
internal sealed class ProgramPaths
{
    private readonly Toolchain _toolchain;
    private readonly DiagnosticBag _diagnostics;

    private ProgramPaths(CProgram program, DataflowGraph graph, Toolchain toolchain, DiagnosticBag diagnostics) =>
        (Program, Graph, _toolchain, _diagnostics) = (program, graph, toolchain, diagnostics);

    public CProgram Program { get; }

    public DataflowGraph Graph { get; }

    /// <summary>Lowers the carried program, or the one that takes its place; null with messages where there is no dataflow.</summary>
    public static ProgramPaths? Of(Surrogate surrogate, CSource? other, DiagnosticBag diagnostics)
    {
        using var program = new SampledProgram(surrogate, other);
        return Of(program, diagnostics);
    }

    /// <summary>The same of a program that is sampled too.</summary>
    public static ProgramPaths? Of(SampledProgram sampled, DiagnosticBag diagnostics)
    {
        if (sampled.Parse(diagnostics) is not var (program, toolchain))
        {
            return null;
        }

        DataflowGraph? graph = GraphBuilder.Build(program, toolchain, GraphOptions.Default, diagnostics);
        return graph is null || diagnostics.HasErrors ? null : new ProgramPaths(program, graph, toolchain, diagnostics);
    }

    /// <summary>Samples for fine-tuning, spread over the paths.</summary>
    public SampleSet? DrawForTuning(int count, long seed, CancellationToken cancellationToken) =>
        ProgramSamples.DrawChecked(Program, _toolchain, _diagnostics, native => ProgramSampler.DrawOverPaths(
            Program, native, Graph, count, SampleSeeds.For(seed, SamplePurpose.FineTuning), _diagnostics, cancellationToken), cancellationToken);

    /// <summary>The errors on each path: with samples of our own, as many of each path, or on the rows of a file.</summary>
    /// <param name="rows">The file's samples; null to draw some.</param>
    /// <param name="uniform">Samples that tell the outputs' deviations.</param>
    public PathFindings? Measure(Surrogate surrogate, SampleSet? rows, SampleSet uniform, long seed, CancellationToken cancellationToken)
    {
        var classifier = new PathClassifier(Graph);
        (SampleSet? samples, ImmutableArray<ExecutionPath> known, int sorted) = rows is null
            ? Draw(uniform.Count, seed, cancellationToken)
            : (rows, classifier.Classify(rows.X).Paths, rows.Count);
        if (samples is null)
        {
            return null;
        }

        PathTable table = classifier.Classify(samples.X);
        double[] scales = [.. Enumerable.Range(0, uniform.OutputCount).Select(k => ErrorMetrics.Scale(uniform, k))];
        ImmutableArray<PathError> errors = PathError.Measure(
            known, samples, [.. table.PathOf.Select(p => table.Paths[p].Key)], new SurrogateEvaluator(surrogate).Evaluate(samples.X), scales);
        return Findings(classifier, known, errors, sorted);
    }

    private (SampleSet? Samples, ImmutableArray<ExecutionPath> Known, int Sorted) Draw(int count, long seed, CancellationToken cancellationToken)
    {
        var inputs = new PathInputs(Program.Signature, Graph, count, PathShare.Equal, new SplitMix64(SampleSeeds.For(seed, SamplePurpose.Paths)));
        SampleSet? samples = ProgramSamples.Draw(
            Program, _toolchain, _diagnostics, native => ProgramSampler.Draw(Program, native, count, inputs.Next, _diagnostics, cancellationToken));
        return (samples, inputs.Paths, inputs.Candidates);
    }

    // Only branches that the inputs take both ways, or that some paths do not come to, tell paths apart.
    private PathFindings Findings(PathClassifier classifier, ImmutableArray<ExecutionPath> known, ImmutableArray<PathError> errors, int sorted)
    {
        int[] telling = [.. Enumerable.Range(0, classifier.Branches.Length).Where(b => known.Any(p => p.Outcomes[b] != known[0].Outcomes[b]))];
        PathBranch[] branches = [.. telling.Select(b => new PathBranch(
            Graph.Lines.Length > 0 && Graph.Lines[classifier.Branches[b]] is > 0 and int line ? line : null,
            ConditionText.Of(Graph, Program.Signature.Inputs, classifier.Branches[b])))];
        MeasuredPath[] rows = [.. errors.Select(e => new MeasuredPath(
            e.Path is null ? null : [.. telling.Select((b, i) => (Outcome: e.Path.Outcomes[b], i)).Where(p => p.Outcome is not null)
                .Select(p => new PathDecision(p.i, branches[p.i].Line, branches[p.i].Condition, p.Outcome!.Value))],
            e.Paths, e.Probability, e.Samples, e.Nmse, e.MaxAbs))];
        return new PathFindings(Path.GetFileName(Program.Path), [.. Graph.Approximations], sorted, classifier.Branches.Length, branches, rows);
    }
}
