// What is asked of a search for inputs.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Core.Sampling;
using Nsc.Engine.Search;

namespace Nsc.Compiler.Tuning;

/// <summary>Observed rows that the program is to give again.</summary>
/// <param name="Rows">Inputs that are sought have any number in them, outputs that were not observed likewise.</param>
/// <param name="Sought">For each input whether it is sought, not observed.</param>
/// <param name="Outputs">The outputs that were observed.</param>
public sealed record ObservedRows(SampleSet Rows, ImmutableArray<bool> Sought, ImmutableArray<int> Outputs);

/// <summary>The choices for a search.</summary>
public sealed record TuneRequest
{
    /// <summary>How often the program may be run when nobody says.</summary>
    public const int DefaultCalls = 200;

    /// <summary>What is wanted of outputs; null where rows were observed.</summary>
    public TuningGoal? Goal { get; init; }

    /// <summary>What was observed; null where there is a goal.</summary>
    public ObservedRows? Observed { get; init; }

    /// <summary>For each input the value that it keeps, or null where it may move; empty where all may.</summary>
    public ImmutableArray<double?> Kept { get; init; } = [];

    /// <summary>Samples of the program that are there already; null for none.</summary>
    public SampleSet? Known { get; init; }

    /// <summary>Rows on which the program may be run.</summary>
    public int Calls { get; init; } = DefaultCalls;

    /// <summary>A text whose function of the same signature takes the place of the carried program; null for that.</summary>
    public CSource? Program { get; init; }

    /// <summary>Of what is drawn.</summary>
    public long Seed { get; init; } = 1;
}
