// Ours in the comparison with peers: what `nsc finetune` does, and the same engine from random weights. The reference on TorchSharp stands for that library.

using System.Collections.Immutable;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Scanning;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Adapting;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Training.Reference;

namespace Nsc.Bench.Peers;

/// <summary>A method that runs in this process.</summary>
/// <param name="Options">How nets are trained.</param>
public sealed record OurMethod(string Name, string Meaning, BenchArm Arm, FineTuneOptions Options)
{
    // Fine-tuning with the defaults of the command line.
    private static readonly FineTuneOptions s_default = new FineTuneRequest().Options;

    /// <summary>What all others are compared with.</summary>
    public static readonly OurMethod FineTuned = new("nsc", "nsc compile --refine 0, then nsc finetune: the text and the samples", BenchArm.AsFineTuned, s_default);

    /// <summary>What a user gets: compile has refined the net on points of the dataflow, which is interpreted.</summary>
    public static readonly OurMethod Interpreted = new("nsc-interpreted", "nsc compile, which interprets the dataflow, then nsc finetune", new("dataflow+interpreted+subspace"), s_default);

    /// <summary>The same without what the compiler knows.</summary>
    public static readonly OurMethod Random = new("random", "nsc finetune from random weights", BenchArm.Random, s_default);

    public static ImmutableArray<OurMethod> All { get; } = [FineTuned, Interpreted, Random];

    /// <summary>A peer: the same steps as PyTorch's, in the library that .NET has for it.</summary>
    public static readonly OurMethod TorchSharp = new("torchsharp", "TorchSharp, our net by Adam", BenchArm.Random, new FineTuneOptions()) { Trainer = () => new TorchTrainer() };

    /// <summary>What trains; null for our own engine.</summary>
    private Func<INetTrainer>? Trainer { get; init; }

    /// <summary>All programs by this method.</summary>
    /// <param name="cost">What a call of a net takes, as exported C; null when it is not known.</param>
    public List<ComparedRow> Measure(IReadOnlyList<BenchProgram> programs, int samples, NetShape shape, NetCost? cost, CancellationToken cancellationToken)
    {
        int seeds = programs[0].Pools.Count;
        var pairs = programs.SelectMany(p => p.Pools.Select((pool, seed) => (p.Start(Arm, shape, seed), pool.Slice(0, samples)))).ToList();
        Func<SampleSet, ProgramMean?>? mean = Arm.Dataflows([.. pairs.Select((pair, i) => (pair.Item2, programs[i / seeds].Graph))]);
        FineTuned[] tuned = [];
        double seconds = ProcessorTime.Of(() => tuned = SurrogateFineTuner.RunAll(pairs, Arm.Apply(Options), null, cancellationToken, Trainer?.Invoke(), mean)).TotalSeconds / pairs.Count;
        Surrogate[][] surrogates = [.. tuned.Select(t => t.Surrogate).Chunk(seeds)];
        return
        [
            .. DataEfficiency.Errors(programs, new TrainedArm(Name, samples, surrogates, seconds)).Zip(surrogates, (error, own) => new ComparedRow(
                error.Program, samples, Name, error.Nmse, error.NmseBySeed, seconds,
                cost?.Of(own[0].Topology.Inputs, own[0].Topology.Outputs), own[0].Layers.Sum(l => (double)sizeof(float) * (l.Weight.Length + l.Bias.Length)))),
        ];
    }
}
