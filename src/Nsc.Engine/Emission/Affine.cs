// The layers that CompNet's forward pass is made of, on plain arrays.

using System.Numerics.Tensors;
using Nsc.Core.Dataflow;
using Nsc.Core.Numerics;

namespace Nsc.Engine.Emission;

/// <summary>y = x W^T + b, with W (outputs, inputs).</summary>
internal sealed class Affine(float[] weight, float[] bias)
{
    private readonly int _inputs = weight.Length / bias.Length;

    /// <summary>(n, inputs) to (n, outputs).</summary>
    public float[] Apply(ReadOnlySpan<float> x)
    {
        int rows = x.Length / _inputs, outputs = bias.Length;
        var y = new float[rows * outputs];
        for (int k = 0; k < outputs; k++)
        {
            ReadOnlySpan<float> w = weight.AsSpan(k * _inputs, _inputs);
            for (int row = 0; row < rows; row++)
            {
                y[(row * outputs) + k] = bias[k] + Reductions.Dot<float>(w, x.Slice(row * _inputs, _inputs));
            }
        }

        return y;
    }
}

/// <summary>Layer normalisation (Ba, Kiros and Hinton, 2016) of each row.</summary>
internal sealed class LayerNormalisation(float[] scale, float[] shift)
{
    private const float Tiny = 1e-5f;

    /// <summary>(n, width), in place.</summary>
    public float[] Apply(float[] x)
    {
        int width = scale.Length;
        for (int start = 0; start < x.Length; start += width)
        {
            Span<float> row = x.AsSpan(start, width);
            TensorPrimitives.Subtract(row, Reductions.Sum<float>(row) / width, row);
            float deviation = MathF.Sqrt((Reductions.Dot<float>(row, row) / width) + Tiny);
            TensorPrimitives.Divide(row, deviation, row);
            TensorPrimitives.MultiplyAdd(row, scale, shift, row);
        }

        return x;
    }
}

internal static class ActivationFunctions
{
    /// <summary>SiLU: x sigmoid(x), in place.</summary>
    public static void Silu(Span<float> x)
    {
        foreach (ref float value in x)
        {
            value /= 1 + MathF.Exp(-value);
        }
    }

    /// <summary>GELU: x Phi(x) with the normal distribution function Phi, in place.</summary>
    public static float[] Gelu(float[] x)
    {
        foreach (ref float value in x.AsSpan())
        {
            value *= 0.5f * (1 + (float)ScalarSemantics.Floating(Opcode.ErrorFunction, value * 0.707106781f, 0));
        }

        return x;
    }
}
