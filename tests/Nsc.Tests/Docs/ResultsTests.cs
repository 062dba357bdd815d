// The README's figure is drawn from models/RESULTS.md (NSC_UPDATE_GOLDEN=1 draws it again), and its times stand in the documents, with how they were measured.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.Report;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Docs;

public partial class ResultsTests
{
    private const string Arm = "`dataflow+calibration+subspace`"; // What `nsc finetune` does.
    private static readonly double[] s_samples = [8, 32, 128, 1024];

    [Fact]
    public void The_figure_shows_the_measured_ratios()
    {
        PlotLine[] lines = [Line("ParrotBench", "5 ParrotBench kernels"), Line("held-out idioms", "174 idioms"),
            Line("real functions", "116 real functions"), Line("real, no twins", "119 real functions without near twins")];
        string svg = Plot.Svg(new PlotFrame("Times lower error than by training from scratch on the same samples", "samples", "", PlotScale.Categories), lines);
        string file = Repository.At("src/docs/results.svg");
        if (Environment.GetEnvironmentVariable("NSC_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, svg);
        }

        Assert.Equal(svg, File.ReadAllText(file));
    }

    [Fact]
    public void The_README_quotes_times_that_the_documents_explain()
    {
        string documents = string.Concat(Document.Paths.Skip(1).Select(path => File.ReadAllText(Repository.At(path))));
        Match[] times = [.. File.ReadLines(Repository.At("README.md")).Where(line => line.StartsWith('|')).SelectMany(line => Time().Matches(line))];
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.Matches($@"(?<![\d.,]){Regex.Escape(time.Groups[1].Value)}(?![\d.,]\d)", documents));
    }

    // A cell is "28.83 [2.25, 369]".
    private static PlotLine Line(string set, string name)
    {
        string[] cells = Row(set);
        Assert.StartsWith(cells[1] + " ", name);
        return new PlotLine(name, [.. s_samples.Zip(cells.Skip(4), (samples, cell) =>
        {
            double[] numbers = [.. cell.Split(['[', ',', ']', ' '], StringSplitOptions.RemoveEmptyEntries).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
            return new PlotPoint(samples, numbers[0], numbers[1], numbers[2]);
        })]);
    }

    private static string[] Row(string set) => File.ReadLines(Repository.At("models/RESULTS.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).First(cells => cells.Length > 8 && cells[1] == set && cells[3] == Arm)[1..];

    [GeneratedRegex(@"([\d.,]+) (?:ns|ms)")]
    private static partial Regex Time();
}
