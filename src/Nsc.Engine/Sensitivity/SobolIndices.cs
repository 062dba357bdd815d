// Which inputs decide an output: the shares of its variance, by the surrogate, which costs nothing to ask.

using System.Collections.Immutable;
using System.Numerics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Sensitivity;

/// <summary>What of an output's variance is owed to one input.</summary>
/// <param name="First">The first-order index: the share that the input explains by itself.</param>
/// <param name="Total">The total index: the share that would be left if all other inputs were known.</param>
public sealed record InputSensitivity(string Input, double First, double Total);

/// <summary>An output with its indices, input by input.</summary>
/// <param name="Inputs">Empty where the output has no variance.</param>
public sealed record OutputSensitivity(string Output, ImmutableArray<InputSensitivity> Inputs);

/// <summary>
/// Sobol' indices of a surrogate over its ranges: the first-order ones by Saltelli's estimator (2010) with the outputs centred, the total ones by Jansen's (1999), on a scrambled Sobol'
/// sequence of twice as many dimensions as there are inputs. Inputs are independent and uniform in their ranges, or in the logarithm of these.
/// </summary>
public static class SobolIndices
{
    private const int MostRows = 8192, FewestRows = 512, MostAnswers = 1 << 22;

    /// <summary>The indices of each output; the same seed gives the same numbers.</summary>
    public static ImmutableArray<OutputSensitivity> Of(Surrogate surrogate, ulong seed = 1)
    {
        ProgramSignature signature = surrogate.Signature;
        int width = signature.Inputs.Length, rows = RowsFor(signature);
        var evaluator = new SurrogateEvaluator(surrogate);
        (double[] a, double[] b) = TwoDraws(signature, rows, seed);
        SampleSet ofA = Answered(a), ofB = Answered(b);
        SampleSet[] mixed = [.. Enumerable.Range(0, width).Select(i => Answered(WithColumn(a, b, i, width)))];
        return [.. signature.Outputs.Select((output, k) => new OutputSensitivity(
            output.Name, Indices(ofA.Output(k), ofB.Output(k), [.. mixed.Select(m => m.Output(k))], signature)))];

        SampleSet Answered(double[] inputs) => new(width, signature.Outputs.Length, inputs, evaluator.Evaluate(inputs));
    }

    // A power of two: fewer where there are many inputs and outputs.
    private static int RowsFor(ProgramSignature signature) =>
        Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)(MostAnswers / (signature.Outputs.Length * (signature.Inputs.Length + 2)))), FewestRows, MostRows);

    private static (double[] A, double[] B) TwoDraws(ProgramSignature signature, int rows, ulong seed)
    {
        int width = signature.Inputs.Length;
        double[] points = new SobolSequence(2 * width, seed).Next(rows), a = new double[rows * width], b = new double[rows * width];
        for (int i = 0; i < a.Length; i++)
        {
            (int row, int column) = (i / width, i % width);
            a[i] = InputSampler.At(signature.Inputs[column], points[(row * 2 * width) + column]);
            b[i] = InputSampler.At(signature.Inputs[column], points[(row * 2 * width) + width + column]);
        }

        return (a, b);
    }

    // The rows of a with one input from b.
    private static double[] WithColumn(double[] a, double[] b, int column, int width)
    {
        double[] mixed = [.. a];
        for (int at = column; at < mixed.Length; at += width)
        {
            mixed[at] = b[at];
        }

        return mixed;
    }

    private static ImmutableArray<InputSensitivity> Indices(double[] a, double[] b, double[][] mixed, ProgramSignature signature)
    {
        double mean = a.Concat(b).Average(), variance = a.Concat(b).Average(y => (y - mean) * (y - mean));
        return !(variance > 0 && double.IsFinite(variance)) ? [] :
        [
            .. signature.Inputs.Select((input, i) => new InputSensitivity(
                input.Name,
                Enumerable.Range(0, a.Length).Average(row => (b[row] - mean) * (mixed[i][row] - a[row])) / variance,
                Enumerable.Range(0, a.Length).Average(row => (a[row] - mixed[i][row]) * (a[row] - mixed[i][row])) / (2 * variance))),
        ];
    }
}
