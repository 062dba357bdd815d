// Rows with what was foretold for them by something that had not seen them.

namespace Nsc.Core.Sampling;

/// <param name="Truth">What the program gives.</param>
/// <param name="Predicted">(samples, outputs), row-major, as a net gives them.</param>
/// <param name="Method">How the rows were kept from what foretold them.</param>
public sealed record JudgedRows(SampleSet Truth, double[] Predicted, EstimateMethod Method);
