using System.Xml.Linq;
using Nsc.Report;

namespace Nsc.Tests.Report;

public class PlotTests
{
    private static readonly PlotLine s_line = new("a < b & c", [new(1000, 0.5), new(2000, double.NaN), new(3000, 0), new(4000, 0.004)]);

    [Fact]
    public void A_plot_is_well_formed_leaves_out_what_has_no_logarithm_and_is_the_same_each_time()
    {
        string svg = Plot.Svg(new PlotFrame("title", "step", "NMSE"), s_line);
        Assert.Equal(svg, Plot.Svg(new PlotFrame("title", "step", "NMSE"), s_line));
        XElement root = XDocument.Parse(svg).Root!;
        string points = root.Descendants().Single(e => e.Name.LocalName == "polyline").Attribute("points")!.Value;
        Assert.Equal(2, points.Split(' ').Length);
        Assert.Contains("a < b & c", root.Value);
        Assert.Contains("prefers-color-scheme: dark", svg);
    }

    [Theory]
    [InlineData]
    [InlineData(1.0)]
    [InlineData(double.NaN, double.PositiveInfinity)]
    [InlineData(1e-8, 1e4)]
    public void Any_numbers_give_a_plot_within_its_frame(params double[] values)
    {
        foreach (PlotScale x in Enum.GetValues<PlotScale>())
        {
            AssertWithin(values, new PlotFrame("t", "x", "y", x, PlotScale.Logarithmic));
            AssertWithin(values, new PlotFrame("t", "x", "y", x, PlotScale.Linear));
        }
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(14, 30)]
    public void However_many_and_long_the_names_are_no_two_lie_on_each_other(int lines, int letters)
    {
        var frame = new PlotFrame("t", "x", "y", Width: 460, Height: 300);
        PlotLine[] drawn = [.. Enumerable.Range(0, lines).Select(i => new PlotLine(new string((char)('a' + i), letters), [new(1, 0.1), new(2, 1)]))];
        XElement root = XDocument.Parse(Plot.Svg(frame, drawn)).Root!;
        double Number(XElement e, string name) => double.Parse(e.Attribute(name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
        var names = root.Descendants().Where(e => e.Name.LocalName == "text" && drawn.Any(l => l.Name == e.Value)).Select(e => (X: Number(e, "x"), Y: Number(e, "y"))).ToArray();
        Assert.Equal(lines, names.Length);
        Assert.All(names, a => Assert.DoesNotContain(names, b => b.Y == a.Y && b.X > a.X && b.X < a.X + (6 * letters)));
        double[] heights = [.. root.Descendants().Where(e => e.Name.LocalName == "line" && (string?)e.Attribute("class") == "grid").Select(e => Number(e, "y2") - Number(e, "y1"))];
        Assert.Equal(300 - 72 - 52, heights.Max(), 1);
        Assert.True(names.Max(n => n.Y) < root.Descendants().Where(e => (string?)e.Attribute("class") == "grid").Min(e => Number(e, "y1")));
    }

    private static void AssertWithin(double[] values, PlotFrame frame)
    {
        var line = new PlotLine("x", [.. values.Select((v, i) => new PlotPoint(i + 1, v, v / 2, v * 2))]);
        string svg = Plot.Svg(frame, line);
        Assert.DoesNotContain("NaN", svg);
        Assert.DoesNotContain("∞", svg);
        string points = XDocument.Parse(svg).Descendants().Single(e => e.Name.LocalName == "polyline").Attribute("points")!.Value;
        double[] numbers = [.. points.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
            .Select(n => double.Parse(n, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.All(numbers, n => Assert.InRange(n, 0, 720));
    }
}
