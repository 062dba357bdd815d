// The paper's third question: how much does an image that a surrogate made look like the program's own?

using Nsc.Bench.Images;
using Nsc.Core.Surrogates;

namespace Nsc.Bench;

/// <summary>One image that an arm made.</summary>
public sealed record MadeImage(string Task, string Program, string Image, string Arm, int Samples, int Seed, double Ssim, double Rmse, Picture Picture);

/// <summary>An arm's figures on one task at one number of samples, means over images and seeds.</summary>
/// <param name="RatioToRandom">Its SSIM divided by random's.</param>
public sealed record ImageRow(string Task, string Arm, int Samples, int Images, int Seeds, double Ssim, double Rmse, double RatioToRandom);

/// <summary>A task, the program that has its kernel, and what there is to make.</summary>
/// <param name="Images">By name.</param>
/// <param name="Exact">What the program itself makes of each image.</param>
public sealed record ImageBench(ImageTask Task, BenchProgram Program, IReadOnlyDictionary<string, Picture> Images, IReadOnlyDictionary<string, Picture> Exact)
{
    /// <summary>Makes every image with each seed's surrogate of an arm.</summary>
    public IEnumerable<MadeImage> Make(string arm, int samples, IReadOnlyList<Surrogate> surrogates)
    {
        for (int seed = 0; seed < surrogates.Count; seed++)
        {
            var evaluator = new SurrogateEvaluator(surrogates[seed]);
            foreach ((string name, Picture image) in Images)
            {
                Picture made = Task.Apply(image, rows => evaluator.Evaluate(rows));
                yield return new MadeImage(
                    Task.Name, Program.Name, name, arm, samples, seed, Similarity.Structural(Exact[name], made), Similarity.RootMeanSquare(Exact[name], made), made);
            }
        }
    }
}

public static class VisualFidelity
{
    /// <summary>Makes every image of every bench with an arm's surrogates.</summary>
    public static MadeImage[] Make(TrainingPlan plan, IReadOnlyList<ImageBench> benches, TrainedArm trained) =>
    [
        .. benches.SelectMany(bench => bench.Make(
            trained.Arm, trained.Samples, trained.Surrogates[plan.Programs.TakeWhile(p => !ReferenceEquals(p, bench.Program)).Count()])),
    ];

    /// <summary>Summarises, a row for each task, number of samples and arm.</summary>
    public static List<ImageRow> Summarise(IReadOnlyList<MadeImage> made) =>
    [
        .. made.GroupBy(m => m.Task).SelectMany(task => task.GroupBy(m => (m.Task, m.Samples, m.Arm))).Select(group =>
        {
            double random = made.Where(m => m.Task == group.Key.Task && m.Samples == group.Key.Samples && m.Arm == DataEfficiency.RandomArm).Average(m => m.Ssim);
            double ssim = group.Average(m => m.Ssim);
            return new ImageRow(
                group.Key.Task, group.Key.Arm, group.Key.Samples, group.Select(m => m.Image).Distinct().Count(), group.Select(m => m.Seed).Distinct().Count(),
                ssim, group.Average(m => m.Rmse), ssim / random);
        }),
    ];
}
