// Neural surrogates: compiled, fine-tuned, and held against a second one where they need it.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Refining;
using Nsc.Export;

namespace Nsc.Compiler.Acceleration;

internal sealed class NetMethod : IAccelerationMethod
{
    // Another seed for the twin, far from those that a user counts through.
    private const long TwinSeed = 1L << 32;

    // Where more of the calls ask the original, the guard is why nothing is gained.
    private const double MostAsked = 0.9;

    // Beside other methods small nets matter more; large ones, which take long to train, are left out unless they are asked for.
    private static readonly ImmutableArray<ImmutableArray<int>> s_besideOthers = [[4], [8], [16], [8, 8], [16, 16]];

    public string Name => AccelerationMethods.Net;

    public bool HasSecondOpinion => true;

    public IEnumerable<Candidate> Ladder(AccelerationTask task)
    {
        if (Compile(task) is not { } compiled)
        {
            yield break;
        }

        foreach (ImmutableArray<int> size in Sizes(task.Request, compiled))
        {
            if (FineTune(Reshaping.To(compiled, size, task.Request.Compile.Seed), task) is not var (surrogate, second))
            {
                yield break;
            }

            SurrogateGuard guard = ChooseGuard(surrogate, second, task);
            yield return new Candidate(Name, new NetApproximation(surrogate, new ExportOptions(Guard: guard)), guard.Second is null);
        }
    }

    private static ImmutableArray<ImmutableArray<int>> Sizes(AccelerateRequest request, Surrogate compiled) =>
        request.Hidden is { } hidden ? (hidden.IsEmpty ? NetSizes.All : [hidden])
        : request.Method == AccelerationMethods.Net ? [compiled.Topology.Hidden]
        : s_besideOthers;

    // A program without a dataflow graph can still be learned from its samples.
    private static Surrogate? Compile(AccelerationTask task)
    {
        CompileOptions options = task.Request.Compile;
        if (CompilerModel.Load(options.Model, options.ToBaseline, task.Diagnostics) is not { } model)
        {
            return null;
        }

        (Surrogate? start, DataflowGraph? graph) = Starts.Of(task.Program, model, options.Seed, task.Toolchain, task.Diagnostics);
        task.Diagnostics.AddRange(graph is null ? [] : UnmetEqualities.Notes(task.Program, graph));
        return start is null ? null
            : task.Request.Loss == OutputLoss.Relative ? Refinement.ByLogarithm(start, task.Samples.Training, graph, options.Seed)
            : graph is null ? start : Refinement.Refine(start, graph, RefinementEffort.For(start.Topology.Outputs), options.Seed);
    }

    private static (Surrogate Surrogate, Surrogate Second)? FineTune(Surrogate compiled, AccelerationTask task)
    {
        AccelerationSamples samples = task.Samples;
        if ((SurrogateFineTuner.Objection(compiled, samples.Training) ?? SurrogateFineTuner.Objection(compiled, samples.Twin)) is { } objection)
        {
            task.Diagnostics.Refuse(Refusal.Input, objection);
            return null;
        }

        string size = NetSizes.InWords(compiled.Topology.Hidden);
        Surrogate[] tuned = task.Request.Known is { } known ? known(compiled.Program, size, Tune) : Tune();
        return (tuned[0], tuned[1]);

        Surrogate[] Tune()
        {
            task.Progress($"fine-tuning {size} and its twin");
            Surrogate twin = Starts.Random(compiled.Program, graph: null, NetShape.Of(compiled.Topology), task.Request.Compile.Seed + TwinSeed);
            twin = task.Request.Loss == OutputLoss.Relative ? twin.WithLogarithms(samples.Twin) : twin;
            return [.. SurrogateFineTuner.RunAll([(compiled, samples.Training), (twin, samples.Twin)], task.Request.Tuning, null, task.CancellationToken).Select(t => t.Surrogate with { Covered = samples.Covered })];
        }
    }

    // The ranges alone where that keeps the promise, else with the twin's opinion.
    private static SurrogateGuard ChooseGuard(Surrogate surrogate, Surrogate second, AccelerationTask task)
    {
        (double rate, double confidence) = (task.Request.Limit.Rate, task.Request.Limit.Confidence);
        SurrogateGuard guard = SurrogateGuard.OfRanges(surrogate);
        if (guard.Keeps(task.Choosing, task.Allowed, rate, confidence))
        {
            return guard;
        }

        guard = SurrogateGuard.Choose(surrogate, second, task.Choosing, task.Allowed, rate, confidence);
        int asked = guard.Asks(task.Choosing.X).Count(asks => asks);
        if (asked > MostAsked * task.Choosing.Count)
        {
            task.Diagnostics.Remark(
                $"{surrogate.Topology}: the net errs too often, or {task.Choosing.Count} samples are too few to tell where it does not: {asked} of them ask the original; more of --held-out or --samples, or a larger --rate or --max-error, lets the net answer more");
        }

        return guard;
    }
}
