// Inputs that a surrogate was not made for: a guard has to send every one of them to the original.

using Nsc.Core.Programs;

namespace Nsc.Core.Sampling;

/// <summary>Random inputs of which at least one is outside its range: just outside, some widths away, as far as the type goes, no number at all.</summary>
public static class OutOfRangeInputs
{
    private const int Attempts = 64;
    private const double WidthsAway = 3, ShareOfOthers = 0.25;

    /// <summary>Draws rows of inputs: (count, InputCount), row-major; null when the inputs' types hold nothing outside the ranges.</summary>
    public static double[]? Draw(ProgramSignature signature, int count, SplitMix64 random)
    {
        int width = signature.Inputs.Length;
        int[] able = [.. Enumerable.Range(0, width).Where(i => Outside(signature.Inputs[i], random) is not null)];
        if (able.Length == 0)
        {
            return null;
        }

        double[] rows = InputSampler.Draw(signature, count, random);
        for (int row = 0; row < count; row++)
        {
            int first = able[random.NextInt(able.Length)];
            foreach (int i in able.Where(i => i == first || random.NextDouble() < ShareOfOthers))
            {
                rows[(row * width) + i] = Outside(signature.Inputs[i], random) ?? rows[(row * width) + i];
            }
        }

        return rows;
    }

    /// <summary>Whether a range holds a value; NaN is in none.</summary>
    public static bool IsInside(Interval range, double value) => value >= range.Low && value <= range.High;

    private static double? Outside(InputVariable input, SplitMix64 random)
    {
        for (int i = 0; i < Attempts; i++)
        {
            double value = input.Kind.IsInteger() ? Whole(input, random) : Real(input, random);
            if (!IsInside(input.Range, value))
            {
                return value;
            }
        }

        return null;
    }

    private static double Real(InputVariable input, SplitMix64 random)
    {
        bool isFloat = input.Kind == ScalarKind.Float;
        double value = random.NextInt(5) switch
        {
            0 => Next(isFloat, input.Range.High, isUp: true),
            1 => Next(isFloat, input.Range.Low, isUp: false),
            2 => Away(input.Range, random),
            3 => Math.CopySign(Math.Pow(10, random.NextDouble() * (isFloat ? 38 : 308)), random.NextDouble() - 0.5),
            _ => random.NextInt(3) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => double.NegativeInfinity },
        };
        return isFloat ? (float)value : value;
    }

    private static double Whole(InputVariable input, SplitMix64 random)
    {
        Interval limits = InputSampler.Limits(input.Kind);
        double value = random.NextInt(4) switch
        {
            0 => Math.Floor(input.Range.High) + 1,
            1 => Math.Ceiling(input.Range.Low) - 1,
            2 => Math.Round(Away(input.Range, random)),
            _ => Math.Round(((1 - random.NextDouble()) * limits.Low) + (random.NextDouble() * limits.High)),
        };
        return Math.Clamp(value, limits.Low, limits.High);
    }

    private static double Away(Interval range, SplitMix64 random) =>
        range.Middle + (2 * range.HalfWidth * (0.5 + WidthsAway) * ((2 * random.NextDouble()) - 1));

    // The neighbour of an end among the values of the type.
    private static double Next(bool isFloat, double end, bool isUp) => (isFloat, isUp) switch
    {
        (true, true) => MathF.BitIncrement((float)end),
        (true, false) => MathF.BitDecrement((float)end),
        (false, true) => Math.BitIncrement(end),
        _ => Math.BitDecrement(end),
    };
}
