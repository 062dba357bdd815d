// Rows of a user that the surrogate's ranges do not hold: it was not made for them, and its owner should know.

using Nsc.Core.Programs;

namespace Nsc.Compiler.Sampling;

internal static class OutsideRanges
{
    private const int MostNamed = 5;

    /// <summary>What is to be said of rows that lie outside of the ranges, or null where all lie inside.</summary>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    public static string? Remark(ProgramSignature signature, double[] inputs, string name)
    {
        double[][] rows = [.. inputs.Chunk(signature.Inputs.Length)];
        int outside = rows.Count(row => signature.Inputs.Where((input, i) => IsOutside(input.Range, row[i])).Any());
        if (outside == 0)
        {
            return null;
        }

        string[] each =
        [
            .. signature.Inputs.Select((input, i) => (input, Count: rows.Count(row => IsOutside(input.Range, row[i])))).Where(c => c.Count > 0)
                .Select(c => $"{c.input.Name} leaves {c.input.Range} in {c.Count}"),
        ];
        string others = each.Length > MostNamed ? $", and {each.Length - MostNamed} more inputs" : "";
        return $"warning: {outside} of {rows.Length} rows of '{name}' lie outside of the ranges: {string.Join(", ", each.Take(MostNamed))}{others} (--extend-ranges of finetune and accelerate widens them)";
    }

    private static bool IsOutside(Interval range, double value) => value < range.Low || value > range.High;
}
