// Which functions of libm can stand in for each other.

using Nsc.Core.Libm;

namespace Nsc.Corpus.SourceText;

/// <summary>Functions of libm that accept any number can stand in for others. A replacement is the text before the arguments and as many brackets after them.</summary>
internal static class LibraryCalls
{
    private static readonly string[] s_anything = ["sin", "cos", "tanh", "atan", "erf", "asinh", "cbrt", "fabs"];
    private static readonly string[] s_pairs = ["fmin", "fmax", "hypot", "atan2", "fdim"];
    private static readonly string[][] s_guarded = [["sqrt", "fabs"], ["log1p", "fabs"], ["exp", "-fabs"], ["exp", "tanh"]];

    /// <summary>All names that <see cref="Others"/> may bring in, for double.</summary>
    public static IEnumerable<string> Used => [.. s_anything, .. s_pairs, "sqrt", "log1p", "exp"];

    public static bool IsKnown(string name) => Arity(name) is 1 or 2;

    /// <summary>What may be called instead: one function, or one of another's result.</summary>
    public static string[][] Others(string name)
    {
        bool isFloat = LibmTable.IsFloatVariant(name);
        string[][] others = Arity(name) == 2
            ? [.. s_pairs.Select(n => new[] { n })]
            : [.. s_anything.Select(n => new[] { n }), .. s_guarded];
        return [.. others.Select(o => Array.ConvertAll(o, n => isFloat ? n + "f" : n)).Where(o => o[0] != name)];
    }

    private static int Arity(string name) => LibmTable.FindVariant(name) is { IsReal: true, Arity: var arity } ? arity : 0;
}
