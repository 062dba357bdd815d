// What the headers that are missing most likely had.

using Nsc.FrontEnd.Preprocessing;

namespace Nsc.Tests.FrontEnd.Preprocessing;

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
    [InlineData("long f(long a, long b) { return div64_s64(a, millis() - b); }", "div64_s64 millis")]
    [InlineData("struct s { short t; } __packed;\nsint16 f(struct s s) { return s.t; }", "<stdint.h> sint16 __packed")]
    [InlineData("q15_t f(q31_t x) { return (q15_t)__SSAT(x, 16); }", "<stdint.h> q15_t q31_t __SSAT")]
    [InlineData("long f(long x) { return map(min(x, 3), 0, 10, 0, 100); }", "min map")]
    [InlineData("vec min(vec a, vec b) { return a; }\nstatic real map(real x) { return x; }\nreal f(real x) { return map(x); }", "")]
    [InlineData("uint8_t f(uint8_t x) { return x; }\n# 1 \"/usr/include/stdint.h\" 1 3 4\ntypedef unsigned char uint8_t;\n# 2 \"f.c\" 2\n", "<stdint.h>")]
    [InlineData("# 1 \"/usr/include/stdint.h\" 1 3 4\ntypedef unsigned char uint8_t;\n# 2 \"f.c\" 2\nuint8_t f(uint8_t x) { return x; }", "")]
    public void It_has_what_the_file_uses_and_nothing_declares(string text, string names) => Assert.Equal(names, string.Join(' ', GuessedHeader.For(text).Names));

    [Theory]
    [InlineData("return GSL_SUCCESS; return GSL_ESANITY; return HAL_ERROR;", "GSL_SUCCESS GSL_ESANITY HAL_ERROR", "GSL_SUCCESS = 0, GSL_ESANITY = -1, HAL_ERROR = -2")]
    [InlineData("return x * M_PI_F + GAIN;", "M_PI_F GAIN", "M_PI_F = 3.14159265f, GAIN")]
    [InlineData("PORTB |= 1; ADC1->dr; f(x);", "PORTB ADC1 x", "")]
    public void Constants_are_what_their_names_say(string text, string undeclared, string words) =>
        Assert.Equal(words, string.Join(", ", GuessedHeader.Constants(undeclared.Split(' '), text).Names));

    [Fact]
    public void A_constant_of_which_only_the_name_is_known_is_a_number_as_its_use_says() =>
        Assert.Equal("extern double GAIN;\nextern int MASK;\n", GuessedHeader.Constants(["GAIN", "MASK"], "y = x * GAIN + (z & MASK);").Text);
}
