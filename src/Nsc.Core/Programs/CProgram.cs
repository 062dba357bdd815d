// The front end's first result: a checked C function, ready to be lowered to a dataflow graph and to be executed.

using System.Collections.Immutable;

namespace Nsc.Core.Programs;

/// <summary>One supported C function with everything that it calls in the same translation unit.</summary>
/// <param name="Path">Where the source came from, for messages; it need not exist any more.</param>
/// <param name="Source">The translation unit's text. Self-contained: it includes system headers only.</param>
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

    /// <summary>The function's tokens and those of what it calls, as <see cref="TokenVocabulary"/> numbers them.</summary>
    public ImmutableArray<short> Tokens { get; init; } = [];

    /// <summary>How the source takes in a surrogate in place of the function; null where its text is not that plain, or was preprocessed.</summary>
    public DropIn? DropIn { get; init; }

    /// <summary>The whole unit that is compiled, for the graph and for execution alike.</summary>
    public string UnitSource => UnitOf([this]);

    /// <summary>One unit for programs of one source with distinct entry names.</summary>
    public static string UnitOf(IReadOnlyList<CProgram> programs) => string.Join('\n', programs.Select(p => p.EntrySource).Prepend(programs[0].Source));
}
