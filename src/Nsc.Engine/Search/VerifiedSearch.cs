// Inputs at which a program's outputs are as wanted. What costs no call of the program proposes: its dataflow, or its surrogate; the program has the last word.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Search;

/// <summary>What proposes the points that the program is asked about.</summary>
public enum Proposer
{
    /// <summary>The dataflow graph, which is exact: it is searched itself.</summary>
    Dataflow,

    /// <summary>Gaussian processes on what the program answered, less what an approximate dataflow graph says.</summary>
    ApproximateDataflow,

    /// <summary>Gaussian processes on what the program answered, less what the surrogate says.</summary>
    Surrogate,
}

/// <summary>The least merit after each point that the program was asked about.</summary>
public sealed record TuningStep(int Calls, double Merit);

/// <summary>The outcome of a search.</summary>
/// <param name="Inputs">The best inputs that the program was asked about, in its units; those that are observed have no meaning here.</param>
/// <param name="Outputs">What the program gave there.</param>
/// <param name="Merit">The number that was to be small.</param>
/// <param name="ProgramCalls">Rows on which the program was executed.</param>
/// <param name="Interpreted">Rows of the dataflow that were interpreted.</param>
/// <param name="Agrees">Whether program and dataflow gave the same; null where no exact dataflow was searched.</param>
/// <param name="Course">How the least merit fell.</param>
public sealed record TuningResult(
    double[] Inputs, double[] Outputs, double Merit, int ProgramCalls, long Interpreted, Proposer Proposer, bool? Agrees, ImmutableArray<TuningStep> Course);

/// <param name="surrogate">Proposes where there is no graph.</param>
/// <param name="graph">The program's dataflow in its own units; null without one.</param>
/// <param name="program">Executes the program on rows of inputs.</param>
public sealed class VerifiedSearch(Surrogate surrogate, DataflowGraph? graph, Func<double[], ProgramRun> program)
{
    /// <summary>Values that a dataflow graph may take while it is searched: some seconds.</summary>
    private const long MostValues = 1L << 28;

    private const int MostEvaluations = 200_000, FewestEvaluations = 2_000, Proposals = 8;

    private const double Agreement = 1e-9;

    private readonly ImmutableArray<TuningStep>.Builder _course = ImmutableArray.CreateBuilder<TuningStep>();
    private (double[] Point, double[] Outputs, double Merit)? _best;
    private int _calls;
    private long _interpreted;

    /// <summary>Searches. Deterministic for a seed.</summary>
    /// <param name="known">Samples of the program that are there already; null for none.</param>
    /// <param name="calls">Rows on which the program may be run.</param>
    /// <param name="isDone">Whether no outputs can be better.</param>
    /// <returns>Null when the program gave no usable output at any proposal.</returns>
    public TuningResult? Run(TuningProblem problem, SampleSet? known, int calls, Func<double[], bool> isDone, long seed, CancellationToken cancellationToken)
    {
        ulong stream = SampleSeeds.For(seed, SamplePurpose.Search);
        Func<double[], double[]>? cheap = Cheap(problem);
        bool isExact = graph is { IsExact: true } && cheap is not null;
        bool? agrees = isExact ? AskBest(problem, cheap!, calls, stream, cancellationToken) : null;
        if (agrees != true)
        {
            var search = new PosteriorSearch(problem, cheap, points => Ask(problem, points), stream);
            Note(problem, known, search);
            search.Run((calls - _calls) / problem.RowsPerPoint, () => _best is { } best && isDone(best.Outputs), cancellationToken);
        }

        return _best is not var (point, outputs, merit) ? null : new TuningResult(
            problem.Space.Inputs(point), outputs, merit, _calls, _interpreted, isExact ? Proposer.Dataflow : graph is not null && cheap is not null ? Proposer.ApproximateDataflow : Proposer.Surrogate,
            agrees, _course.ToImmutable());
    }

    private int Evaluations(TuningProblem problem) =>
        (int)Math.Clamp(MostValues / 2 / Math.Max(1, (long)graph!.Nodes.Length * problem.RowsPerPoint), FewestEvaluations, MostEvaluations);

    // Null for a graph that is too large to be asked often.
    private Func<double[], double[]>? Cheap(TuningProblem problem)
    {
        if (graph is null || (long)graph.Nodes.Length * problem.RowsPerPoint * FewestEvaluations > MostValues)
        {
            return graph is null ? points => problem.RespondTo(new SurrogateEvaluator(surrogate).Evaluate(problem.Rows(points))) : null;
        }

        var evaluator = new GraphEvaluator(graph);
        return points =>
        {
            double[] rows = problem.Rows(points);
            int count = rows.Length / surrogate.Topology.Inputs;
            _interpreted += count;
            return problem.RespondTo(evaluator.EvaluateOutputs(rows, count));
        };
    }

    private bool AskBest(TuningProblem problem, Func<double[], double[]> cheap, int calls, ulong seed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = FreeSearch.Run(points => problem.Merits(cheap(points)), problem.Space.Steps, Evaluations(problem), seed).Take(Math.Min(Proposals, calls / problem.RowsPerPoint)).ToArray();
        if (found.Length == 0)
        {
            return false;
        }

        double[] merits = problem.Merits(Ask(problem, [.. found.SelectMany(f => f.Point)]));
        return Math.Abs(merits[0] - found[0].Merit) <= Agreement * Math.Max(1, Math.Abs(found[0].Merit));
    }

    // The program's responses; NaN where it fails.
    private double[] Ask(TuningProblem problem, double[] points)
    {
        double[] rows = problem.Rows(points);
        ProgramRun run = program(rows);
        int width = surrogate.Topology.Outputs;
        double[] outputs = [.. run.Outputs.Select((y, i) => run.Statuses[i / width] == SampleStatus.Ok ? y : double.NaN)];
        double[] responses = problem.RespondTo(outputs), merits = problem.Merits(responses);
        int dimensions = problem.Space.Dimensions;
        for (int m = 0; m < merits.Length; m++)
        {
            _calls += problem.RowsPerPoint;
            if (double.IsFinite(merits[m]) && !(merits[m] >= _best?.Merit))
            {
                _best = (points[(m * dimensions)..((m + 1) * dimensions)], outputs[(m * problem.RowsPerPoint * width)..((m + 1) * problem.RowsPerPoint * width)], merits[m]);
                _course.Add(new TuningStep(_calls, merits[m]));
            }
        }

        return responses;
    }

    private void Note(TuningProblem problem, SampleSet? known, PosteriorSearch search)
    {
        for (int row = 0; problem.RowsPerPoint == 1 && row < (known?.Count ?? 0); row++)
        {
            if (problem.Space.Point(known!.Inputs(row)) is { } point)
            {
                double[] outputs = known.Outputs(row).ToArray(), responses = problem.RespondTo(outputs);
                search.Note(point, responses);
                _best = problem.Merit(responses) is var merit && double.IsFinite(merit) && !(merit >= _best?.Merit) ? (point, outputs, merit) : _best;
            }
        }
    }
}
