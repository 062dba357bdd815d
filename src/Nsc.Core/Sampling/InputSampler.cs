// Draws inputs for a program: uniform in each input's range, or in its logarithm, and values that the input's C type can hold.

using Nsc.Core.Programs;

namespace Nsc.Core.Sampling;

/// <summary>Random inputs for one signature.</summary>
public static class InputSampler
{
    /// <summary>
    /// Draws rows of inputs: (count, InputCount), row-major. Real inputs are uniform in their range, rounded to float where that is
    /// the type; integers are uniform among the whole numbers that lie in their range and fit their type. In a logarithmic range it is
    /// the logarithms that are uniform.
    /// </summary>
    public static double[] Draw(ProgramSignature signature, int count, SplitMix64 random)
    {
        int width = signature.Inputs.Length;
        var values = new double[count * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Draw(signature.Inputs[i % width], random);
        }

        return values;
    }

    /// <summary>Draws a value of one input.</summary>
    public static double Draw(InputVariable input, SplitMix64 random) => At(input, random.NextDouble());

    /// <summary>The value of one input at a share of its distribution: <paramref name="u"/> is in [0, 1).</summary>
    public static double At(InputVariable input, double u) => input.Kind.IsInteger() ? Whole(input, u) : Real(input, u);

    private static double Real(InputVariable input, double u)
    {
        var (low, high) = (input.Range.Low, input.Range.High);
        double value = Math.Clamp(Between(input.Range, low, high, u), low, high);
        return input.Kind == ScalarKind.Float ? ToFloat(value, low, high) : value;
    }

    // Rounding to float may step over an end of the range.
    private static float ToFloat(double value, double low, double high)
    {
        float rounded = (float)value;
        return rounded > high ? MathF.BitDecrement(rounded) : rounded < low ? MathF.BitIncrement(rounded) : rounded;
    }

    private static double Whole(InputVariable input, double u)
    {
        Interval limits = Limits(input.Kind);
        double low = Math.Max(Math.Ceiling(input.Range.Low), limits.Low);
        double high = Math.Min(Math.Floor(input.Range.High), limits.High);
        return low <= high
            ? Math.Min(input.Range.IsLogarithmic ? Math.Floor(Between(input.Range, low, high + 1, u)) : low + Math.Floor(u * (high - low + 1)), high)
            : Math.Clamp(Math.Round(input.Range.Middle), limits.Low, limits.High); // no whole number in the range: the nearest
    }

    private static double Between(Interval range, double low, double high, double u) =>
        range.IsLogarithmic ? Math.Exp(((1 - u) * Math.Log(low)) + (u * Math.Log(high))) : ((1 - u) * low) + (u * high);

    /// <summary>Whether a number can be handed over as a type: finite, and of an integer type one of its whole numbers.</summary>
    public static bool CanBe(ScalarKind kind, double value) =>
        kind.IsInteger() ? value == Math.Floor(value) && value >= Limits(kind).Low && value <= Limits(kind).High
        : kind == ScalarKind.Float ? float.IsFinite((float)value) : double.IsFinite(value);

    /// <summary>What an integer type holds, as far as a double tells neighbours apart.</summary>
    internal static Interval Limits(ScalarKind kind) => kind switch
    {
        ScalarKind.Bool => new(0, 1),
        ScalarKind.Int8 => new(sbyte.MinValue, sbyte.MaxValue),
        ScalarKind.UInt8 => new(byte.MinValue, byte.MaxValue),
        ScalarKind.Int16 => new(short.MinValue, short.MaxValue),
        ScalarKind.UInt16 => new(ushort.MinValue, ushort.MaxValue),
        ScalarKind.Int32 => new(int.MinValue, int.MaxValue),
        ScalarKind.UInt32 => new(uint.MinValue, uint.MaxValue),
        ScalarKind.Int64 => new(long.MinValue, Math.BitDecrement(9223372036854775808.0)),
        ScalarKind.UInt64 => new(ulong.MinValue, Math.BitDecrement(18446744073709551616.0)),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
