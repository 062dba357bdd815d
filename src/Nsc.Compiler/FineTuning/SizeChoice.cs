// How large a net has to be: each size is fine-tuned on the same samples, and judged on others.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Adapting;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Compiler.FineTuning;

/// <summary>What a size gave.</summary>
/// <param name="Nmse">On the samples that the choice was made on.</param>
/// <param name="KeepsLimit">Whether what was asked of the error holds on them; null where nothing was asked.</param>
/// <param name="IsChosen">Whether it is the one that was taken.</param>
public sealed record TriedSize(ImmutableArray<int> Hidden, double Nmse, bool? KeepsLimit, bool IsChosen);

/// <summary>The smallest net that keeps the limit, or, where there is none or none keeps it, that errs at most a tenth more than the best.</summary>
internal static class SizeChoice
{
    /// <summary>Samples that sizes are judged on; the bound comes from others.</summary>
    public const int Samples = 1024;

    private const double Tolerance = 1.1;

    /// <param name="judges">Samples that none is trained on.</param>
    public static (FineTuned Tuned, ImmutableArray<TriedSize> Tried) Run(
        Surrogate start, SampleSet samples, SampleSet judges, FineTuneRequest request, FineTuneOptions options, Func<SampleSet, ProgramMean?>? mean, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ErrorLimit limit = request.Limit;
        NetShape shape = NetShape.Of(start.Topology);
        var tried = new List<(FineTuned Tuned, TriedSize Size)>();
        foreach (ImmutableArray<int> hidden in NetSizes.All.Where(h => SurrogateFineTuner.ShapeObjection(shape with { Hidden = h }, options.Optimizer) is null))
        {
            progress?.Report($"fine-tuning {NetSizes.InWords(hidden)}");
            FineTuned tuned = SurrogateFineTuner.Run(Reshaping.To(start, hidden, options.Seed), samples, options, null, cancellationToken, request.Trainer, mean);
            double[] predicted = new SurrogateEvaluator(tuned.Surrogate).Evaluate(judges.X);
            bool? keeps = limit.MaxError is null ? null : limit.Objection(BoundedError.Of(tuned.Surrogate, judges, predicted, limit)) is null;
            tried.Add((tuned, new TriedSize(hidden, OutputLosses.Error(tuned.Surrogate, judges, predicted), keeps, false)));
        }

        double best = tried.Min(t => t.Size.Nmse);
        int chosen = tried.FindIndex(t => t.Size.KeepsLimit == true);
        chosen = chosen >= 0 ? chosen : tried.FindIndex(t => t.Size.Nmse <= Tolerance * best);
        return (tried[chosen].Tuned, [.. tried.Select((t, i) => t.Size with { IsChosen = i == chosen })]);
    }
}
