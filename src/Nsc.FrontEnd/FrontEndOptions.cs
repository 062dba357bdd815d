// What the user can choose about the front end.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Preprocessing;

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
    int MaxInputs = 16,
    int MaxOutputs = 64)
{
    /// <summary>No function named, no range, no argument.</summary>
    public static readonly FrontEndOptions Default = new([], false, ImmutableDictionary<string, Interval>.Empty, ProjectOptions.None);

    /// <summary>The function that was read before, over the ranges that it had.</summary>
    public static FrontEndOptions For(ProgramSignature signature) => Default with
    {
        Functions = [signature.Function], Ranges = signature.Inputs.ToImmutableDictionary(i => i.Name, i => i.Range),
    };
}
