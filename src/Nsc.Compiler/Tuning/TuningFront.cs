// What two outputs cost each other: the results that no other one beats in both.

using System.Collections.Immutable;
using Nsc.Engine.Search;

namespace Nsc.Compiler.Tuning;

/// <param name="Points">Each better than its neighbours in one of the two outputs, ordered by the first.</param>
/// <param name="First">The output that is small or large.</param>
/// <param name="Second">The other one.</param>
public sealed record TuningFront(ImmutableArray<TuningResult> Points, Wish First, Wish Second)
{
    /// <summary>Rows on which the program was executed for all that were looked for.</summary>
    public required int ProgramCalls { get; init; }

    /// <summary>Rows of the dataflow that were interpreted.</summary>
    public required long Interpreted { get; init; }

    internal static TuningFront Of(IReadOnlyList<TuningResult> found, Wish first, Wish second)
    {
        double At(Wish wish, TuningResult result) => wish.Merit(result.Outputs[wish.Output]);
        bool Beats(TuningResult a, TuningResult b) => At(first, a) <= At(first, b) && At(second, a) <= At(second, b) && (At(first, a) < At(first, b) || At(second, a) < At(second, b));
        return new TuningFront(
            [.. found.Where(r => !found.Any(o => Beats(o, r))).DistinctBy(r => (At(first, r), At(second, r))).OrderBy(r => r.Outputs[first.Output])], first, second)
        {
            ProgramCalls = found.Sum(r => r.ProgramCalls), Interpreted = found.Sum(r => r.Interpreted),
        };
    }
}
