// A small line plot as SVG, in the reader's light or dark colours. The same numbers give the same bytes.

using System.Globalization;
using System.Security;
using System.Text;

namespace Nsc.Cli.Output;

/// <summary>One line of a plot. Points that are not finite, or not positive, are left out.</summary>
internal sealed record PlotLine(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A plot of lines over a linear x axis from 0 and a logarithmic y axis.</summary>
internal sealed class LinePlot
{
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 72;
    private const int Right = 24;
    private const int Top = 56;
    private const int Bottom = 52;
    private const int MostColours = 3;
    private const string Style = """
        svg { background: #ffffff; font: 13px system-ui, sans-serif; --ink: #1c2024; --faint: #8b929a; --grid: #e4e7ea; --c0: #0b66c3; --c1: #c2410c; --c2: #15803d; }
        @media (prefers-color-scheme: dark) { svg { background: #14171a; --ink: #e6e9ec; --faint: #8b929a; --grid: #2a2f34; --c0: #5eaefc; --c1: #fb923c; --c2: #4ade80; } }
        text { fill: var(--ink); } .title { font-size: 15px; font-weight: 600; } .tick { fill: var(--faint); font-size: 12px; }
        .grid { stroke: var(--grid); } polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        """;

    private readonly StringBuilder _svg = new();
    private readonly double _maxX;
    private readonly double _lowDecade;
    private readonly double _highDecade;

    private LinePlot(IReadOnlyList<(double X, double Y)> points)
    {
        _maxX = points.Select(p => p.X).DefaultIfEmpty(1).Max();
        _maxX = _maxX > 0 ? _maxX : 1;
        _lowDecade = Math.Floor(Math.Log10(points.Select(p => p.Y).DefaultIfEmpty(1).Min()));
        _highDecade = Math.Max(_lowDecade + 1, Math.Ceiling(Math.Log10(points.Select(p => p.Y).DefaultIfEmpty(1).Max())));
    }

    /// <summary>The plot's SVG.</summary>
    public static string Svg(string title, string xLabel, string yLabel, params IReadOnlyList<PlotLine> lines)
    {
        PlotLine[] shown = [.. lines.Select(l => l with { Points = [.. l.Points.Where(IsShown)] })];
        return new LinePlot([.. shown.SelectMany(l => l.Points)]).Draw(title, xLabel, yLabel, shown);
    }

    private static bool IsShown((double X, double Y) point) => double.IsFinite(point.X) && double.IsFinite(point.Y) && point.Y > 0;

    private string Draw(string title, string xLabel, string yLabel, PlotLine[] lines)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" role=\"img\">");
        Add($"<title>{SecurityElement.Escape(title)}</title>");
        Add($"<style>\n{Style}\n</style>");
        Text(Left, 24, "title", "start", title);
        DrawAxes(xLabel, yLabel);
        for (int i = 0; i < lines.Length; i++)
        {
            DrawLine(lines[i], i);
        }

        Add($"</svg>");
        return _svg.ToString();
    }

    private void DrawAxes(string xLabel, string yLabel)
    {
        for (double decade = _lowDecade; decade <= _highDecade; decade++)
        {
            double y = PlaceY(decade);
            Add($"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:F1}\" x2=\"{Width - Right}\" y2=\"{y:F1}\"/>");
            Text(Left - 8, y + 4, "tick", "end", Math.Pow(10, decade).ToString("G4", CultureInfo.InvariantCulture));
        }

        double step = NiceStep(_maxX / 5);
        for (int i = 0; i * step <= _maxX * 1.0001; i++)
        {
            double x = PlaceX(i * step);
            Add($"<line class=\"grid\" x1=\"{x:F1}\" y1=\"{Top}\" x2=\"{x:F1}\" y2=\"{Height - Bottom}\"/>");
            Text(x, Height - Bottom + 18, "tick", "middle", (i * step).ToString("G6", CultureInfo.InvariantCulture));
        }

        Text((Left + Width - Right) / 2.0, Height - 12, "tick", "middle", xLabel);
        Text(Left - 8, Top - 12, "tick", "end", yLabel);
    }

    private void DrawLine(PlotLine line, int index)
    {
        string colour = $"var(--c{index % MostColours})";
        string points = string.Join(' ', line.Points.Select(p =>
            string.Create(CultureInfo.InvariantCulture, $"{PlaceX(p.X):F1},{PlaceY(Math.Log10(p.Y)):F1}")));
        Add($"<polyline stroke=\"{colour}\" points=\"{points}\"/>");
        double labelX = Left + (220.0 * index);
        Add($"<line stroke=\"{colour}\" stroke-width=\"2\" x1=\"{labelX:F1}\" y1=\"40\" x2=\"{labelX + 18:F1}\" y2=\"40\"/>");
        Text(labelX + 24, 44, "tick", "start", line.Name);
    }

    private double PlaceX(double x) => Left + (x / _maxX * (Width - Left - Right));

    private double PlaceY(double decade) => Top + ((_highDecade - decade) / (_highDecade - _lowDecade) * (Height - Top - Bottom));

    // 1, 2 or 5 times a power of ten, at least as large as asked for.
    private static double NiceStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private void Text(double x, double y, string style, string anchor, string text) =>
        Add($"<text class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{SecurityElement.Escape(text)}</text>");

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
