// Functions of the C library that give two results, one through a pointer, written with those that give one: a graph knows these.

namespace Nsc.FrontEnd.Slicing;

internal static class PureSubstitutes
{
    private static readonly SortedDictionary<string, string> s_definitions = new(StringComparer.Ordinal)
    {
        ["frexp"] = """
            double log2_frexp(double x, int *e) { *e = x == 0 ? 0 : (int)floor(log2(fabs(x))) + 1; return x * exp2(-*e); }
            """,
        ["modf"] = "double trunc_modf(double x, double *whole) { *whole = trunc(x); return x - *whole; }",
        ["sincos"] = "void sin_cos(double x, double *s, double *c) { *s = sin(x); *c = cos(x); }",
    };

    private static readonly Dictionary<string, string> s_names = new()
    {
        ["frexp"] = "log2_frexp", ["modf"] = "trunc_modf", ["sincos"] = "sin_cos",
    };

    /// <summary>What stands in for a function of the C library, or null.</summary>
    public static string? NameFor(string function) => s_names.GetValueOrDefault(function);

    /// <summary>Whether a function is one of these, and no part of the package.</summary>
    public static bool IsOne(string function) => s_names.ContainsValue(function);

    /// <summary>The definitions of some of them, and the declarations that these need.</summary>
    public static string Define(IReadOnlyCollection<string> functions) => functions.Count == 0
        ? ""
        : "double floor(double); double log2(double); double fabs(double); double exp2(double); double trunc(double); double sin(double); double cos(double);\n"
            + string.Concat(functions.Select(f => "static " + s_definitions[f] + "\n"));
}
