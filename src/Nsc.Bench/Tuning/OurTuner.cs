// nsc tune within a number of calls: half of them are the samples that the surrogate is fine-tuned on, the others are left to the search.

using Nsc.Compiler.FineTuning;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Search;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Tuning;

public static class OurTuner
{
    public const string Name = "nsc";
    public const string Meaning = "nsc compile, finetune on half of the calls as samples, tune with the others";

    /// <summary>Makes the first output small. The program has noted all calls afterwards.</summary>
    /// <param name="samples">Of the program, at least half of its budget.</param>
    public static void Search(CountedProgram program, SampleSet samples, NetShape shape, long seed, CancellationToken cancellationToken)
    {
        SampleSet own = samples.Slice(0, Math.Max(FineTuneOptions.FewestSamples, program.Budget / 2));
        program.Note(own.Output(0));
        Surrogate start = program.Program.Start(BenchArm.AsFineTuned, shape, 0);
        if (SurrogateFineTuner.Objection(start, own) is not null)
        {
            return;
        }

        FineTuneOptions options = BenchArm.AsFineTuned.Apply(new FineTuneRequest().Options with { Seed = seed });
        Surrogate tuned = SurrogateFineTuner.Run(start, own, options, null, cancellationToken).Surrogate;
        VerifiedSearch.Run(tuned, new TuningGoal(0, 1, null), new double?[start.Topology.Inputs], program.Run, seed, cancellationToken);
    }
}
