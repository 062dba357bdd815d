// A function that was cut out of its file.

using System.Collections.Immutable;
using Nsc.FrontEnd.Calls;

namespace Nsc.FrontEnd.Slicing;

/// <summary>A function and all that it needs from its file, macros expanded.</summary>
/// <param name="IsStatic">Whether other files cannot call it.</param>
/// <param name="Pieces">Declarations in the order of the file and its headers, the function among them.</param>
/// <param name="Own">Which of the pieces is the function.</param>
/// <param name="Calls">Functions that are declared in the pieces and defined in another file.</param>
/// <param name="Flaw">Why neither the function nor one that calls it can be supported, by the diagnostic's name; null when nothing is known.</param>
public sealed record Slice(
    string Function, bool IsStatic, ImmutableArray<string> Pieces, int Own, ImmutableArray<string> Calls, string? Flaw)
{
    /// <summary>How it can be called with numbers; null where it cannot.</summary>
    internal TriedCall? Call { get; init; }
}

/// <summary>What a file had to offer.</summary>
/// <param name="IsReadable">Whether clang could read the file at all.</param>
/// <param name="Functions">Functions that the file defines, headers of the package included.</param>
/// <param name="Slices">Those whose parameters and result could be numbers.</param>
public sealed record SlicedFile(bool IsReadable, int Functions, ImmutableArray<Slice> Slices);
