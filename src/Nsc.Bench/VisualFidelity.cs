// The paper's third question: how much does an image that a surrogate made look like the program's own?

using Nsc.Bench.Images;
using Nsc.Core.Surrogates;
using Nsc.Nets;
using Nsc.Nets.FineTuning;

namespace Nsc.Bench;

/// <summary>One image that an arm made.</summary>
public sealed record MadeImage(string Task, string Image, string Arm, int Samples, int Seed, double Ssim, double Rmse, Picture Picture);

/// <summary>An arm's figures on one task at one number of samples, means over images and seeds.</summary>
/// <param name="RatioToRandom">Its SSIM divided by random's.</param>
public sealed record ImageRow(string Task, string Arm, int Samples, int Images, int Seeds, double Ssim, double Rmse, double RatioToRandom);

public static class VisualFidelity
{
    /// <summary>Makes every image with every arm.</summary>
    /// <param name="program">The kernel's program; its first output is the kernel.</param>
    /// <param name="exact">What the program itself makes of each image.</param>
    public static IEnumerable<MadeImage> Measure(
        ImageTask task, BenchProgram program, IReadOnlyDictionary<string, Picture> images, IReadOnlyDictionary<string, Picture> exact, NetShape shape,
        IReadOnlyList<int> sampleCounts, FineTuneOptions options, CancellationToken cancellationToken)
    {
        int seeds = program.Pools.Count;
        foreach (int samples in sampleCounts)
        {
            foreach (string arm in DataEfficiency.ArmsOf([program]))
            {
                Surrogate[] surrogates = [.. Enumerable.Range(0, seeds).Select(seed => DataEfficiency.Start(arm, program, shape, seed))];
                if (samples > 0)
                {
                    surrogates = [.. SurrogateFineTuner.RunAll(
                        [.. surrogates.Select((s, seed) => (s, program.Pools[seed].Slice(0, samples)))], options, null, cancellationToken).Select(t => t.Surrogate)];
                }

                SurrogateEvaluator[] evaluators = Array.ConvertAll(surrogates, s => new SurrogateEvaluator(s));
                foreach ((string name, Picture image) in images)
                {
                    for (int seed = 0; seed < seeds; seed++)
                    {
                        Picture made = task.Apply(image, rows => evaluators[seed].Evaluate(rows));
                        yield return new MadeImage(
                            task.Name, name, arm, samples, seed, Similarity.Structural(exact[name], made), Similarity.RootMeanSquare(exact[name], made), made);
                    }
                }
            }
        }
    }

    /// <summary>Summarises, a row for each task, number of samples and arm.</summary>
    public static List<ImageRow> Summarise(IReadOnlyList<MadeImage> made) =>
    [
        .. made.GroupBy(m => (m.Task, m.Samples, m.Arm)).Select(group =>
        {
            double random = made.Where(m => m.Task == group.Key.Task && m.Samples == group.Key.Samples && m.Arm == DataEfficiency.RandomArm).Average(m => m.Ssim);
            double ssim = group.Average(m => m.Ssim);
            return new ImageRow(
                group.Key.Task, group.Key.Arm, group.Key.Samples, group.Select(m => m.Image).Distinct().Count(), group.Select(m => m.Seed).Distinct().Count(),
                ssim, group.Average(m => m.Rmse), ssim / random);
        }),
    ];
}
