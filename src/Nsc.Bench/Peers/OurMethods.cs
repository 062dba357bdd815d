// Ours in the comparison with peers: what `nsc finetune` does, and the same engine from random weights.

using System.Collections.Immutable;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Scanning;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Peers;

/// <summary>A method of ours.</summary>
public sealed record OurMethod(string Name, string Meaning, BenchArm Arm)
{
    /// <summary>What all others are compared with.</summary>
    public static readonly OurMethod FineTuned = new("nsc", "nsc compile, then nsc finetune", BenchArm.AsFineTuned);

    /// <summary>The same without what the compiler knows.</summary>
    public static readonly OurMethod Random = new("random", "nsc finetune from random weights", BenchArm.Random);

    public static ImmutableArray<OurMethod> All { get; } = [FineTuned, Random];

    /// <summary>Fine-tuning with the defaults of the command line.</summary>
    public static FineTuneOptions Options => new FineTuneRequest().Options;

    /// <summary>All programs by this method.</summary>
    /// <param name="cost">What a call of a net takes, as exported C; null when it is not known.</param>
    public List<ComparedRow> Measure(IReadOnlyList<BenchProgram> programs, int samples, NetShape shape, NetCost? cost, CancellationToken cancellationToken)
    {
        int seeds = programs[0].Pools.Count;
        var pairs = programs.SelectMany(p => p.Pools.Select((pool, seed) => (p.Start(Arm, shape, seed), pool.Slice(0, samples)))).ToList();
        FineTuned[] tuned = [];
        double seconds = ProcessorTime.Of(() => tuned = SurrogateFineTuner.RunAll(pairs, Arm.Apply(Options), null, cancellationToken)).TotalSeconds / pairs.Count;
        Surrogate[][] surrogates = [.. tuned.Select(t => t.Surrogate).Chunk(seeds)];
        return
        [
            .. DataEfficiency.Errors(programs, new TrainedArm(Name, samples, surrogates, seconds)).Zip(surrogates, (error, own) => new ComparedRow(
                error.Program, samples, Name, error.Nmse, error.NmseBySeed, seconds,
                cost?.Of(own[0].Topology.Inputs, own[0].Topology.Outputs), own[0].Layers.Sum(l => (double)sizeof(float) * (l.Weight.Length + l.Bias.Length)))),
        ];
    }
}
