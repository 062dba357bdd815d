// Chebyshev interpolation as a peer. It takes no samples that others have drawn: it calls the program on a grid of its own, of no more points than the
// others have samples.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Peers;

public static class ChebyshevPeer
{
    public const string Name = "chebyshev";
    public const string Meaning = "interpolation at Chebyshev points of a tensor grid, up to four real inputs; calls the program at its own points";

    private const int MostInputs = 4;

    /// <summary>The programs that it can learn.</summary>
    public static List<ComparedRow> Measure(IReadOnlyList<BenchProgram> programs, int samples, Toolchain toolchain, CancellationToken cancellationToken) =>
    [
        .. programs.Where(p => p.Program.Signature.Inputs.Length <= MostInputs && !p.Program.Signature.Inputs.Any(i => i.Kind.IsInteger()))
            .Select(p => Measure(p, samples, toolchain, cancellationToken)).OfType<ComparedRow>(),
    ];

    // Null when the program fails at a point of the grid.
    private static ComparedRow? Measure(BenchProgram program, int samples, Toolchain toolchain, CancellationToken cancellationToken)
    {
        var inputs = program.Program.Signature.Inputs;
        int[] sizes = ChebyshevInterpolant.GridSizes(inputs.Length, samples);
        double[] points = [.. ChebyshevInterpolant.Grid(sizes).Select((u, i) => inputs[i % inputs.Length].Range.At(u))];
        using ProgramAnswers? opened = ProgramAnswers.Open(program, toolchain);
        if (opened?.Run(points, cancellationToken) is not { } run || !Array.TrueForAll(run.Statuses, s => s == SampleStatus.Ok))
        {
            return null;
        }

        int outputs = program.Test.OutputCount;
        ChebyshevInterpolant? fitted = null;
        TimeSpan fit = ProcessorTime.Of(() => fitted = ChebyshevInterpolant.Through(sizes, outputs, run.Outputs));
        double[] tests = [.. program.Test.X.Select((x, i) => inputs[i % inputs.Length].Range.Unit(x))], predicted = new double[program.Test.Y.Length];
        TimeSpan evaluation = ProcessorTime.Of(() =>
        {
            for (int row = 0; row < program.Test.Count; row++)
            {
                fitted!.At(tests.AsSpan(row * inputs.Length, inputs.Length)).CopyTo(predicted.AsSpan(row * outputs));
            }
        });
        double nmse = GeometricMean.Bounded(ErrorMetrics.Measure(program.Test, predicted, worstCount: 0).Nmse);
        return new ComparedRow(
            program.Name, samples, Name, nmse, [.. program.Pools.Select(_ => nmse)], fit.TotalSeconds, evaluation.TotalNanoseconds / program.Test.Count,
            sizeof(double) * (double)fitted!.Count);
    }
}
