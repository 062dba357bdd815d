// What a report shows of bench images: the figures, and every image with a slider between the program's and the surrogate's.

using Nsc.Bench;
using Nsc.CommandLine.Reporting;
using Nsc.Corpus.Building;
using Nsc.Report;

namespace Nsc.Cli.Output;

internal sealed record ImagesSection(TrainingPlan Plan, IReadOnlyList<ImageBench> Benches, IReadOnlyList<ArmResult<MadeImage>> Results) : IReportSection
{
    /// <summary>What the figures are.</summary>
    public const string Note =
        "SSIM (Wang, Bovik, Sheikh and Simoncelli, 2004): of the brightness, uniform windows of 8 x 8 pixels, one at every pixel, K1 = 0.01, K2 = 0.03; means over images and seeds. The ratio is to random's SSIM.";

    public void WriteTo(HtmlPage page)
    {
        MadeImage[] made = [.. Results.SelectMany(r => r.Rows)];
        List<ImageRow> rows = VisualFidelity.Summarise(made);
        page.Heading("Whole images");
        page.Paragraph($"Each image is made once by the program and once by a surrogate in its place, trained with {TrainingBudget.Optimiser(Plan.Options)}. {TrainingBudget.Treatments} {Note} It is 1 for equal images.");
        page.Table(
            ["task", "arm", "samples", "SSIM", "RMSE", "ratio to random", .. TrainingBudget.Heads[..^1]],
            rows.Select(r => (string[])
            [
                r.Task, r.Arm, $"{r.Samples}", Reports.Short(r.Ssim), Reports.Short(r.Rmse), Reports.Short(r.RatioToRandom), .. TrainingBudget.Of(Plan, r.Samples, 0)[..^1],
            ]));
        page.Paragraph(Verdict(rows));
        foreach (ImageBench bench in Benches)
        {
            foreach (string image in bench.Images.Keys)
            {
                page.Subheading($"{bench.Task.Name} of {image}").Paragraph("On the left the program, on the right the surrogate; the slider moves the border.");
                byte[] exact = bench.Exact[image].ToPng();
                foreach (MadeImage m in made.Where(m => m.Seed == 0 && m.Task == bench.Task.Name && m.Image == image))
                {
                    page.Compare(exact, m.Picture.ToPng(), $"{m.Arm}, {m.Samples} samples: SSIM {Reports.Short(m.Ssim)}, RMSE {Reports.Short(m.Rmse)}");
                }
            }
        }
    }

    private string Verdict(List<ImageRow> rows)
    {
        string ours = Plan.Ours.Name;
        string[] losses = [.. rows.Where(r => r.Arm == ours && r.RatioToRandom <= 1).Select(r => $"{r.Task} at {r.Samples} samples")];
        return losses.Length == 0
            ? $"{ours}'s images are always more like the program's than those of training from scratch."
            : $"{ours}'s images are not more like the program's than those of training from scratch: {string.Join(", ", losses)}. That is plausible where both errors are small: surrogates are trained on inputs from their whole ranges, while most pixels are like their neighbours, or like the colour that they get.";
    }
}
