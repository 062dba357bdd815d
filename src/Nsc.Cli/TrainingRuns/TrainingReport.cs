// What a training shows while it goes on: a line on the terminal, and the validation curve as a plot.

using System.Diagnostics;
using System.Text;
using Nsc.CommandLine;
using Nsc.Core.Files;
using Nsc.Report;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;

namespace Nsc.Cli.TrainingRuns;

/// <summary>A line in place on a terminal; elsewhere a line now and then, so that logs can be read.</summary>
internal sealed class TrainingReport(Terminal terminal, FileInfo checkpoint) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(30);
    private readonly Stopwatch _sinceLogged = Stopwatch.StartNew();
    private int _plotted;

    public void Report(TrainingProgress value)
    {
        if (!terminal.IsInteractive && (_sinceLogged.Elapsed > s_logEvery || value.Step == value.Steps))
        {
            terminal.Say(Line(value));
            _sinceLogged.Restart();
        }

        terminal.Progress(() => Line(value));
        if (value.Curve.Points.Length != _plotted)
        {
            _plotted = value.Curve.Points.Length;
            AtomicFile.Write(TrainingFiles.PlotBeside(checkpoint), Encoding.UTF8.GetBytes(Plot(value.Curve)));
        }
    }

    private static string Plot(ValidationCurve curve) => Nsc.Report.Plot.Svg(
        new PlotFrame(TrainingFiles.PlotTitle, "step", "NMSE"),
        new PlotLine("median", [.. curve.Points.Select(p => new PlotPoint(p.Step, p.HeldOut.Median))]),
        new PlotLine("geometric mean", [.. curve.Points.Select(p => new PlotPoint(p.Step, p.HeldOut.GeometricMean))]),
        new PlotLine("geometric mean, fine-tuned", [.. curve.Points.Select(p => new PlotPoint(p.Step, p.HeldOut.FineTuned))]));

    private static string Line(TrainingProgress p) => string.Concat(
        $"step {p.Step}/{p.Steps}  loss {p.Loss:F3}  {p.ProgramsPerSecond:F0} programs/s  {p.TimeLeft:hh\\:mm\\:ss} left",
        p.Curve.Points.Length == 0 ? "" : Figures(p.Curve.Points[^1].HeldOut));

    private static string Figures(HeldOutFigures heldOut) =>
        $"  held-out NMSE: median {heldOut.Median:G3}, geometric mean {heldOut.GeometricMean:G3}, {heldOut.FineTuned:G3} fine-tuned";
}
