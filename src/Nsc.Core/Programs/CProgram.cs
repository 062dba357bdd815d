// The front end's first result: a checked C function, ready to be lowered to a dataflow graph and to be executed.

using System.Collections.Immutable;

namespace Nsc.Core.Programs;

/// <summary>One supported C function with everything that it calls in the same translation unit.</summary>
/// <param name="Path">Where the source came from, for messages; it need not exist any more.</param>
/// <param name="Source">
/// The unit: preprocessed C that includes nothing, with line markers (<c># 12</c>) that give its lines the numbers which they have in the file.
/// </param>
/// <param name="EntrySource">
/// C text that, appended to <paramref name="Source"/>, defines <c>void ENTRY(const double *in, double *out)</c>:
/// it converts flattened doubles to the parameters, calls the function and flattens its results.
/// </param>
/// <param name="EntryName">ENTRY above. Programs lowered together from one unit have distinct entry names.</param>
public sealed record CProgram(
    string Path, string Source, string EntrySource, ProgramSignature Signature, string EntryName = CProgram.DefaultEntryName)
{
    /// <summary>The generated entry function's name when a unit holds one program.</summary>
    public const string DefaultEntryName = "nsc_entry";

    /// <summary>The first number of lines that no file has: those of headers and of generated code.</summary>
    public const int FirstGeneratedLine = 1_000_000;

    /// <summary>The function's tokens and those of what it calls, as <see cref="Tokens.TokenVocabulary"/> numbers them.</summary>
    public ImmutableArray<short> Tokens { get; init; } = [];

    /// <summary>Full paths of the files that the unit was made of, each once, besides <see cref="Path"/>: when none of them changes, neither does the unit.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>How the source takes in a surrogate in place of the function; null where its text is not that plain, or was preprocessed.</summary>
    public DropIn? DropIn { get; init; }

    /// <summary>Why there is no <see cref="DropIn"/>, as a sentence, where the reason is the variables that the function keeps; else null.</summary>
    public string? DropInObstacle { get; init; }

    /// <summary>The whole unit that is compiled, for the graph and for execution alike.</summary>
    public string UnitSource => UnitOf([this]);

    /// <summary>One unit for programs of one source with distinct entry names.</summary>
    public static string UnitOf(IReadOnlyList<CProgram> programs) =>
        $"{programs[0].Source}\n# {FirstGeneratedLine}\n{string.Join('\n', programs.Select(p => p.EntrySource))}";
}
