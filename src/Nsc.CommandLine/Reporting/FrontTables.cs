// A front of two outputs, for people, for scripts and as a report.

using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Tuning;
using Nsc.Core.Programs;
using Nsc.Engine.Search;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal sealed class FrontTables(ProgramSignature signature, TuningFront front)
{
    private string First => signature.Outputs[front.First.Output].Name;

    private string Second => signature.Outputs[front.Second.Output].Name;

    private string Meaning => string.Create(
        CultureInfo.InvariantCulture, $"{front.Points.Length} points of the front of {First} and {Second}: none of those found is better in both, nor is it known that there is none; {front.ProgramCalls:N0} runs of the program, {front.Interpreted:N0} rows of its dataflow interpreted");

    public void Show(bool json, Terminal terminal)
    {
        if (json)
        {
            NscJson.Write(terminal.Output, new FrontJson(
                [.. front.Points.Select(p => new TradeOffJson(Named(signature.Inputs.Select(i => i.Name), p.Inputs), Named(signature.Outputs.Select(o => o.Name), p.Outputs)))],
                front.ProgramCalls, front.Interpreted));
            return;
        }

        terminal.Output.WriteLine(string.Join(',', signature.Inputs.Select(i => i.Name).Concat(signature.Outputs.Select(o => o.Name)).Select(Data.CsvTable.Cell)));
        foreach (TuningResult point in front.Points)
        {
            terminal.Output.WriteLine(string.Join(',', point.Inputs.Concat(point.Outputs).Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
        }

        terminal.Say(Meaning);
    }

    public string Report(string command) => new HtmlPage($"nsc tune: {signature.Function}").Remark(command).Paragraph(Meaning + ".")
        .Figure(Plot.Svg(new PlotFrame("Front", First, Second), new PlotLine("program", [.. front.Points.Select(p => new PlotPoint(p.Outputs[front.First.Output], p.Outputs[front.Second.Output]))])))
        .Table(
            [.. signature.Inputs.Select(i => i.Name), .. signature.Outputs.Select(o => o.Name)],
            front.Points.Select(p => (string[])[.. p.Inputs.Concat(p.Outputs).Select(Reports.Short)])).ToString();

    private static Dictionary<string, double> Named(IEnumerable<string> names, double[] values) => names.Zip(values).ToDictionary(p => p.First, p => p.Second);
}
