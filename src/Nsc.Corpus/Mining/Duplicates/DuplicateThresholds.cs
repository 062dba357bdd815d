// The thresholds at which two functions are duplicates, in one place for the corpus, for training and for the check.

namespace Nsc.Corpus.Mining.Duplicates;

/// <param name="Nmse">The largest NMSE of one output as a prediction of the other, after the best affine maps.</param>
/// <param name="Constants">The largest relative difference of the constants of equal graphs.</param>
/// <param name="IsByOutput">
/// Whether it is enough that one output comes back that is more than common property, or that each function has all outputs of the
/// other; else all outputs must be the same, in order.
/// </param>
internal sealed record DuplicateThresholds(double Nmse, double Constants, bool IsByOutput)
{
    /// <summary>The same function once more.</summary>
    public static readonly DuplicateThresholds Repetition = new(1e-4, 1e-5, IsByOutput: false);

    /// <summary>So near to what is held out that training on it would give that away.</summary>
    public static readonly DuplicateThresholds Leak = new(2e-3, 0.1, IsByOutput: true);
}
