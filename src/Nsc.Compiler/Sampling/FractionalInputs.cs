// Rows of a user that give a fraction where the program takes an integer: a surrogate answers for them, the program never will.

using System.Globalization;
using Nsc.Core.Programs;

namespace Nsc.Compiler.Sampling;

public static class FractionalInputs
{
    /// <summary>What is to be said of such rows, or null where there are none.</summary>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    public static string? Remark(ProgramSignature signature, double[] inputs, string name)
    {
        string[] each = [.. signature.Inputs.Select((input, i) => input.Kind.IsInteger() ? Of(input, Fractions(inputs, i, signature.Inputs.Length), inputs.Length / signature.Inputs.Length, name) : null).OfType<string>()];
        return each.Length == 0 ? null : $"warning: {string.Join("; ", each)}";
    }

    private static double[] Fractions(double[] inputs, int column, int width) =>
        [.. Enumerable.Range(0, inputs.Length / width).Select(row => inputs[(row * width) + column]).Where(value => value != Math.Round(value))];

    private static string? Of(InputVariable input, double[] fractions, int rows, string name) => fractions.Length == 0 ? null
        : string.Create(CultureInfo.InvariantCulture, $"'{input.Name}' is of the type {input.Kind.Spelling()}, and has a fraction in {fractions.Length} of {rows} rows of '{name}', such as {fractions[0]:R}");
}
