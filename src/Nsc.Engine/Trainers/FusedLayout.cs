// How the fused engine lays a net out: hidden units side by side in the lanes of vectors, so that forward pass, backward pass
// and optimiser all run over whole vectors.

using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Trainers;

/// <summary>
/// A net in columns. For each input, the weights from it to all units of the first layer; their biases; for each unit of the
/// first layer, the weights from it to all units of the second one; their biases; the output's weights; the output's bias. Every
/// column is as long as there are lanes; the lanes above the net's width hold zeros, and stay zero in training.
/// </summary>
internal readonly struct FusedLayout(NetShape shape)
{
    /// <summary>The length of a column: the width, rounded up to whole pairs of vectors.</summary>
    public int Lanes { get; } = (shape.PairWidth + FloatKernels.Pair - 1) / FloatKernels.Pair * FloatKernels.Pair;

    public int Inputs => shape.Inputs;

    public int Width => shape.PairWidth;

    /// <summary>Where the parts begin; the first layer's columns begin at 0.</summary>
    public int FirstBias => shape.Inputs * Lanes;

    public int Second => FirstBias + Lanes;

    public int SecondBias => Second + (shape.PairWidth * Lanes);

    public int Output => SecondBias + Lanes;

    public int OutputBias => Output + Lanes;

    /// <summary>All of it, in whole vectors.</summary>
    public int Size => OutputBias + FloatKernels.Pair;

    /// <summary>From the flat vector of <see cref="NetShape"/>.</summary>
    public void Write(ReadOnlySpan<float> net, Span<float> lanes)
    {
        lanes.Clear();
        for (int i = 0; i < net.Length; i++)
        {
            lanes[PlaceOf(i)] = net[i];
        }
    }

    /// <summary>To the flat vector of <see cref="NetShape"/>.</summary>
    public float[] Read(ReadOnlySpan<float> lanes)
    {
        var net = new float[shape.WeightCount];
        for (int i = 0; i < net.Length; i++)
        {
            net[i] = lanes[PlaceOf(i)];
        }

        return net;
    }

    // Where the flat vector's element i lies.
    private int PlaceOf(int i)
    {
        (int inputs, int width) = (shape.Inputs, shape.PairWidth);
        if (i < width * inputs)
        {
            return (i % inputs * Lanes) + (i / inputs);
        }

        i -= width * inputs;
        if (i < width)
        {
            return FirstBias + i;
        }

        i -= width;
        return i < width * width ? Second + (i % width * Lanes) + (i / width)
            : i < width * (width + 1) ? SecondBias + i - (width * width)
            : i < width * (width + 2) ? Output + i - (width * (width + 1))
            : OutputBias;
    }
}
