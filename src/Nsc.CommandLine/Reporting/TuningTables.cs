// What a search found, for people, for scripts and as a report.

using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Compiler.Tuning;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.Report;

namespace Nsc.CommandLine.Reporting;

internal sealed class TuningTables(Surrogate surrogate, TuneRequest request, TuningResult result)
{
    private readonly ProgramSignature _signature = surrogate.Signature;

    /// <summary>What was asked for and is not so at the best inputs, in words; null where nothing is missed.</summary>
    public string? Missed => request.Goal is { } goal && goal.IsReached(result.Outputs) == false ? string.Join("; ", goal.Wishes.Where(w => !w.IsExtreme && !w.IsMetBy(result.Outputs[w.Output])).Select(Miss)) : null;

    private IEnumerable<(string Name, double Value)> Inputs =>
        _signature.Inputs.Select((v, i) => (v.Name, result.Inputs[i])).Where((_, i) => request.Observed?.Sought[i] != false || request.Kept[i] is not null);

    private IEnumerable<(string Name, double Value)> Outputs => request.Observed is null ? _signature.Outputs.Zip(result.Outputs, (o, y) => (o.Name, y)) : [];

    private double? RootMeanSquare => request.Observed is null ? null : Math.Sqrt(result.Merit);

    private string How => string.Create(CultureInfo.InvariantCulture, $"{result.Proposer switch
    {
        Proposer.Dataflow when result.Agrees == true => $"its dataflow is exact and was searched on {result.Interpreted:N0} rows, interpreted; the program agrees, run on {result.ProgramCalls:N0}",
        Proposer.Dataflow => $"its dataflow was searched on {result.Interpreted:N0} rows, and the program, run on {result.ProgramCalls:N0}, disagrees: Gaussian processes on its answers went on",
        Proposer.ApproximateDataflow => $"Gaussian processes on what the program gave on {result.ProgramCalls:N0} rows, and its approximate dataflow",
        _ => $"Gaussian processes on what the program gave on {result.ProgramCalls:N0} rows, and the surrogate",
    }}");

    public void Show(bool json, Terminal terminal)
    {
        if (json)
        {
            NscJson.Write(terminal.Output, new TuneJson(
                Inputs.ToDictionary(i => i.Name, i => i.Value), request.Observed is null ? Outputs.ToDictionary(o => o.Name, o => o.Value) : null, RootMeanSquare,
                request.Goal?.IsReached(result.Outputs), InWords(result.Proposer), result.Agrees, result.ProgramCalls, result.Interpreted,
                [.. result.Course.Select(s => new TuneStepJson(s.Calls, s.Merit))]));
            return;
        }

        foreach ((string name, double value) in Inputs.Concat(Outputs))
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} = {value:R}"));
        }

        terminal.Say($"{Meaning}; {How}");
    }

    public string Report(string command)
    {
        HtmlPage page = new HtmlPage($"nsc tune: {_signature.Function}").Remark(command).Paragraph($"{Meaning}; {How}.")
            .Table(["", "value"], Inputs.Concat(Outputs).Select(v => (string[])[v.Name, v.Value.ToString("G9", CultureInfo.InvariantCulture)]));
        page = request.Observed is { } observed ? page.Heading("Observed and given again").Plots([.. observed.Outputs.Take(4).Select(k => AgainstObserved(observed, k))]) : page;
        return page.Heading("Course").Paragraph("The least merit that the program gave, over the rows that it was run on: what is to be small, in the output's deviations; squares of them for values; bounds count a thousand times.")
            .Figure(Plot.Svg(new PlotFrame("Least merit", "rows that the program was run on", "merit"), new PlotLine("best", [.. result.Course.Select(s => new PlotPoint(s.Calls, s.Merit))])))
            .ToString();
    }

    private string Meaning => request.Observed is { } observed
        ? string.Create(CultureInfo.InvariantCulture, $"with these inputs the program gives the {observed.Rows.Count} observed rows again to within {RootMeanSquare:G3} deviations (root mean square)")
        : request.Goal!.Wishes.FirstOrDefault(w => w.IsExtreme) is { } extreme
            ? $"the {(extreme.Kind == WishKind.Small ? "least" : "greatest")} {_signature.Outputs[extreme.Output].Name} that was found, not known to be the {(extreme.Kind == WishKind.Small ? "least" : "greatest")} there is"
            : "the program's own outputs";

    private string AgainstObserved(ObservedRows observed, int output)
    {
        int width = _signature.Outputs.Length;
        PlotPoint[] points = [.. Enumerable.Range(0, observed.Rows.Count).Select(r => new PlotPoint(observed.Rows.Outputs(r)[output], result.Outputs[(r * width) + output])).OrderBy(p => p.X)];
        double[] ends = [points[0].X, points[^1].X];
        return Plot.Svg(new PlotFrame(_signature.Outputs[output].Name, "observed", "program"), new PlotLine("program", points), new PlotLine("equal", [.. ends.Select(e => new PlotPoint(e, e))]));
    }

    private string Miss(Wish wish)
    {
        string name = _signature.Outputs[wish.Output].Name;
        double value = result.Outputs[wish.Output];
        return wish.Kind switch
        {
            WishKind.Value => string.Create(CultureInfo.InvariantCulture, $"{name} is {value:G6} at best, {Math.Abs(value - wish.Value):G3} from {wish.Value:R}; {wish.Tolerance:G3} is allowed (--tolerance)"),
            WishKind.AtMost => string.Create(CultureInfo.InvariantCulture, $"{name} is {value:G6} at best, above {wish.Value:R}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{name} is {value:G6} at best, below {wish.Value:R}"),
        };
    }

    private static string InWords(Proposer proposer) => proposer switch
    {
        Proposer.Dataflow => "dataflow",
        Proposer.ApproximateDataflow => "approximate-dataflow",
        _ => "surrogate",
    };
}
