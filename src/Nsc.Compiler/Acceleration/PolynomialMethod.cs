// Sparse polynomials by least squares on the samples that nets are trained on, the twin's too.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Engine.Approximating;
using Nsc.Export.Approximations;

namespace Nsc.Compiler.Acceleration;

internal sealed class PolynomialMethod : IAccelerationMethod
{
    public string Name => AccelerationMethods.Polynomial;

    public IEnumerable<Candidate> Ladder(AccelerationTask task)
    {
        task.Progress("fitting polynomials");
        SampleSet samples = ReferenceEquals(task.Samples.Training, task.Samples.Twin) ? task.Samples.Training : task.Samples.Training.Append(task.Samples.Twin);
        ProgramSignature signature = task.Program.Signature;
        foreach (SparsePolynomial polynomial in new PolynomialFit(signature, samples).Ladder())
        {
            var approximation = new PolynomialApproximation(signature, task.Origin(samples.Count), polynomial) { Covered = task.Samples.Covered };
            yield return new Candidate(Name, approximation, task.Keeps(approximation));
        }
    }
}
