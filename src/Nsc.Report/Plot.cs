// A small line plot as SVG, in the reader's light or dark colours. The same numbers give the same bytes.

using System.Globalization;
using System.Security;
using System.Text;
using Nsc.Core.Text;

namespace Nsc.Report;

/// <summary>A point of a line, with the interval that its value is known to.</summary>
public readonly record struct PlotPoint(double X, double Y, double Low = double.NaN, double High = double.NaN);

/// <summary>One line of a plot. Points that are not finite are left out, and on a logarithmic axis those that are not positive.</summary>
public sealed record PlotLine(string Name, IReadOnlyList<PlotPoint> Points);

/// <summary>How an axis places its numbers.</summary>
public enum PlotScale
{
    Linear,
    Logarithmic,

    /// <summary>The numbers that occur, side by side.</summary>
    Categories,
}

/// <summary>What is written around a plot, and how its axes go. A linear x axis that would begin close to 0 begins there.</summary>
public sealed record PlotFrame(
    string Title, string XLabel, string YLabel, PlotScale X = PlotScale.Linear, PlotScale Y = PlotScale.Logarithmic, int Width = 720, int Height = 420);

/// <summary>A plot of lines.</summary>
public sealed class Plot
{
    private const int Left = 72;
    private const int Right = 24;
    private const int Top = 72;
    private const int LegendTop = 40;
    private const int LegendText = 24;
    private const int LegendRow = 16;
    private const int LetterWidth = 7;
    private const int Bottom = 52;
    private const int Colours = 5;

    // An x axis that begins so near zero, as a part of its length, begins there.
    private const double NearZero = 0.2;

    private const string Style = """
        .plot { background: #ffffff; font: 13px system-ui, sans-serif; --ink: #1c2024; --faint: #6b727a; --grid: #e4e7ea; --c0: #0b66c3; --c1: #c2410c; --c2: #15803d; --c3: #7c3aed; --c4: #be185d; }
        @media (prefers-color-scheme: dark) { .plot { background: #14171a; --ink: #e6e9ec; --faint: #8b929a; --grid: #2a2f34; --c0: #5eaefc; --c1: #fb923c; --c2: #4ade80; --c3: #c4b5fd; --c4: #f9a8d4; } }
        .plot text { fill: var(--ink); } .plot .title { font-size: 15px; font-weight: 600; } .plot .tick { fill: var(--faint); font-size: 12px; }
        .plot .grid { stroke: var(--grid); } .plot polyline { fill: none; stroke-width: 2; stroke-linejoin: round; }
        """;

    private readonly StringBuilder _svg = new();
    private readonly PlotFrame _frame;
    private readonly double[] _categories;
    private readonly (double Low, double High) _x, _y;
    private readonly int _top, _height, _legendColumns;

    private Plot(PlotFrame frame, PlotLine[] lines)
    {
        PlotPoint[] points = [.. lines.SelectMany(l => l.Points)];
        _frame = frame;
        int widest = LegendText + (LetterWidth * lines.Select(l => l.Name.Length).DefaultIfEmpty().Max()), names = Math.Max(1, lines.Length);
        _legendColumns = Math.Clamp((frame.Width - Left - Right) / widest, 1, names);
        int moreRows = LegendRow * ((names - 1) / _legendColumns);
        (_top, _height) = (Top + moreRows, frame.Height + moreRows);
        _categories = [.. points.Select(p => p.X).Distinct().Order()];
        _x = frame.X == PlotScale.Categories ? (-0.5, Math.Max(1, _categories.Length) - 0.5)
            : Span(points.Select(p => p.X), frame.X, includesZero: true);
        _y = Span(points.SelectMany(p => new[] { p.Y, p.Low, p.High }).Where(v => IsShown(v, frame.Y)), frame.Y, includesZero: false);
    }

    /// <summary>The plot's SVG.</summary>
    public static string Svg(PlotFrame frame, params IReadOnlyList<PlotLine> lines)
    {
        PlotLine[] shown = [.. lines.Select(l => l with { Points = [.. l.Points.Where(p => IsShown(p.X, frame.X) && IsShown(p.Y, frame.Y))] })];
        return new Plot(frame, shown).Draw(shown);
    }

    private static bool IsShown(double value, PlotScale scale) => double.IsFinite(value) && (scale != PlotScale.Logarithmic || value > 0);

    // Of logarithms on a logarithmic axis, whole decades.
    private static (double Low, double High) Span(IEnumerable<double> values, PlotScale scale, bool includesZero)
    {
        double[] all = [.. values.DefaultIfEmpty(1)];
        (double low, double high) = (all.Min(), all.Max());
        if (scale == PlotScale.Logarithmic)
        {
            low = Math.Floor(Math.Log10(low));
            return (low, Math.Max(low + 1, Math.Ceiling(Math.Log10(high))));
        }

        low = includesZero && low > 0 && low < NearZero * (high - low) ? 0 : low;
        return high > low ? (low, high) : (low, low + 1);
    }

    private string Draw(PlotLine[] lines)
    {
        Add($"<svg class=\"plot\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {_frame.Width} {_height}\" role=\"img\">");
        Add($"<title>{Escaped(_frame.Title)}</title>");
        Add($"<style>\n{Style}\n</style>");
        Text(Left, 24, "title", "start", _frame.Title);
        DrawAxes();
        for (int i = 0; i < lines.Length; i++)
        {
            DrawLine(lines[i], i);
        }

        Add($"</svg>");
        return _svg.ToString();
    }

    private void DrawAxes()
    {
        foreach ((double at, string label) in Ticks(_frame.Y, _y))
        {
            double y = PlaceY(at);
            Add($"<line class=\"grid\" x1=\"{Left}\" y1=\"{y:F1}\" x2=\"{_frame.Width - Right}\" y2=\"{y:F1}\"/>");
            Text(Left - 8, y + 4, "tick", "end", label);
        }

        foreach ((double at, string label) in Ticks(_frame.X, _x))
        {
            double x = PlaceX(at);
            Add($"<line class=\"grid\" x1=\"{x:F1}\" y1=\"{_top}\" x2=\"{x:F1}\" y2=\"{_height - Bottom}\"/>");
            Text(x, _height - Bottom + 18, "tick", "middle", label);
        }

        Text((Left + _frame.Width - Right) / 2.0, _height - 12, "tick", "middle", _frame.XLabel);
        Text(8, _top - 10, "tick", "start", _frame.YLabel);
    }

    private IEnumerable<(double At, string Label)> Ticks(PlotScale scale, (double Low, double High) span)
    {
        switch (scale)
        {
            case PlotScale.Categories:
                return _categories.Select((value, i) => ((double)i, Label(value)));
            case PlotScale.Logarithmic:
                int every = Math.Max(1, (int)Math.Ceiling((span.High - span.Low) / 8));
                return Enumerable.Range(0, ((int)(span.High - span.Low) / every) + 1).Select(i => span.Low + (i * every)).Select(d => (d, Label(Math.Pow(10, d))));
            default:
                double step = NiceStep((span.High - span.Low) / 5), first = Math.Ceiling(span.Low / step);
                return Enumerable.Range(0, 12).Select(i => (first + i) * step).Where(v => v <= span.High + (step * 1e-6)).Select(v => (v, Label(v)));
        }
    }

    private static string Label(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private void DrawLine(PlotLine line, int index)
    {
        string colour = $"var(--c{index % Colours})";
        string points = string.Join(' ', line.Points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{PlaceX(Scaled(p.X, _frame.X)):F1},{PlaceY(Scaled(p.Y, _frame.Y)):F1}")));
        Add($"<polyline stroke=\"{colour}\" points=\"{points}\"/>");
        foreach (PlotPoint p in line.Points.Where(p => IsShown(p.Low, _frame.Y) && IsShown(p.High, _frame.Y)))
        {
            double x = PlaceX(Scaled(p.X, _frame.X)) + ((index - 1) * 4);
            Add($"<line stroke=\"{colour}\" stroke-width=\"1.5\" x1=\"{x:F1}\" y1=\"{PlaceY(Scaled(p.Low, _frame.Y)):F1}\" x2=\"{x:F1}\" y2=\"{PlaceY(Scaled(p.High, _frame.Y)):F1}\"/>");
        }

        double labelX = Left + ((double)(_frame.Width - Left - Right) / _legendColumns * (index % _legendColumns));
        int labelY = LegendTop + (LegendRow * (index / _legendColumns));
        Add($"<line stroke=\"{colour}\" stroke-width=\"2\" x1=\"{labelX:F1}\" y1=\"{labelY}\" x2=\"{labelX + 18:F1}\" y2=\"{labelY}\"/>");
        Text(labelX + LegendText, labelY + 4, "tick", "start", line.Name);
    }

    private double Scaled(double value, PlotScale scale) => scale switch
    {
        PlotScale.Logarithmic => Math.Log10(value),
        PlotScale.Categories => Array.BinarySearch(_categories, value),
        _ => value,
    };

    private double PlaceX(double at) => Left + ((at - _x.Low) / (_x.High - _x.Low) * (_frame.Width - Left - Right));

    private double PlaceY(double at) => _top + ((_y.High - at) / (_y.High - _y.Low) * (_height - _top - Bottom));

    // 1, 2 or 5 times a power of ten, at least as large as asked for.
    private static double NiceStep(double least)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return power * (least <= power ? 1 : least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
    }

    private void Text(double x, double y, string style, string anchor, string text) =>
        Add($"<text class=\"{style}\" x=\"{x:F1}\" y=\"{y:F1}\" text-anchor=\"{anchor}\">{Escaped(text)}</text>");

    private static string Escaped(string text) => SecurityElement.Escape(PrintableText.OneLine(text));

    private void Add(FormattableString line) => _svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
