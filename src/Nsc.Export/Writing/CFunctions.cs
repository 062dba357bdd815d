// The functions that a network in C calls: its activation, and the value of a 16-bit float.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

internal static class CFunctions
{
    /// <summary>
    /// The activation, written so that compilers make vectors of it, and so that -ffast-math changes nothing that matters. The bounds are
    /// apart, because gcc branches when it sees both at once.
    /// </summary>
    public static void WriteTanh(StringBuilder text, string shared, bool isSingle) => text
        .Append(isSingle ? TanhInSingle(shared) : TanhInDouble(shared)).Append("\n\n");

    // A quotient of polynomials (our own fit by Remez's algorithm) that is off by less than 8e-8 within its bounds, and by less than 4e-7 when it is
    // computed in single precision, as it is here; it may then exceed 1 by as much.
    private static string TanhInSingle(string shared) => $$"""
        static inline float {{shared}}_bounded(float x)
        {
            x = x < -8.5f ? -8.5f : x;
            return x > 8.5f ? 8.5f : x;
        }

        static inline float {{shared}}_tanh(float x)
        {
            float t = x * x;
            float p = 1.00000007f + t * (0.13464147f + t * (3.59358611e-3f + t * (2.21956705e-5f + t * 1.55153505e-8f)));
            float q = 1 + t * (0.467975118f + t * (0.0262516589f + t * (3.44472203e-4f + t * 8.66814071e-7f)));
            return x * p / q;
        }
        """;

    // 1 - 2 / (exp(2x) + 1), the exponential as a power of two, whose bits are made, times that of a rest of at most ln(2)/2, of which eleven terms of
    // the series leave less than 1e-14.
    private static string TanhInDouble(string shared)
    {
        return $$"""
            static inline double {{shared}}_bounded(double x)
            {
                x = x < -19 ? -19 : x;
                return x > 19 ? 19 : x;
            }

            static inline double {{shared}}_tanh(double x)
            {
                union { unsigned long long bits; double value; } power;
                double t = x * 2.8853900817779268;
                int n = (int)(t + 64.5) - 64;
                double r = (t - n) * 0.69314718055994531;
                power.bits = (unsigned long long)(n + 1023) << 52;
                return 1 - 2 / (power.value * ({{Series(11)}}) + 1);
            }
            """;
    }

    // The series of the exponential of r, up to the power of so many.
    private static string Series(int most)
    {
        string series = "0";
        for (int n = most; n >= 0; n--)
        {
            long factorial = Enumerable.Range(1, n).Aggregate(1L, (product, i) => product * i);
            series = $"1.0 / {factorial} + r * ({series})";
        }

        return series;
    }

    /// <summary>The exponential, to 1e-15 of it: a power of two, whose bits are made, times that of a rest of at most ln(2)/2. ln(2) has two parts, of which the first times n is exact.</summary>
    public static void WriteExp(StringBuilder text, string shared, CNumbers numbers)
    {
        if (numbers.IsSingle)
        {
            WriteSingleExp(text, shared);
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $$"""
            static inline double {{shared}}_exp(double x)
            {
                union { unsigned long long bits; double value; } power;
                double within = x > {{NetScale.LeastLogarithm}} ? x : {{NetScale.LeastLogarithm}};
                within = within < {{NetScale.GreatestLogarithm}} ? within : {{NetScale.GreatestLogarithm}};
                int n = (int)(within * 1.4426950408889634 + 1024.5) - 1024;
                double r = within - n * 0.693147180369123816 - n * 1.90821492927058770e-10;
                power.bits = (unsigned long long)(n + 1023) << 52;
                return x == x ? power.value * ({{Series(13)}}) : x;
            }


            """);
    }

    // The same with what a float can hold.
    private static void WriteSingleExp(StringBuilder text, string shared) => text.Append($$"""
        static inline float {{shared}}_exp(float x)
        {
            union { unsigned bits; float value; } power;
            float within = x > -87.0f ? x : -87.0f, r;
            int n;
            within = within < 88.0f ? within : 88.0f;
            n = (int)(within * 1.44269504f + 128.5f) - 128;
            r = within - (float)n * 0.693359375f + (float)n * 2.12194440e-4f;
            power.bits = (unsigned)(n + 127) << 23;
            return x == x ? power.value * (1 + r * (1 + r * (1.0f / 2 + r * (1.0f / 6 + r * (1.0f / 24 + r * (1.0f / 120 + r * (1.0f / 720))))))) : x;
        }


        """);

    /// <summary>
    /// Whether an input is a number within a range. With -ffast-math a compiler believes that all are, and leaves out what asks for it: there the number is
    /// read from memory by a volatile access, about which nothing is believed, and its exponent says what it is.
    /// </summary>
    public static void WriteWithin(StringBuilder text, string shared) => text.Append($$"""

        // By its bits, and read again, because with -ffast-math a compiler takes whatever it has seen for a number.
        #if defined __FINITE_MATH_ONLY__ && __FINITE_MATH_ONLY__
        #define {{shared}}_again volatile
        #else
        #define {{shared}}_again
        #endif
        static int {{shared}}_within(const {{shared}}_again double *x, double low, double high)
        {
            union { double value; unsigned long long bits; } seen;
            seen.value = *x;
            return (seen.bits >> 52 & 0x7ff) != 0x7ff && seen.value >= low && seen.value <= high;
        }

        """);

    /// <summary>The smallest normal float: in single precision what is not positive has its logarithm.</summary>
    public const float LeastSingle = 1.17549435e-38f;

    /// <summary>
    /// The natural logarithm, to 1e-15 of it: the exponent's part and, for the rest between the roots of 1/2 and 2, ten terms of the series of
    /// ln((1 + s) / (1 - s)). What is not positive counts as the smallest normal number.
    /// </summary>
    public static void WriteLog(StringBuilder text, string shared, CNumbers numbers)
    {
        if (numbers.IsSingle)
        {
            WriteSingleLog(text, shared);
            return;
        }

        string series = "0";
        for (int odd = 19; odd >= 1; odd -= 2)
        {
            series = $"1.0 / {odd} + t * ({series})";
        }

        text.Append($$"""
            static inline double {{shared}}_log(double x)
            {
                union { double value; unsigned long long bits; } part;
                double rest, s, t;
                int n;
                part.value = x < 2.2250738585072014e-308 ? 2.2250738585072014e-308 : x;
                n = (int)(part.bits >> 52) - 1023;
                part.bits = (part.bits & 0xfffffffffffffull) | 0x3ff0000000000000ull;
                rest = part.value;
                n = rest > 1.4142135623730951 ? n + 1 : n;
                rest = rest > 1.4142135623730951 ? rest / 2 : rest;
                s = (rest - 1) / (rest + 1);
                t = s * s;
                return x == x ? n * 0.69314718055994531 + 2 * s * ({{series}}) : x;
            }


            """);
    }

    // The same with the terms that a float can hold.
    private static void WriteSingleLog(StringBuilder text, string shared) => text.Append($$"""
        static inline float {{shared}}_log(float x)
        {
            union { float value; unsigned bits; } part;
            float rest, s, t;
            int n;
            part.value = x < 1.17549435e-38f ? 1.17549435e-38f : x;
            n = (int)(part.bits >> 23) - 127;
            part.bits = (part.bits & 0x7fffffu) | 0x3f800000u;
            rest = part.value;
            n = rest > 1.41421354f ? n + 1 : n;
            rest = rest > 1.41421354f ? rest / 2 : rest;
            s = (rest - 1) / (rest + 1);
            t = s * s;
            return x == x ? (float)n * 0.693147182f + 2 * s * (1 + t * (1.0f / 3 + t * (1.0f / 5 + t * (1.0f / 7 + t * (1.0f / 9))))) : x;
        }


        """);

    /// <summary>A 16-bit float's value on any machine: its bits moved to where a float has them are the value, but for a power of two.</summary>
    public static void WriteHalf(StringBuilder text, string shared) => text.Append($$"""
        static inline float {{shared}}_half(unsigned short half)
        {
            union { unsigned bits; float value; } moved;
            moved.bits = (half & 0x8000u) << 16 | (half & 0x7fffu) << 13;
            return moved.value * 0x1p112f;
        }


        """);
}
