// How like two functions must be to count as the same: stated here only, for the corpus, for training and for the check.

namespace Nsc.Corpus.Mining.Duplicates;

/// <param name="Nmse">The largest NMSE of one output as a prediction of the other, after the best affine maps.</param>
/// <param name="Constants">The largest relative difference of the constants of equal graphs.</param>
/// <param name="IsByOutput">Whether one output that tells functions apart is enough, or all outputs must be the same.</param>
internal sealed record Likeness(double Nmse, double Constants, bool IsByOutput)
{
    /// <summary>The same function once more.</summary>
    public static readonly Likeness Repetition = new(1e-4, 1e-5, IsByOutput: false);

    /// <summary>So near to what is held out that training on it would give that away.</summary>
    public static readonly Likeness Leak = new(5e-3, 0.05, IsByOutput: true);
}
