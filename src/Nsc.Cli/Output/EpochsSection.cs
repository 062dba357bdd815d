// What a report shows of bench epochs: the course of the error, of all programs and of each.

using Nsc.Bench;
using Nsc.CommandLine.Reporting;
using Nsc.Core.Sampling;
using Nsc.Report;

namespace Nsc.Cli.Output;

internal sealed record EpochsSection(TrainingPlan Plan, IReadOnlyList<EpochsRow> Rows, IReadOnlyList<ArmResult<ProgramEpochs>> Results) : IReportSection
{
    /// <summary>Programs whose courses are drawn.</summary>
    private const int MostDrawn = 12;

    private const int MostListed = 20;

    private const int Points = 100;

    public void WriteTo(HtmlPage page)
    {
        int samples = Rows[0].Samples;
        page.Heading("Error against epochs");
        page.Paragraph($"Every arm is trained on the same {samples} samples with {TrainingBudget.Optimiser(Plan.Options)}. {TrainingBudget.Treatments} But here the weights of every step, which is an epoch, are tested. Counted are the epochs to the least test error that training from scratch ever reaches; an arm that never gets there counts with twice the epochs that it had. {MeanInterval.Meaning}");
        page.Figure(Plot.Svg(
            new PlotFrame("Test error against epochs", "epochs", "NMSE, geometric mean over programs", PlotScale.Logarithmic),
            [.. Results.Select(r => Line(r.Arm, MeanCourse(r.Rows)))]));
        page.Table(
            ["arm", "NMSE before", "NMSE after", "epochs", "ratio to random", MeanInterval.Name, "wins", .. TrainingBudget.Heads],
            Rows.Zip(Results, (r, result) => (string[])
            [
                r.Arm, Reports.Short(MeanCourse(result.Rows)[0]), Reports.Short(MeanCourse(result.Rows)[^1]), Reports.Short(r.EpochsGeomean),
                Reports.Short(r.RatioToRandom), $"{Reports.Short(r.Low)} to {Reports.Short(r.High)}", $"{r.Wins} of {r.Programs}", .. TrainingBudget.Of(Plan, samples, result.Seconds),
            ]));
        string ours = Plan.Ours.Name;
        string[] losses = [.. Losses(ours)];
        page.Paragraph(losses.Length == 0
            ? $"{ours} needs fewer epochs than training from scratch on every program."
            : $"{ours} does not need fewer epochs than training from scratch on {losses.Length} of {Plan.Programs.Count} programs, with what about them makes that plausible:");
        page.List(losses.Take(MostListed));
        page.Plots(Plan.Programs.Take(MostDrawn).Select((program, p) => Plot.Svg(
            new PlotFrame(program.Name, "epochs", "NMSE", PlotScale.Logarithmic, Width: 460, Height: 300),
            [.. Results.Select(r => Line(r.Arm, r.Rows[p].Course))])));
        page.Table(
            ["program", .. Results.Select(r => $"{r.Arm}, epochs")],
            Plan.Programs.Select((program, p) => (string[])[program.Name, .. Results.Select(r => Reports.Short(r.Rows[p].Epochs))]));
    }

    private IEnumerable<string> Losses(string ours)
    {
        ProgramEpochs[] own = Results.Single(r => r.Arm == ours).Rows, random = Results.Single(r => r.Arm == DataEfficiency.RandomArm).Rows;
        return Plan.Programs.Select((program, p) => (Program: program, Own: own[p], Random: random[p]))
            .Where(p => p.Own.Epochs >= p.Random.Epochs).OrderByDescending(p => p.Own.Epochs / p.Random.Epochs)
            .Select(p => $"{p.Program.Name} ({Reports.Short(p.Own.Epochs)} epochs against {Reports.Short(p.Random.Epochs)}): {LossReasons.Of(p.Program, p.Own.Course[^1], p.Random.Course[^1])}");
    }

    private static double[] MeanCourse(ProgramEpochs[] programs) =>
        [.. Enumerable.Range(0, programs[0].Course.Length).Select(look => GeometricMean.Of(programs.Select(p => p.Course[look])))];

    // Looks after training has begun, at even steps of the logarithm.
    private PlotLine Line(string arm, double[] course)
    {
        var looks = Enumerable.Range(0, Points + 1).Select(i => (int)Math.Round(Math.Pow(course.Length - 1, (double)i / Points))).Distinct().Where(look => look < course.Length);
        return new PlotLine(arm, [.. looks.Select(look => new PlotPoint(look * Plan.Options.StepsBetweenLooks, course[look]))]);
    }
}
