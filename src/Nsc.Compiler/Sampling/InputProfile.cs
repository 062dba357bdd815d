// A user's own inputs, on which a program is run: what is learned and promised of it is then about inputs like these.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

/// <summary>Rows of inputs that somebody has, such as those of a file.</summary>
/// <param name="Inputs">(rows, inputs), row-major, in the program's units.</param>
/// <param name="Name">What messages call them.</param>
public sealed record InputProfile(double[] Inputs, string Name)
{
    /// <summary>What is to be said of how they were read.</summary>
    public ImmutableArray<string> Remarks { get; init; } = [];

    /// <summary>Runs a program on the rows; null when <paramref name="diagnostics"/> say why that cannot be. Rows on which it fails are left out and said.</summary>
    /// <param name="most">How many rows are drawn at random; null for all.</param>
    internal SampleSet? Run(CProgram program, int? most, ulong seed, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        int width = program.Signature.Inputs.Length, rows = Inputs.Length / width;
        if (rows == 0 || most > rows)
        {
            diagnostics.Refuse(Refusal.Input, rows == 0 ? $"'{Name}' has no rows" : $"'{Name}' has {rows} rows, not {most}");
            return null;
        }

        double[] inputs = Drawn(AsTypes(program.Signature, Inputs, diagnostics), width, most ?? rows, seed);
        foreach (string remark in Remarks)
        {
            diagnostics.Remark(remark);
        }

        return diagnostics.HasErrors ? null
            : ProgramSamples.DrawChecked(program, toolchain, diagnostics, native => ProgramSampler.RunOn(program, native, inputs, diagnostics, cancellationToken), cancellationToken);
    }

    private static double[] Drawn(double[] inputs, int width, int count, ulong seed) => count * width == inputs.Length ? inputs
        : [.. RowDraw.Of(inputs.Length / width, count, seed).SelectMany(row => inputs[(row * width)..((row + 1) * width)])];

    // What the program is handed: numbers of its own types.
    private double[] AsTypes(ProgramSignature signature, ReadOnlySpan<double> rows, DiagnosticBag diagnostics)
    {
        double[] inputs = rows.ToArray();
        for (int at = 0; at < inputs.Length; at++)
        {
            InputVariable input = signature.Inputs[at % signature.Inputs.Length];
            if (!InputSampler.CanBe(input.Kind, inputs[at]))
            {
                string value = inputs[at].ToString("R", CultureInfo.InvariantCulture);
                diagnostics.Refuse(Refusal.Input, $"'{Name}': row {(at / signature.Inputs.Length) + 1}: '{input.Name}' is {value}, which is no {input.Kind.Spelling()}");
                break;
            }

            inputs[at] = input.Kind == ScalarKind.Float ? (float)inputs[at] : inputs[at];
        }

        return inputs;
    }
}
