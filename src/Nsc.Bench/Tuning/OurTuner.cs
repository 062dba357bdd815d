// nsc tune within a number of calls.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Search;

namespace Nsc.Bench.Tuning;

/// <param name="SeesDataflow">Whether it may interpret the program's dataflow, which costs no call.</param>
public sealed record OurTuner(string Name, string Meaning, bool SeesDataflow)
{
    public static ImmutableArray<OurTuner> All { get; } =
    [
        new("nsc", "nsc compile and tune, which may interpret the program's dataflow", true),
        new("nsc-calls", "the same without the dataflow: the program's answers and the surrogate alone", false),
    ];

    /// <summary>Makes the first output small. The program has noted all calls afterwards.</summary>
    public void Search(CountedProgram program, NetShape shape, long seed, CancellationToken cancellationToken)
    {
        BenchProgram of = program.Program;
        Surrogate surrogate = of.Start(BenchArm.AsFineTuned, shape, 0);
        var problem = new GoalProblem(surrogate.Signature, new TuningGoal([new Wish(0, WishKind.Small, 0, surrogate.OutputDeviation[0])]), new double?[surrogate.Topology.Inputs]);
        new VerifiedSearch(surrogate, SeesDataflow ? of.Graph : null, program.Run).Run(problem, null, program.Budget, _ => false, seed, cancellationToken);
    }
}
