// Which functions of libm can stand in for each other, and which names are theirs.

namespace Nsc.Corpus.SourceText;

/// <summary>Functions of libm by what they accept. A replacement is the text before the arguments and as many brackets after them.</summary>
internal static class LibraryCalls
{
    private static readonly string[] s_anything = ["sin", "cos", "tanh", "atan", "erf", "asinh", "cbrt", "fabs"];
    private static readonly string[] s_narrow = ["sqrt", "log", "log1p", "log2", "log10", "exp", "exp2", "expm1", "sinh", "cosh", "tan", "asin", "acos", "acosh", "atanh", "floor", "ceil", "erfc"];
    private static readonly string[] s_pairs = ["fmin", "fmax", "hypot", "atan2", "fdim"];
    private static readonly string[] s_narrowPairs = ["pow", "fmod", "copysign"];
    private static readonly string[][] s_guarded = [["sqrt", "fabs"], ["log1p", "fabs"], ["exp", "-fabs"], ["exp", "tanh"]];

    /// <summary>All names that <see cref="Others"/> may bring in, for double.</summary>
    public static IEnumerable<string> Used => [.. s_anything, .. s_pairs, "sqrt", "log1p", "exp"];

    public static bool IsKnown(string name) => Arity(name) > 0;

    /// <summary>What may be called instead: one function, or one of another's result.</summary>
    public static string[][] Others(string name)
    {
        bool isFloat = IsFloat(name);
        string[][] others = Arity(name) == 2
            ? [.. s_pairs.Select(n => new[] { n })]
            : [.. s_anything.Select(n => new[] { n }), .. s_guarded];
        return [.. others.Select(o => Array.ConvertAll(o, n => isFloat ? n + "f" : n)).Where(o => o[0] != name)];
    }

    private static int Arity(string name)
    {
        string plain = IsFloat(name) ? name[..^1] : name;
        return s_anything.Contains(plain) || s_narrow.Contains(plain) ? 1 : s_pairs.Contains(plain) || s_narrowPairs.Contains(plain) ? 2 : 0;
    }

    private static bool IsFloat(string name) => name.EndsWith('f') && name is not "erf";
}
