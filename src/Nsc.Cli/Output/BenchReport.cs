// The report of a bench, or of several: one page with a part for each, that needs no other file and no network.

using System.CommandLine;
using System.Globalization;
using Nsc.Bench;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler.Input;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Report;

namespace Nsc.Cli.Output;

/// <summary>What a report shows of one bench, under a heading of its own.</summary>
internal interface IReportSection
{
    void WriteTo(HtmlPage page);
}

internal static class BenchReport
{
    /// <summary>The page that says what was run, and then each section.</summary>
    /// <param name="models">Names and hashes of the arms' models.</param>
    public static string Html(string title, ParseResult parse, IReadOnlyList<string> models, params IReadOnlyList<IReportSection> sections)
    {
        var page = new HtmlPage($"nsc bench: {title}");
        page.Remark(Reports.Command(parse)).List(models);
        foreach (IReportSection section in sections)
        {
            section.WriteTo(page);
        }

        return page.ToString();
    }
}

/// <summary>What a row of a report's tables had for its training.</summary>
internal static class TrainingBudget
{
    public static readonly string[] Heads = ["trained on", "steps", "seeds", "seconds"];

    /// <summary>The cells under <see cref="Heads"/>.</summary>
    /// <param name="seconds">Wall time of training all programs and seeds.</param>
    public static string[] Of(TrainingPlan plan, int samples, double seconds)
    {
        (int trainedOn, int steps) = samples == 0 ? (0, 0) : (samples - plan.Options.HeldOutCount(samples), plan.Options.Steps);
        return [$"{trainedOn}", $"{steps}", $"{plan.Seeds}", seconds.ToString("F1", CultureInfo.InvariantCulture)];
    }

    /// <summary>What the arms' names say.</summary>
    public const string Treatments =
        "What else an arm does with the samples, its name says: with calibration, the last layer is first scaled and shifted to fit them (ridge regression on two numbers); with subspace, the first layer looks along the program's active subspace alone and stays in it, which takes no samples. Without samples, all starts but the dataflow network's have the mean and the deviation that the moment analysis predicts.";

    /// <summary>How everything is trained, in words.</summary>
    public static string Optimiser(FineTuneOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Steps(options)}; {100 * options.HoldOut:G3}% of the samples are held out and decide which step's weights are kept; up to {Folds.MostSamples} samples take turns at that");

    private static string Steps(FineTuneOptions options) => options.Optimizer == Optimizer.Adam
        ? string.Create(CultureInfo.InvariantCulture, $"{options.Steps} steps of Adam, each over all training samples, at a learning rate that falls from {options.LearningRate:G} to 0 along a cosine")
        : $"at most {options.Steps} steps of Levenberg and Marquardt's method, each over all training samples";
}
