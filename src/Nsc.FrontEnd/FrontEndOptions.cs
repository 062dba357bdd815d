// What the user can choose about the front end.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Projects;

namespace Nsc.FrontEnd;

/// <summary>The choices for reading a C file.</summary>
/// <param name="Functions">The functions to compile by name; empty lets the file decide.</param>
/// <param name="AllFunctions">
/// Without names, take every supported function (the non-static ones, if there are any) and skip the others with a note.
/// </param>
/// <param name="Ranges">Input ranges that win over the file's; a name means an input or everything below it.</param>
/// <param name="Project">What is said of the project that the file belongs to.</param>
/// <param name="MaxInputs">The most scalars that the inputs may flatten to.</param>
/// <param name="MaxOutputs">The most scalars that the outputs may flatten to.</param>
public sealed record FrontEndOptions(
    ImmutableArray<string> Functions,
    bool AllFunctions,
    ImmutableDictionary<string, Interval> Ranges,
    ProjectOptions Project,
    int MaxInputs = 128,
    int MaxOutputs = 128)
{
    /// <summary>Values of scalars that are no inputs therefore; a name means a scalar or everything below it.</summary>
    public ImmutableDictionary<string, double> Fixed { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>The functions that pointers to functions are, by the pointers' names.</summary>
    public ImmutableDictionary<string, string> Bound { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>How many elements pointers reach, by the parameters' names.</summary>
    public ImmutableDictionary<string, int> Extents { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>The inputs that are kept, the others have one value; empty for all. A name means an input or everything below it.</summary>
    public ImmutableArray<string> Inputs { get; init; } = [];

    /// <summary>What was found before of which scalars are inputs and outputs; null for a function that was not read yet.</summary>
    public ProgramSignature? Known { get; init; }

    /// <summary>Whether what nobody says of a function is guessed: how far pointers reach, how many elements there are, and which of them matter.</summary>
    public bool Guesses { get; init; }

    /// <summary>Whether pointers that nobody speaks of are given many elements, so that the function's dataflow tells how many it uses.</summary>
    internal bool TriesExtents { get; init; }

    /// <summary>No function named, no range, no argument.</summary>
    public static readonly FrontEndOptions Default = new([], false, ImmutableDictionary<string, Interval>.Empty, ProjectOptions.None);

    /// <summary>The same for functions to train or to be measured on: as many inputs as the covering topology has slots.</summary>
    public static readonly FrontEndOptions Covered = Default with { MaxInputs = 16, MaxOutputs = 64 };

    /// <summary>For functions of strangers. Most of the scalars prove to be unused.</summary>
    internal static readonly FrontEndOptions Guessing = Default with { Guesses = true, MaxInputs = 512, MaxOutputs = 512 };

    /// <summary>The function that was read before, over the ranges that it had.</summary>
    public static FrontEndOptions For(ProgramSignature signature) => (Default with
    {
        Functions = [signature.Function],
        Ranges = signature.Inputs.ToImmutableDictionary(i => i.Name, i => i.Range),
        Extents = signature.Extents(),
        Known = signature,
    }).WithFixed(signature.Fixed);

    /// <summary>These options with what has one value; of several values of one name the last counts.</summary>
    public FrontEndOptions WithFixed(IEnumerable<FixedVariable> variables) => this with
    {
        Fixed = Fixed.SetItems(variables.Where(v => v.Function is null).Select(v => KeyValuePair.Create(v.Name, v.Value))),
        Bound = Bound.SetItems(variables.Where(v => v.Function is not null).Select(v => KeyValuePair.Create(v.Name, v.Function!))),
    };
}
