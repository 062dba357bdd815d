// What a peer is asked: to learn one output, and to predict it.

using System.Buffers.Binary;
using Nsc.Core.Sampling;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Peers;

/// <summary>One output to learn: inputs (rows, I) in [-1, 1], and targets that are standardised on the samples.</summary>
/// <param name="Shape">Of the net, for a peer that trains one.</param>
/// <param name="Training">Samples to train on; the first ones.</param>
/// <param name="HeldOut">Samples by which training is stopped. A method that needs none trains on them too.</param>
/// <param name="Inputs">(training + held-out + test rows, I), in this order.</param>
/// <param name="Targets">(training + held-out rows).</param>
/// <param name="Truth">(test rows), which the peer does not see.</param>
public sealed record PeerProblem(NetShape Shape, int Training, int HeldOut, int Steps, double[] Inputs, double[] Targets, double[] Truth)
{
    /// <summary>What a target of 0 is in the program's units.</summary>
    public double Mean { get; init; }

    /// <summary>The program's units in one of the targets; 0 when all targets are the same, so that there is nothing to learn.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>The problem of one output of a program.</summary>
    /// <param name="shape">With the program's own number of inputs.</param>
    public static PeerProblem Of(BenchProgram program, SampleSet pool, int output, NetShape shape, FineTuneOptions options)
    {
        int heldOut = options.HeldOutCount(pool.Count), training = pool.Count - heldOut;
        SampleSet all = pool.Append(program.Test);
        double[] inputs = [.. Enumerable.Range(0, all.Count).SelectMany(row => all.Inputs(row).ToArray().Select((x, i) => program.Program.Signature.Inputs[i].Range.Unit(x)))];
        double[] values = all.Output(output);
        double mean = pool.Output(output).Average(), deviation = IsConstant(pool, output) ? 0 : ErrorMetrics.Scale(pool, output);
        double[] standardised = Array.ConvertAll(values, v => deviation > 0 ? (v - mean) / deviation : 0);
        return new PeerProblem(shape, training, heldOut, options.Steps, inputs, standardised[..pool.Count], standardised[pool.Count..]) { Mean = mean, Deviation = deviation };
    }

    /// <summary>Writes what scripts/peers/problem.py describes.</summary>
    public void Write(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        foreach (int number in (int[])[Shape.Inputs, Shape.FirstWidth, Training, HeldOut, Truth.Length, Steps])
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
            stream.Write(bytes[..sizeof(int)]);
        }

        foreach (double number in Inputs.Concat(Targets))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
            stream.Write(bytes);
        }
    }

    /// <summary>Predictions of the targets in the program's units.</summary>
    public double[] InUnits(IEnumerable<double> predictions) => [.. predictions.Select(p => Mean + (Deviation * p))];

    /// <summary>The mean squared error of predictions on the test rows over the truth's variance.</summary>
    public double Nmse(IReadOnlyList<double> predictions)
    {
        double mean = Truth.Average(), variance = Truth.Average(t => (t - mean) * (t - mean));
        return Truth.Zip(predictions, (t, p) => (t - p) * (t - p)).Average() / variance;
    }

    private static bool IsConstant(SampleSet samples, int output) => samples.Output(output) is var values && values.AsSpan().IndexOfAnyExcept(values[0]) < 0;
}
