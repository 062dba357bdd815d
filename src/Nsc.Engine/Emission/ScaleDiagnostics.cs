// What the analysis says against mimicking an output at all, before a sample is drawn.

using System.Collections.Immutable;
using Nsc.Core.Dataflow.Moments;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;

namespace Nsc.Engine.Emission;

internal static class ScaleDiagnostics
{
    // A third of the outputs below a millionth of the largest: less than a well-trained surrogate errs by.
    private const double ManyDecades = 6;

    private const string Hint = "narrow the ranges, or compile a function that returns the logarithm";

    /// <summary>Says which inputs are compiled, where not all of them are.</summary>
    public static void ReportInputsLeftForLater(this DiagnosticBag diagnostics, CProgram program, ImmutableArray<int> chosen)
    {
        ImmutableArray<InputVariable> inputs = program.Signature.Inputs;
        if (chosen.Length < inputs.Length)
        {
            string others = string.Join(", ", inputs.Where((_, i) => !chosen.Contains(i)).Select(i => i.Name));
            diagnostics.Add(new Diagnostic(
                Severity.Note, "inputs-at-zero", SourceLocation.InFile(program.Path),
                $"the {chosen.Length} inputs of '{program.Signature.Function}' that matter most are compiled; fine-tuning has to learn {others}"));
        }
    }

    /// <summary>Refuses outputs that overflow, and warns of those that cover too many orders of magnitude.</summary>
    public static void ReportOutputRanges(this DiagnosticBag diagnostics, CProgram program, ImmutableArray<DynamicRange> ranges)
    {
        for (int k = 0; k < ranges.Length; k++)
        {
            string output = $"the output '{program.Signature.Outputs[k].Name}' of '{program.Signature.Function}'";
            if (ranges[k].Overflows)
            {
                diagnostics.Add(new Diagnostic(
                    Severity.Error, "diverges", SourceLocation.InFile(program.Path),
                    $"{output} grows beyond all bounds over its ranges, as the analysis of its dataflow has it: there is no scale to mimic it on", Hint));
            }
            else if (ranges[k].Decades >= ManyDecades)
            {
                diagnostics.Add(new Diagnostic(
                    Severity.Warning, "many-orders", SourceLocation.InFile(program.Path),
                    $"{output} covers {ranges[k].Decades:F0} orders of magnitude over its ranges: a surrogate errs by a share of the largest, so the small ones are lost", Hint));
            }
        }
    }
}
