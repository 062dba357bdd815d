// A sparse polynomial in C: its terms one by one, nested so that each costs a product and a sum.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

public sealed class PolynomialApproximation(ProgramSignature signature, ApproximationOrigin origin, SparsePolynomial polynomial) : FittedApproximation(signature, origin)
{
    /// <summary>For each input the part of its range that the samples it was fitted to cover; empty where that is the whole range.</summary>
    public ImmutableArray<Interval> Covered { get; init; } = [];

    public override ImmutableArray<Interval> Believed => Covered.IsEmpty ? base.Believed : Covered;

    public override string Kind => "sparse polynomial";

    public override string Size => string.Create(CultureInfo.InvariantCulture, $"{polynomial.Terms.Length} terms");

    protected override void WriteTables(StringBuilder text)
    {
    }

    protected override void WriteBody(StringBuilder text)
    {
        WriteUnits(text, i => polynomial.Degree(i) > 0);
        for (int i = 0; i < polynomial.Inputs; i++)
        {
            for (int n = 1; n <= polynomial.Degree(i); n++)
            {
                (double ofLast, double ofOneBefore) = SparsePolynomial.Recurrence(n);
                text.Append(CultureInfo.InvariantCulture, $"    const double p{i}_{n} = {CNumbers.Double(ofLast)} * u{i}{(n > 1 ? $" * p{i}_{n - 1} - {CNumbers.Double(ofOneBefore)}{(n > 2 ? $" * p{i}_{n - 2}" : "")}" : "")};\n");
            }
        }

        for (int k = 0; k < polynomial.Outputs; k++)
        {
            string sum = polynomial.Nested(
                0, 0, polynomial.Terms.Length, term => CNumbers.Double(polynomial.Coefficients[(term * polynomial.Outputs) + k]),
                (input, degree, inner) => string.Create(CultureInfo.InvariantCulture, $"p{input}_{degree} * ({inner})"), (a, b) => $"{a}\n        + {b}");
            text.Append(CultureInfo.InvariantCulture, $"    out[{k}] = {sum};\n");
        }
    }

    protected override double[] Evaluate(ReadOnlySpan<double> inputs) => polynomial.At(Units(inputs));
}
