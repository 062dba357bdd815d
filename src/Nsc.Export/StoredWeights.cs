// How weights are stored in fewer bits. They are rounded before anything is measured, so that a bound holds for the file that is written.

using System.Collections.Immutable;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Export;

/// <summary>What the tables of an exported network hold.</summary>
public enum WeightFormat
{
    Float32,

    /// <summary>IEEE 754 binary16, biases too.</summary>
    Float16,

    /// <summary>16-bit fractions of a unit's largest weight, with a float for each unit to multiply its sum by; biases are floats.</summary>
    Q15,

    /// <summary>The same in 8 bits.</summary>
    Int8,
}

public static class StoredWeights
{
    /// <summary>The inputs that <see cref="Moved"/> looks at.</summary>
    public const int Probes = 4096;

    /// <summary>The surrogate with every weight rounded to what the format holds; null when one is too large for it (65,504 is the largest of 16-bit floats).</summary>
    public static Surrogate? Round(Surrogate surrogate, WeightFormat format)
    {
        if (format == WeightFormat.Float32)
        {
            return surrogate;
        }

        ImmutableArray<Layer> layers = [.. surrogate.Layers.Select((layer, l) => format == WeightFormat.Float16
            ? new Layer(Halves(layer.Weight), Halves(layer.Bias))
            : layer with { Weight = Fractions(layer.Weight, surrogate.Topology.Columns(l), format) })];
        return layers.All(l => l.Weight.All(float.IsFinite) && l.Bias.All(float.IsFinite)) ? surrogate with { Layers = layers } : null;
    }

    /// <summary>How far the two are apart at most, in deviations of the output, on random inputs within the ranges.</summary>
    public static double Moved(Surrogate surrogate, Surrogate rounded, long seed)
    {
        double[] inputs = InputSampler.Draw(surrogate.Signature, Probes, new SplitMix64((ulong)seed));
        double[] before = new SurrogateEvaluator(surrogate).Evaluate(inputs), after = new SurrogateEvaluator(rounded).Evaluate(inputs);
        return before.Zip(after, (b, a) => Math.Abs(b - a)).Select((d, i) => d / surrogate.OutputDeviation[i % surrogate.Topology.Outputs]).Max();
    }

    /// <summary>The bytes of a weight.</summary>
    public static int Bytes(this WeightFormat format) => format switch { WeightFormat.Float32 => 4, WeightFormat.Int8 => 1, _ => 2 };

    /// <summary>Whether a unit's weights are whole numbers, to be multiplied by its <see cref="Unit"/>.</summary>
    public static bool IsFraction(this WeightFormat format) => format is WeightFormat.Q15 or WeightFormat.Int8;

    /// <summary>What a unit's whole numbers are multiples of: its largest weight is the largest whole number.</summary>
    /// <param name="weights">Those of one unit.</param>
    public static float Unit(this WeightFormat format, ReadOnlySpan<float> weights)
    {
        float largest = 0;
        foreach (float weight in weights)
        {
            largest = Math.Max(largest, Math.Abs(weight));
        }

        return largest / (format == WeightFormat.Q15 ? short.MaxValue : sbyte.MaxValue);
    }

    /// <summary>A weight as a multiple of its unit's.</summary>
    public static int Multiple(float weight, float unit) => unit == 0 ? 0 : (int)Math.Round(weight / (double)unit);

    private static ImmutableArray<float> Halves(ImmutableArray<float> weights) => [.. weights.Select(w => (float)(Half)w)];

    private static ImmutableArray<float> Fractions(ImmutableArray<float> weights, int columns, WeightFormat format) => [.. weights.Chunk(columns).SelectMany(row =>
    {
        float unit = format.Unit(row);
        return row.Select(w => Multiple(w, unit) * unit);
    })];
}
