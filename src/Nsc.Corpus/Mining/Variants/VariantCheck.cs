// Differential testing of variants: the dataflow graph must agree with the native program.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Corpus.Building;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining.Variants;

/// <summary>Compares variants of one unit with their graphs: one shared object, one run.</summary>
public sealed class VariantCheck(Toolchain toolchain)
{
    private const int Points = 32;
    private const int MostDifferent = 1;
    private const double Tolerance = 1e-3;
    private const string EntryName = "nsc_entry_any";

    /// <summary>The indices of the variants that compute something else than their graph says.</summary>
    internal HashSet<int> Disagreeing(IReadOnlyList<BuiltVariant> variants)
    {
        if (variants.Count == 0)
        {
            return [];
        }

        CProgram any = Together([.. variants.Select(v => v.Program)]);
        using NativeProgram? native = NativeProgram.Compile(any, toolchain, new DiagnosticBag(), SandboxLimits.Default);
        if (native is null)
        {
            return [.. Enumerable.Range(0, variants.Count)];
        }

        int width = any.Signature.Inputs.Length;
        var rows = new double[variants.Count * Points * width];
        for (int v = 0; v < variants.Count; v++)
        {
            ImmutableArray<InputVariable> inputs = variants[v].Program.Signature.Inputs;
            double[] points = Behaviour.Points(inputs);
            for (int p = 0; p < Points; p++)
            {
                int row = ((v * Points) + p) * width;
                rows[row] = v;
                points.AsSpan(p * inputs.Length, inputs.Length).CopyTo(rows.AsSpan(row + 1));
            }
        }

        ProgramRun run = native.Run(rows);
        return [.. Enumerable.Range(0, variants.Count).Where(v => Differs(variants[v], v, run, any.Signature.Outputs.Length))];
    }

    private static bool Differs(BuiltVariant variant, int index, ProgramRun run, int width)
    {
        ImmutableArray<InputVariable> inputs = variant.Program.Signature.Inputs;
        int outputs = variant.Graph.Outputs.Length;
        double[] expected = new GraphEvaluator(variant.Graph).EvaluateOutputs(Behaviour.Points(inputs).AsSpan(0, Points * inputs.Length), Points);
        double scale = expected.Average(Math.Abs);
        int different = Enumerable.Range(0, Points).Count(p => run.Statuses[(index * Points) + p] != SampleStatus.Ok
            || Enumerable.Range(0, outputs).Any(k =>
                !(Math.Abs(expected[(p * outputs) + k] - run.Outputs[(((index * Points) + p) * width) + k])
                    <= Tolerance * (Math.Abs(expected[(p * outputs) + k]) + scale))));
        return different > MostDifferent;
    }

    // One entry for all: its first input says which.
    private static CProgram Together(ImmutableArray<CProgram> programs)
    {
        int inputs = programs.Max(p => p.Signature.Inputs.Length), outputs = programs.Max(p => p.Signature.Outputs.Length);
        var text = new StringBuilder(string.Join('\n', programs.Select(p => p.EntrySource)));
        text.Append(CultureInfo.InvariantCulture, $"\nvoid {EntryName}(const double *nsc_in, double *nsc_out);\n");
        text.Append(CultureInfo.InvariantCulture, $"void {EntryName}(const double *nsc_in, double *nsc_out) {{\n");
        text.Append(CultureInfo.InvariantCulture, $"  for (int nsc_j = 0; nsc_j < {outputs}; nsc_j++) nsc_out[nsc_j] = 0.0;\n  switch ((int)nsc_in[0]) {{\n");
        for (int i = 0; i < programs.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    case {i}: {programs[i].EntryName}(nsc_in + 1, nsc_out); break;\n");
        }

        text.Append("  }\n}\n");
        var signature = new ProgramSignature(
            EntryName, "", [.. Enumerable.Range(0, inputs + 1).Select(i => new InputVariable($"x{i}", ScalarKind.Double, Interval.Default))],
            [.. Enumerable.Range(0, outputs).Select(k => new OutputVariable($"y{k}", ScalarKind.Double))]);
        return new CProgram(programs[0].Path, programs[0].Source, text.ToString(), signature, EntryName);
    }
}
