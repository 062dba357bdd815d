// What a peer is asked: to train one net, and to predict.

using System.Buffers.Binary;
using Nsc.Engine;

namespace Nsc.Bench.Peers;

/// <summary>One net to train from scratch: inputs (rows, I) in [-1, 1], and targets that are standardised on the training rows.</summary>
/// <param name="Inputs">(training + held-out + test rows, I), in this order.</param>
/// <param name="Targets">(training + held-out rows).</param>
/// <param name="Truth">(test rows), which the peer does not see.</param>
public sealed record PeerProblem(NetShape Shape, int Training, int HeldOut, int Steps, float[] Inputs, float[] Targets, float[] Truth)
{
    /// <summary>Writes the file that scripts/peers/problem.py describes.</summary>
    public void Write(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        foreach (int number in (int[])[Shape.Inputs, Shape.FirstWidth, Training, HeldOut, Truth.Length, Steps])
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            stream.Write(bytes);
        }

        foreach (float number in Inputs.Concat(Targets))
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
            stream.Write(bytes);
        }
    }

    /// <summary>The mean squared error of predictions on the test rows over the truth's variance.</summary>
    public double Nmse(IReadOnlyList<double> predictions)
    {
        double mean = Truth.Average(), variance = Truth.Average(t => (t - mean) * (t - mean));
        return Truth.Zip(predictions, (t, p) => (t - p) * (t - p)).Average() / variance;
    }
}
