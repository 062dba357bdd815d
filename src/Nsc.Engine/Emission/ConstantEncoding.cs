// How a number is shown to CompNet: sign and magnitude apart, small numbers finely, and the common ones by name.

using System.Collections.Immutable;
using System.Globalization;

namespace Nsc.Engine.Emission;

/// <summary>Features of a constant's value. A constant without its sign gives surrogates of the wrong sign.</summary>
public static class ConstantEncoding
{
    /// <summary>The number of features.</summary>
    public const int Size = 28;

    private const int Octaves = 7;
    private static readonly double[] Named = [0, 1, -1, 2, 0.5, 3, 10];

    /// <summary>(<see cref="Size"/>) what each feature is, as checkpoints name it.</summary>
    public static ImmutableArray<string> Names =>
    [
        "sign", "value", "value x 4", "value / 8", "asinh", "log magnitude", "is whole",
        .. Named.Select(n => string.Create(CultureInfo.InvariantCulture, $"is {n}")),
        .. Enumerable.Range(1, Octaves).SelectMany(o => new[] { $"sin of octave {o}", $"cos of octave {o}" }),
    ];

    /// <summary>Writes the features of <paramref name="value"/> to <paramref name="features"/> (<see cref="Size"/> floats).</summary>
    public static void Write(double value, Span<float> features)
    {
        value = double.IsNaN(value) ? 0 : Math.Clamp(value, -1e30, 1e30);
        double magnitude = Math.Abs(value), squashed = Math.Asinh(value);
        int next = 0;
        features[next++] = Math.Sign(value);
        features[next++] = (float)Math.Clamp(value, -4, 4) / 2;
        features[next++] = (float)Math.Clamp(value * 4, -4, 4) / 2;
        features[next++] = (float)Math.Clamp(value / 8, -4, 4) / 2;
        features[next++] = (float)(squashed / 4);
        features[next++] = (float)(Math.Log(magnitude + 1e-6) / 8);
        features[next++] = value == Math.Floor(value) ? 1 : 0;
        foreach (double named in Named)
        {
            features[next++] = value == named ? 1 : 0;
        }

        for (int octave = 0; octave < Octaves; octave++)
        {
            (double sin, double cos) = Math.SinCos(squashed * Math.Pow(2, octave - 1));
            features[next++] = (float)sin;
            features[next++] = (float)cos;
        }
    }
}
