// The functions of complex numbers, in C: compilers call them for products and quotients, and programs by the names of complex.h.

using System.Text.RegularExpressions;

namespace Nsc.FrontEnd.Slicing.Library;

internal static partial class ComplexArithmetic
{
    // $T is the type of the parts, $F the suffix of libm's functions for it.
    public const string Library = """
        $T cabs$F($T _Complex nsc_z);
        $T cabs$F($T _Complex nsc_z) { return __builtin_hypot$F(__real__ nsc_z, __imag__ nsc_z); }
        $T creal$F($T _Complex nsc_z);
        $T creal$F($T _Complex nsc_z) { return __real__ nsc_z; }
        $T cimag$F($T _Complex nsc_z);
        $T cimag$F($T _Complex nsc_z) { return __imag__ nsc_z; }
        $T _Complex conj$F($T _Complex nsc_z);
        $T _Complex conj$F($T _Complex nsc_z) { __imag__ nsc_z = -__imag__ nsc_z; return nsc_z; }
        $T carg$F($T _Complex nsc_z);
        $T carg$F($T _Complex nsc_z) { return __builtin_atan2$F(__imag__ nsc_z, __real__ nsc_z); }
        $T _Complex csqrt$F($T _Complex nsc_z);
        $T _Complex csqrt$F($T _Complex nsc_z) {
        $T nsc_r = __builtin_hypot$F(__real__ nsc_z, __imag__ nsc_z), nsc_i = __builtin_sqrt$F((nsc_r - __real__ nsc_z) / 2);
        $T _Complex nsc_y; __real__ nsc_y = __builtin_sqrt$F((nsc_r + __real__ nsc_z) / 2); __imag__ nsc_y = __imag__ nsc_z < 0 ? -nsc_i : nsc_i; return nsc_y; }
        $T _Complex cexp$F($T _Complex nsc_z);
        $T _Complex cexp$F($T _Complex nsc_z) {
        $T nsc_r = __builtin_exp$F(__real__ nsc_z);
        $T _Complex nsc_y; __real__ nsc_y = nsc_r * __builtin_cos$F(__imag__ nsc_z); __imag__ nsc_y = nsc_r * __builtin_sin$F(__imag__ nsc_z); return nsc_y; }
        $T _Complex clog$F($T _Complex nsc_z);
        $T _Complex clog$F($T _Complex nsc_z) {
        $T _Complex nsc_y; __real__ nsc_y = __builtin_log$F(__builtin_hypot$F(__real__ nsc_z, __imag__ nsc_z)); __imag__ nsc_y = __builtin_atan2$F(__imag__ nsc_z, __real__ nsc_z); return nsc_y; }
        $T _Complex cpow$F($T _Complex nsc_z, $T _Complex nsc_w);
        $T _Complex cpow$F($T _Complex nsc_z, $T _Complex nsc_w) {
        $T nsc_r = __builtin_hypot$F(__real__ nsc_z, __imag__ nsc_z), nsc_t = __builtin_atan2$F(__imag__ nsc_z, __real__ nsc_z), nsc_l = nsc_r > 0 ? __builtin_log$F(nsc_r) : 0;
        $T nsc_s = nsc_r > 0 ? __builtin_exp$F(__real__ nsc_w * nsc_l - __imag__ nsc_w * nsc_t) : 0, nsc_a = __imag__ nsc_w * nsc_l + __real__ nsc_w * nsc_t;
        $T _Complex nsc_y; __real__ nsc_y = nsc_s * __builtin_cos$F(nsc_a); __imag__ nsc_y = nsc_s * __builtin_sin$F(nsc_a); return nsc_y; }
        $T _Complex csin$F($T _Complex nsc_z);
        $T _Complex csin$F($T _Complex nsc_z) {
        $T nsc_a = __real__ nsc_z, nsc_b = __imag__ nsc_z;
        $T _Complex nsc_y; __real__ nsc_y = __builtin_sin$F(nsc_a) * __builtin_cosh$F(nsc_b); __imag__ nsc_y = __builtin_cos$F(nsc_a) * __builtin_sinh$F(nsc_b); return nsc_y; }
        $T _Complex ccos$F($T _Complex nsc_z);
        $T _Complex ccos$F($T _Complex nsc_z) {
        $T nsc_a = __real__ nsc_z, nsc_b = __imag__ nsc_z;
        $T _Complex nsc_y; __real__ nsc_y = __builtin_cos$F(nsc_a) * __builtin_cosh$F(nsc_b); __imag__ nsc_y = -__builtin_sin$F(nsc_a) * __builtin_sinh$F(nsc_b); return nsc_y; }
        $T _Complex csinh$F($T _Complex nsc_z);
        $T _Complex csinh$F($T _Complex nsc_z) {
        $T nsc_a = __real__ nsc_z, nsc_b = __imag__ nsc_z;
        $T _Complex nsc_y; __real__ nsc_y = __builtin_sinh$F(nsc_a) * __builtin_cos$F(nsc_b); __imag__ nsc_y = __builtin_cosh$F(nsc_a) * __builtin_sin$F(nsc_b); return nsc_y; }
        $T _Complex ccosh$F($T _Complex nsc_z);
        $T _Complex ccosh$F($T _Complex nsc_z) {
        $T nsc_a = __real__ nsc_z, nsc_b = __imag__ nsc_z;
        $T _Complex nsc_y; __real__ nsc_y = __builtin_cosh$F(nsc_a) * __builtin_cos$F(nsc_b); __imag__ nsc_y = __builtin_sinh$F(nsc_a) * __builtin_sin$F(nsc_b); return nsc_y; }
        $T _Complex ctanh$F($T _Complex nsc_z);
        $T _Complex ctanh$F($T _Complex nsc_z) {
        $T nsc_a = 2 * __real__ nsc_z, nsc_b = 2 * __imag__ nsc_z, nsc_d = __builtin_cosh$F(nsc_a) + __builtin_cos$F(nsc_b);
        $T _Complex nsc_y; __real__ nsc_y = __builtin_sinh$F(nsc_a) / nsc_d; __imag__ nsc_y = __builtin_sin$F(nsc_b) / nsc_d; return nsc_y; }

        """;

    // What compilers call where a product or a quotient may overflow.
    public const string Arithmetic = """
        $T _Complex __mul$Cc3($T nsc_a, $T nsc_b, $T nsc_c, $T nsc_d);
        $T _Complex __mul$Cc3($T nsc_a, $T nsc_b, $T nsc_c, $T nsc_d) {
        $T _Complex nsc_y; __real__ nsc_y = nsc_a * nsc_c - nsc_b * nsc_d; __imag__ nsc_y = nsc_a * nsc_d + nsc_b * nsc_c; return nsc_y; }
        $T _Complex __div$Cc3($T nsc_a, $T nsc_b, $T nsc_c, $T nsc_d);
        $T _Complex __div$Cc3($T nsc_a, $T nsc_b, $T nsc_c, $T nsc_d) {
        double nsc_s = (double)nsc_c * nsc_c + (double)nsc_d * nsc_d;
        $T _Complex nsc_y; __real__ nsc_y = ($T)(((double)nsc_a * nsc_c + (double)nsc_b * nsc_d) / nsc_s); __imag__ nsc_y = ($T)(((double)nsc_b * nsc_c - (double)nsc_a * nsc_d) / nsc_s); return nsc_y; }

        """;

    /// <summary>Whether a unit has complex numbers.</summary>
    public static bool IsIn(string unit) => Complex().IsMatch(unit);

    [GeneratedRegex(@"\b(?:_Complex|__complex__)\b")]
    private static partial Regex Complex();
}
