// Which inputs decide an output, in the terminal, as JSON and in reports.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Core.Surrogates;
using Nsc.Engine.Sensitivity;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal static class SensitivityTables
{
    private const string Meaning =
        "Shares of an output's variance over the ranges, by the surrogate: what an input explains by itself (first), and what would be left if all others were known (total).";

    // More than these are no table that anybody reads.
    private const int MostOutputs = 8;

    public static void Show(Surrogate surrogate, bool json, Terminal terminal)
    {
        ImmutableArray<OutputSensitivity> found = SobolIndices.Of(surrogate);
        if (json)
        {
            NscJson.Write(terminal.Output, new SensitivityJson(surrogate.Signature.Function, [.. found]));
            return;
        }

        terminal.Output.WriteLine($"{surrogate.Signature.Function}: {Meaning}");
        var table = new TextTable(
            0, TextColumn.Fitting("output", found.Select(o => o.Output)),
            TextColumn.Fitting("input", surrogate.Signature.Inputs.Select(i => i.Name)) with { Gap = 2 }, new("first", 10), new("total", 10));
        foreach (OutputSensitivity output in found)
        {
            foreach (InputSensitivity input in output.Inputs)
            {
                table.Add($"{output.Output}", $"{input.Input}", $"{input.First:F3}", $"{input.Total:F3}");
            }

            if (output.Inputs.IsEmpty)
            {
                table.Add($"{output.Output}", $"(does not vary)", $"", $"");
            }
        }

        table.Write(terminal);
    }

    public static void Add(HtmlPage page, Surrogate surrogate)
    {
        page.Heading("What decides each output").Paragraph(Meaning);
        foreach (OutputSensitivity output in SobolIndices.Of(surrogate).Where(o => !o.Inputs.IsEmpty).Take(MostOutputs))
        {
            page.Table([output.Output, "first", "total"], output.Inputs.OrderByDescending(i => i.Total).Select(i => (string[])[i.Input, Shown(i.First), Shown(i.Total)]));
        }
    }

    private static string Shown(double index) => index.ToString("F3", CultureInfo.InvariantCulture);
}
