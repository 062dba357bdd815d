// A Chebyshev interpolant in C: one axis after the other is summed up, the first one in long rows that a compiler makes vectors of.

using System.Globalization;
using System.Text;
using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

public sealed class ChebyshevApproximation(ProgramSignature signature, ApproximationOrigin origin, ChebyshevInterpolant interpolant) : FittedApproximation(signature, origin)
{
    // Products that one statement adds up; a compiler keeps such a sum in registers.
    private const int Terms = 16;

    public override string Kind => "Chebyshev interpolant";

    public override string Size => $"{(interpolant.Sizes.Length == 1 ? "degree" : "degrees")} {string.Join('-', interpolant.Sizes.Select(s => s - 1))}";

    protected override void WriteTables(StringBuilder text)
    {
        CNumbers.Table(text, "double", string.Create(CultureInfo.InvariantCulture, $"{Name}_c[{interpolant.Count}]"), interpolant.Coefficients.Select(CNumbers.Double));
        text.Append('\n');
    }

    protected override void WriteBody(StringBuilder text)
    {
        WriteUnits(text, axis => interpolant.Sizes[axis] > 1);
        int left = interpolant.Count;
        string from = $"{Name}_c";
        text.Append(interpolant.Sizes.Max() is > 1 and var most ? string.Create(CultureInfo.InvariantCulture, $"    double t[{most}];\n") : "");
        for (int axis = 0; axis < interpolant.Sizes.Length; axis++)
        {
            int size = interpolant.Sizes[axis];
            left /= size;
            string to = axis + 1 < interpolant.Sizes.Length ? string.Create(CultureInfo.InvariantCulture, $"s{axis}") : "out";
            text.Append(to == "out" ? "" : string.Create(CultureInfo.InvariantCulture, $"    double {to}[{left}];\n"));
            WritePolynomials(text, size, axis);
            for (int first = 0; first < size; first += Terms)
            {
                string sum = first == 0 ? $"{from}[i]" : $"{to}[i]";
                string read = from;
                string products = string.Concat(Enumerable.Range(first, Math.Min(Terms, size - first)).Where(j => j > 0)
                    .Select(j => string.Create(CultureInfo.InvariantCulture, $"\n            + {read}[{j * left} + i] * t[{j}]")));
                text.Append(CultureInfo.InvariantCulture, $"    for (int i = 0; i < {left}; i++)\n        {to}[i] = {sum}{products};\n");
            }

            from = to;
        }
    }

    protected override double[] Evaluate(ReadOnlySpan<double> inputs) => interpolant.At(Units(inputs));

    // T_j(u) by the recurrence T_j = 2 u T_(j-1) - T_(j-2).
    private static void WritePolynomials(StringBuilder text, int size, int axis)
    {
        text.Append(size > 1 ? string.Create(CultureInfo.InvariantCulture, $"    t[1] = u{axis};\n") : "");
        text.Append(size > 2 ? string.Create(CultureInfo.InvariantCulture, $"    t[2] = 2 * u{axis} * t[1] - 1;\n") : "");
        text.Append(size > 3 ? string.Create(CultureInfo.InvariantCulture, $"    for (int j = 3; j < {size}; j++)\n        t[j] = 2 * u{axis} * t[j - 1] - t[j - 2];\n") : "");
    }
}
