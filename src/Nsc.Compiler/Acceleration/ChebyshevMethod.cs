// Chebyshev interpolants: the program is asked on one fine grid, and the degrees that the bound does not need are left out.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export.Approximations;

namespace Nsc.Compiler.Acceleration;

internal sealed class ChebyshevMethod : IAccelerationMethod
{
    private const int MostInputs = 4, MostPoints = 16384, MostPointsOnAxis = 128, MostCoefficients = 4096;

    // From one rung of the ladder to the next.
    private const double Growth = 1.2;

    public string Name => AccelerationMethods.Chebyshev;

    public string? Objection(ProgramSignature signature) =>
        signature.Inputs.Length > MostInputs ? $"a Chebyshev interpolant has at most {MostInputs} inputs, not {signature.Inputs.Length}"
        : signature.Inputs.Any(i => i.Kind.IsInteger()) ? "a Chebyshev interpolant has no inputs that are whole numbers"
        : null;

    public IEnumerable<Candidate> Ladder(AccelerationTask task)
    {
        ProgramSignature signature = task.Program.Signature;
        task.Progress("asking the program at Chebyshev points");
        int[] sizes = [.. ChebyshevInterpolant.GridSizes(signature.Inputs.Length, task.AffordableRows(MostPoints)).Select(s => Math.Min(s, MostPointsOnAxis))];
        double[] grid = [.. ChebyshevInterpolant.Grid(sizes).Select((u, i) => signature.Inputs[i % sizes.Length].At(u))];
        if (task.Answers(grid, "Chebyshev interpolant") is not { } values)
        {
            yield break;
        }

        int outputs = signature.Outputs.Length;
        double[] scales = [.. Enumerable.Range(0, outputs).Select(k => ErrorMetrics.Scale(task.Samples.Choosing, k))];
        foreach (ChebyshevInterpolant interpolant in Rungs(ChebyshevInterpolant.Through(sizes, outputs, values), scales))
        {
            var approximation = new ChebyshevApproximation(signature, task.Origin(grid.Length / sizes.Length), interpolant);
            yield return new Candidate(Name, approximation, task.Keeps(approximation));
        }
    }

    // From few coefficients to many.
    private static IEnumerable<ChebyshevInterpolant> Rungs(ChebyshevInterpolant whole, double[] scales)
    {
        var rungs = new List<ChebyshevInterpolant>();
        foreach (ChebyshevInterpolant smaller in whole.Truncations(scales).Where(t => t.Count <= MostCoefficients))
        {
            if (rungs.Count == 0 || rungs[^1].Count >= Growth * smaller.Count)
            {
                rungs.Add(smaller);
            }
        }

        rungs.Reverse();
        return rungs;
    }
}
