// Functions of the C library that a graph knows by their text alone: those with a second result, qsort, those of
// strings, which tables have, those of complex numbers, and those that translated Fortran calls.
// A unit defines the ones that it names, so that its graph and its native code compute the same.

using System.Text.RegularExpressions;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd.Slicing.Library;

internal static partial class LibraryDefinitions
{
    private const string LongDouble = "long double";

    // $T is the type, $F the suffix of libm's functions for it. Of sin(x) and cos(x) compilers make a call of sincos again, of cos(x + 0) they do not.
    private const string Real = """
        $T frexp$F($T nsc_x, int *nsc_e);
        $T frexp$F($T nsc_x, int *nsc_e) {
        $T nsc_a = __builtin_fabs$F(nsc_x), nsc_m; int nsc_n;
        if (!(nsc_a > 0 && nsc_a < __builtin_inf$F())) return *nsc_e = 0, nsc_x;
        nsc_n = (int)__builtin_floor$F(__builtin_log2$F(nsc_a)) + 1;
        nsc_m = __builtin_ldexp$F(nsc_x, -nsc_n);
        if (__builtin_fabs$F(nsc_m) >= 1) nsc_m /= 2, nsc_n++; else if (__builtin_fabs$F(nsc_m) < 0.5f) nsc_m *= 2, nsc_n--;
        *nsc_e = nsc_n; return nsc_m; }
        $T modf$F($T nsc_x, $T *nsc_w);
        $T modf$F($T nsc_x, $T *nsc_w) {
        *nsc_w = __builtin_trunc$F(nsc_x); return __builtin_copysign$F(__builtin_isinf(nsc_x) ? 0 : nsc_x - *nsc_w, nsc_x); }
        void sincos$F($T nsc_x, $T *nsc_s, $T *nsc_c);
        void sincos$F($T nsc_x, $T *nsc_s, $T *nsc_c) { *nsc_s = __builtin_sin$F(nsc_x); *nsc_c = __builtin_cos$F(nsc_x + 0.0f); }
        $T remquo$F($T nsc_x, $T nsc_y, int *nsc_q);
        $T remquo$F($T nsc_x, $T nsc_y, int *nsc_q) {
        $T nsc_r = __builtin_remainder$F(nsc_x, nsc_y); *nsc_q = (int)__builtin_fmod(__builtin_rint(((double)nsc_x - nsc_r) / nsc_y), 8); return nsc_r; }
        $T lgamma$F_r($T nsc_x, int *nsc_s);
        $T lgamma$F_r($T nsc_x, int *nsc_s) {
        $T nsc_f = __builtin_floor$F(nsc_x); *nsc_s = nsc_x < 0 && nsc_f != nsc_x && __builtin_fmod$F(nsc_f, 2) != 0 ? -1 : 1; return __builtin_lgamma$F(nsc_x); }

        """;

    // Few elements are sorted as fast by insertion; those that compare equal keep their order.
    private const string Sorting = """
        void qsort(void *nsc_b, unsigned long nsc_n, unsigned long nsc_w, int (*nsc_f)(const void *, const void *));
        void qsort(void *nsc_b, unsigned long nsc_n, unsigned long nsc_w, int (*nsc_f)(const void *, const void *)) {
        char *nsc_a = nsc_b, nsc_t[nsc_w]; unsigned long nsc_i, nsc_j;
        for (nsc_i = 1; nsc_i < nsc_n; nsc_i++)
        for (nsc_j = nsc_i; nsc_j > 0 && nsc_f(nsc_a + (nsc_j - 1) * nsc_w, nsc_a + nsc_j * nsc_w) > 0; nsc_j--)
        __builtin_memcpy(nsc_t, nsc_a + nsc_j * nsc_w, nsc_w), __builtin_memcpy(nsc_a + nsc_j * nsc_w, nsc_a + (nsc_j - 1) * nsc_w, nsc_w), __builtin_memcpy(nsc_a + (nsc_j - 1) * nsc_w, nsc_t, nsc_w); }

        """;

    private const string Strings = """
        unsigned long strlen(const char *nsc_s);
        unsigned long strlen(const char *nsc_s) { unsigned long nsc_n = 0; while (nsc_s[nsc_n]) nsc_n++; return nsc_n; }
        int strcmp(const char *nsc_a, const char *nsc_b);
        int strcmp(const char *nsc_a, const char *nsc_b) {
        while (*nsc_a && *nsc_a == *nsc_b) nsc_a++, nsc_b++;
        return *(const unsigned char *)nsc_a - *(const unsigned char *)nsc_b; }
        int strncmp(const char *nsc_a, const char *nsc_b, unsigned long nsc_n);
        int strncmp(const char *nsc_a, const char *nsc_b, unsigned long nsc_n) {
        while (nsc_n && *nsc_a && *nsc_a == *nsc_b) nsc_a++, nsc_b++, nsc_n--;
        return nsc_n ? *(const unsigned char *)nsc_a - *(const unsigned char *)nsc_b : 0; }
        int memcmp(const void *nsc_p, const void *nsc_q, unsigned long nsc_n);
        int memcmp(const void *nsc_p, const void *nsc_q, unsigned long nsc_n) {
        const unsigned char *nsc_a = nsc_p, *nsc_b = nsc_q;
        for (; nsc_n; nsc_a++, nsc_b++, nsc_n--) if (*nsc_a != *nsc_b) return *nsc_a - *nsc_b;
        return 0; }

        """;

    // $T is the type, $F the prefix of its functions.
    private const string Division = """
        $Fdiv_t $Fdiv($T nsc_a, $T nsc_b);
        $Fdiv_t $Fdiv($T nsc_a, $T nsc_b) { $Fdiv_t nsc_y; nsc_y.quot = nsc_a / nsc_b; nsc_y.rem = nsc_a % nsc_b; return nsc_y; }

        """;

    // Of libf2c, in the types of its header.
    private const string Fortran = """
        doublereal d_sign(doublereal *nsc_a, doublereal *nsc_b);
        doublereal d_sign(doublereal *nsc_a, doublereal *nsc_b) { doublereal nsc_x = *nsc_a >= 0 ? *nsc_a : -*nsc_a; return *nsc_b >= 0 ? nsc_x : -nsc_x; }
        doublereal d_mod(doublereal *nsc_a, doublereal *nsc_b);
        doublereal d_mod(doublereal *nsc_a, doublereal *nsc_b) { return __builtin_fmod(*nsc_a, *nsc_b); }
        doublereal d_lg10(doublereal *nsc_a);
        doublereal d_lg10(doublereal *nsc_a) { return 0.43429448190325182765 * __builtin_log(*nsc_a); }
        doublereal d_int(doublereal *nsc_a);
        doublereal d_int(doublereal *nsc_a) { return __builtin_trunc(*nsc_a); }
        integer i_dnnt(doublereal *nsc_a);
        integer i_dnnt(doublereal *nsc_a) { return (integer)(*nsc_a >= 0 ? __builtin_floor(*nsc_a + .5) : -__builtin_floor(.5 - *nsc_a)); }
        doublereal pow_dd(doublereal *nsc_a, doublereal *nsc_b);
        doublereal pow_dd(doublereal *nsc_a, doublereal *nsc_b) { return __builtin_pow(*nsc_a, *nsc_b); }
        doublereal pow_di(doublereal *nsc_a, integer *nsc_n);
        doublereal pow_di(doublereal *nsc_a, integer *nsc_n) { return __builtin_pow(*nsc_a, *nsc_n); }

        """;

    private static readonly Definition[] s_real = DefinitionsIn(ForAll(Real) + Sorting + Strings + Fortran);
    private static readonly Definition[] s_complex = DefinitionsIn(ForAll(ComplexArithmetic.Library));
    private static readonly Definition[] s_arithmetic = DefinitionsIn(ForAll(ComplexArithmetic.Arithmetic));
    private static readonly Definition[] s_division = DefinitionsIn(
        For(Division, "int", "", "") + For(Division, "long", "l", "") + For(Division, "long long", "ll", "") + For(Division, "long", "imax", ""));

    /// <summary>The definitions that a unit lacks: of what it names and does not define, and of what compilers call for complex numbers.</summary>
    public static string For(string unit)
    {
        bool isComplex = ComplexArithmetic.IsIn(unit);
        IEnumerable<Definition> named = s_real.Concat(isComplex ? s_complex : []).Concat(unit.Contains("div_t", StringComparison.Ordinal) ? s_division : []);
        IEnumerable<Definition> arithmetic = isComplex ? s_arithmetic.Where(f => !f.Text.StartsWith(LongDouble, StringComparison.Ordinal) || unit.Contains(LongDouble, StringComparison.Ordinal)) : [];
        Definition[] lacking = [.. arithmetic.Concat(named.Where(f => Calls(unit, f.Name))).Where(f => !Defines(unit, f.Name))];
        string memory = UnitMemory.IsIn(unit) && !Defines(unit, "nsc_take") ? UnitMemory.Definition : "";
        return lacking.Length == 0 && memory.Length == 0 ? "" : UnitText.Marker(CProgram.FirstGeneratedLine) + memory + string.Concat(lacking.Select(f => f.Text));
    }

    // Not the matches themselves: these find their groups when they are asked, which is nothing that two threads may do at once.
    private static Definition[] DefinitionsIn(string text) => [.. Function().Matches(text).Select(f => new Definition(f.Groups["name"].Value, f.Value))];

    private static bool Calls(string unit, string function) => unit.Contains(function, StringComparison.Ordinal) && Regex.IsMatch(unit, $@"\b{function}\b");

    private static bool Defines(string unit, string function) => Regex.IsMatch(unit, $@"\b{function}\s*\((?:[^;{{}}()]|\([^;{{}}()]*\))*\)\s*\{{");

    private static string ForAll(string text) => For(text, "double", "", "d") + For(text, "float", "f", "s") + For(text, LongDouble, "l", "x");

    private static string For(string text, string type, string suffix, string letter) =>
        text.Replace("$T", type, StringComparison.Ordinal).Replace("$F", suffix, StringComparison.Ordinal).Replace("$C", letter, StringComparison.Ordinal);

    private sealed record Definition(string Name, string Text);

    // A prototype, and the definition that repeats it.
    [GeneratedRegex(@"^(?<head>[^\n;]*?(?<name>\w+)\((?:[^\n;]*)\));\n\k<head> \{(?s:.*?)\}\n", RegexOptions.Multiline)]
    private static partial Regex Function();
}
