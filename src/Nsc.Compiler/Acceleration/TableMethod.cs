// Tables of 1 KB to 1 MB with multilinear interpolation. An input along which the function bends more has more nodes.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export.Approximations;

namespace Nsc.Compiler.Acceleration;

internal sealed class TableMethod : IAccelerationMethod
{
    private const int SmallestBytes = 1 << 10, LargestBytes = 1 << 20;

    // Points at which second differences are taken, and the step, in units of half a range.
    private const int Probes = 64;
    private const double Step = 0.125;

    public string Name => AccelerationMethods.Table;

    public string? Objection(ProgramSignature signature) => signature.Inputs.Length > TableApproximation.MostInputs
        ? $"a table has at most {TableApproximation.MostInputs} inputs, not {signature.Inputs.Length}" : null;

    public IEnumerable<Candidate> Ladder(AccelerationTask task)
    {
        ProgramSignature signature = task.Program.Signature;
        task.Progress("asking the program at the nodes of tables");
        if (Curvature(task) is not { } curvature)
        {
            yield break;
        }

        int outputs = signature.Outputs.Length, affordable = task.AffordableRows(LargestBytes);
        int?[] given = [.. signature.Inputs.Select(TableAxis.FixedCells)];
        for (int bytes = SmallestBytes; bytes <= LargestBytes && bytes / sizeof(float) / outputs <= affordable; bytes *= 2)
        {
            if (MultilinearTable.Cells(curvature, given, bytes / sizeof(float) / outputs) is not { } cells)
            {
                continue;
            }

            TableAxis[] axes = [.. signature.Inputs.Select((input, i) => TableAxis.Of(input, cells[i]))];
            double[] grid = MultilinearTable.Grid(axes, signature.Inputs);
            if (task.Answers(grid, "table") is not { } values)
            {
                yield break;
            }

            var approximation = new TableApproximation(signature, task.Origin(grid.Length / axes.Length), MultilinearTable.Of(axes, outputs, values));
            yield return new Candidate(Name, approximation, task.Keeps(approximation));
        }
    }

    // For each input the root mean square of the outputs' second differences, in their deviations; null where the program fails.
    private static double[]? Curvature(AccelerationTask task)
    {
        ProgramSignature signature = task.Program.Signature;
        (int inputs, int outputs) = (signature.Inputs.Length, signature.Outputs.Length);
        var random = new SplitMix64(SampleSeeds.For(task.Request.Compile.Seed, SamplePurpose.Search));
        var points = new List<double>();
        for (int probe = 0; probe < Probes; probe++)
        {
            double[] centre = [.. Enumerable.Range(0, inputs).Select(_ => (1 - Step) * ((2 * random.NextDouble()) - 1))];
            points.AddRange(Enumerable.Range(0, inputs).SelectMany(axis => ((double[])[-Step, 0, Step]).SelectMany(
                step => signature.Inputs.Select((input, i) => input.At(centre[i] + (i == axis ? step : 0))))));
        }

        if (task.Answers([.. points], "table") is not { } values)
        {
            return null;
        }

        double[] scales = [.. Enumerable.Range(0, outputs).Select(k => ErrorMetrics.Scale(task.Samples.Choosing, k))];
        double Difference(int probe, int axis, int k)
        {
            int at = (((probe * inputs) + axis) * 3 * outputs) + k;
            return (values[at] - (2 * values[at + outputs]) + values[at + (2 * outputs)]) / scales[k];
        }

        return
        [
            .. Enumerable.Range(0, inputs).Select(axis => Math.Sqrt(Enumerable.Range(0, Probes).Average(
                probe => Enumerable.Range(0, outputs).Average(k => Math.Pow(Difference(probe, axis, k), 2))))),
        ];
    }
}
