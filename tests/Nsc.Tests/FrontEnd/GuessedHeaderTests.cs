// What the headers that are missing most likely had.

using Nsc.FrontEnd.Preprocessing;

namespace Nsc.Tests.FrontEnd;

public sealed class GuessedHeaderTests
{
    [Theory]
    [InlineData("FAST_CODE float f(float x) { return x; }", "FAST_CODE")]
    [InlineData("typedef short q15_t;\nARM_DSP q15_t f(q15_t x) { return x; }", "ARM_DSP")]
    [InlineData("RMAPI Vector2 f(Vector2 v) { return v; }", "RMAPI")]
    [InlineData("u16 f(u16 x) { assert(x > 1); return x; }", "<stdint.h> <assert.h> u16")]
    [InlineData("float f(float x) { return isnan(x) || fabsf(x) > FLT_EPSILON ? NAN : x; }", "<float.h> <math.h>")]
    [InlineData("int f(int x) { return abs(MIN(x, constrain(x, 1, 2))); }", "<stdlib.h> MIN constrain")]
    [InlineData("const short t[2] PROGMEM = { 1, 2 }; int f(int i) { return pgm_read_word(&t[i]); }", "pgm_read_word PROGMEM")]
    [InlineData("int MIN(int a, int b) { return a; } static int abs(int x) { return x; } int f(int x) { return MIN(abs(x), 1); }", "")]
    [InlineData("enum { MAX, MIN }; int f(int x) { return x == MAX; }", "")]
    [InlineData("double f(double x) { return x; }", "")]
    public void It_has_what_the_file_uses_and_nothing_declares(string text, string names) => Assert.Equal(names, string.Join(' ', GuessedHeader.For(text).Names));
}
