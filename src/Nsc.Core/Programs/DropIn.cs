// How a C file takes in another definition of one of its functions and keeps the original one.

namespace Nsc.Core.Programs;

/// <summary>
/// The three parts of a file in which a function F is defined by its surrogate, in this order. Before and After are the file's own text, byte for
/// byte, but for F's name.
/// </summary>
/// <param name="Before">The file up to the end of F's definition, which bears the name <c>F_original</c> now.</param>
/// <param name="Definition">
/// F with its own signature: it asks <c>int F_answers(const double *in, double *out)</c>, and where that gives 0 calls <c>F_original</c>.
/// </param>
/// <param name="After">The rest of the file.</param>
public sealed record DropIn(string Before, string Definition, string After)
{
    /// <summary>Whether F is static: no other file can call it.</summary>
    public bool IsStatic { get; init; }
}
