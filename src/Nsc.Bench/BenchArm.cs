// What a row of a bench is about: where its surrogates start, and what is done with the samples beside taking steps.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Sampling;
using Nsc.Engine.Adapting;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;

namespace Nsc.Bench;

/// <summary>A start and its treatments.</summary>
/// <param name="Name">All of it, such as dataflow+calibration+subspace. What follows the start is of <see cref="Treatment.All"/>, in that order.</param>
public sealed record BenchArm(string Name)
{
    /// <summary>Training from scratch, which every ratio is taken to.</summary>
    public static readonly BenchArm Random = new(DataEfficiency.RandomArm);

    /// <summary>Our fine-tuning by the paper's protocol. What finetune does goes further: nets that compile has refined, and a teacher.</summary>
    public static readonly BenchArm AsFineTuned = new(string.Concat([Architectures.Dataflow, .. Treatment.All.Where(t => t.IsOfProtocol).Select(Suffix)]));

    /// <summary>The architecture of the model that emits the start, or <see cref="DataEfficiency.RandomArm"/>; what the name begins with, known or not.</summary>
    public string Start => Parse().Start;

    public ImmutableArray<Treatment> Treatments => Parse().Treatments;

    /// <summary>Larger for an arm with earlier treatments.</summary>
    public int Fullness => Treatments.Sum(t => 1 << (Treatment.All.Length - 1 - Treatment.All.IndexOf(t)));

    /// <summary>How it is trained.</summary>
    public FineTuneOptions Apply(FineTuneOptions options) =>
        Treatments.Aggregate(options with { Calibrates = false, KeepsSubspace = false }, (treated, treatment) => treatment.Options(treated));

    /// <summary>What teaches as <c>finetune</c> is taught where the dataflow is what the program computes; null for an arm that interprets nothing.</summary>
    /// <param name="pools">What is trained on, of each program.</param>
    internal Func<SampleSet, ProgramMean?>? Dataflows(IReadOnlyList<(SampleSet Samples, DataflowGraph Graph)> pools)
    {
        if (!Treatments.Any(t => t.Interprets))
        {
            return null;
        }

        var graphs = new Dictionary<SampleSet, DataflowGraph>(ReferenceEqualityComparer.Instance);
        foreach ((SampleSet samples, DataflowGraph graph) in pools.Where(p => p.Graph.IsExact))
        {
            graphs[samples] = graph;
        }

        return samples => graphs.TryGetValue(samples, out DataflowGraph? graph) ? ProgramMean.Of(graph) : null;
    }

    private (string Start, ImmutableArray<Treatment> Treatments) Parse()
    {
        (string start, ImmutableArray<Treatment> treatments) = (Name, []);
        foreach (Treatment treatment in Treatment.All.Reverse())
        {
            if (start.EndsWith(Suffix(treatment), StringComparison.Ordinal))
            {
                (start, treatments) = (start[..^Suffix(treatment).Length], treatments.Insert(0, treatment));
            }
        }

        return (start, treatments);
    }

    private static string Suffix(Treatment treatment) => $"+{treatment.Name}";
}
