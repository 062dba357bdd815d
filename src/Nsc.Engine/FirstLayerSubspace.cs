// A compiled net looks at its inputs only along the forms that its program computes with. The rows of its first layer lie in
// their span, and fine-tuning stays in it: a few samples then settle a function of two forms, not of nine inputs.

using Nsc.Core.Dataflow.Moments;

namespace Nsc.Engine;

/// <summary>The space spanned by the rows of a net's first layer, the net a flat covering vector as in <see cref="NetShape"/>.</summary>
public static class FirstLayerSubspace
{
    // Squared ratio of a direction's weight to the largest one's: far above rounding, far below what training leaves.
    private const double Negligible = 1e-9;

    /// <summary>Projects the first layer of a net over n inputs on the space with the orthonormal basis (r, n).</summary>
    public static void Project(float[] net, double[] basis, int inputs, NetShape shape)
    {
        if (basis.Length < inputs * inputs)
        {
            FromCoordinates(net, ToCoordinates(net, basis, inputs, shape), basis, inputs, shape);
        }
    }

    /// <summary>An orthonormal basis (r, n) of the space that a net's first layer spans.</summary>
    public static double[] Basis(float[] net, int inputs, NetShape shape)
    {
        var gram = new double[inputs * inputs];
        for (int row = 0; row < shape.FirstWidth; row++)
        {
            ReadOnlySpan<float> weights = net.AsSpan(row * shape.Inputs, inputs);
            for (int i = 0; i < gram.Length; i++)
            {
                gram[i] += (double)weights[i / inputs] * weights[i % inputs];
            }
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(gram, inputs);
        double largest = values.Max();
        return [.. Enumerable.Range(0, inputs).Where(i => values[i] > Negligible * largest)
            .SelectMany(i => vectors.AsSpan(i * inputs, inputs).ToArray())];
    }

    /// <summary>The unit vector of an input.</summary>
    public static double[] Axis(int input, int inputs) => [.. Enumerable.Range(0, inputs).Select(i => i == input ? 1.0 : 0)];

    /// <summary>The first layer in the coordinates of a basis: (W, r), row-major.</summary>
    public static float[] ToCoordinates(float[] net, double[] basis, int inputs, NetShape shape)
    {
        int rank = basis.Length / inputs;
        var coordinates = new float[shape.FirstWidth * rank];
        for (int i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = (float)Dot(net.AsSpan(i / rank * shape.Inputs, inputs), basis.AsSpan(i % rank * inputs, inputs));
        }

        return coordinates;
    }

    /// <summary>Writes a first layer that is given in the coordinates of a basis.</summary>
    public static void FromCoordinates(float[] net, float[] coordinates, double[] basis, int inputs, NetShape shape)
    {
        int rank = basis.Length / inputs;
        for (int row = 0; row < shape.FirstWidth; row++)
        {
            Span<float> weights = net.AsSpan(row * shape.Inputs, inputs);
            for (int i = 0; i < inputs; i++)
            {
                double sum = 0;
                for (int k = 0; k < rank; k++)
                {
                    sum += coordinates[(row * rank) + k] * basis[(k * inputs) + i];
                }

                weights[i] = (float)sum;
            }
        }
    }

    /// <summary>A point's coordinates in a basis (r, n).</summary>
    public static void Locate(ReadOnlySpan<float> point, double[] basis, Span<float> coordinates)
    {
        for (int k = 0; k < basis.Length / point.Length; k++)
        {
            coordinates[k] = (float)Dot(point, basis.AsSpan(k * point.Length, point.Length));
        }
    }

    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }
}
