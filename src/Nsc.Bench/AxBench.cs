// The kernels of AxBench by AxBench's own metrics, beside what its authors' nets reach.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;

namespace Nsc.Bench;

/// <summary>A kernel of AxBench and what is published of its net.</summary>
/// <param name="Function">The kernel's name in our C.</param>
/// <param name="Topology">The neurons of each layer, inputs and outputs included, as in AxBench's repository.</param>
/// <param name="TestMse">The least test error of the fifteen nets that its authors trained; null where it is not published.</param>
/// <param name="TrainMse">The net's error on what it was trained on, where no test error is published.</param>
public sealed record AxBenchKernel(string Name, string Function, ImmutableArray<int> Topology, double? TestMse, double? TrainMse)
{
    /// <summary>What the shipped net is known to do beside its error; null for nothing.</summary>
    public string? Remark { get; init; }

    public static readonly ImmutableArray<AxBenchKernel> All =
    [
        new("blackscholes", "blackscholes", [6, 8, 8, 1], 8.2e-5, null),
        new("fft", "fft_twiddle", [1, 4, 4, 2], 7.6e-5, null),
        new("inversek2j", "inversek2j", [2, 4, 2], 2.5e-3, null),
        new("jmeint", "triangles_intersect", [18, 2, 2], 0.071, null) { Remark = "errs on 28.4% of 9,645 rows, as does always giving the commonest answer" },
        new("jpeg", "jpeg_block", [64, 4, 64], 2.7e-6, null),
        new("kmeans", "colour_distance", [6, 8, 1], null, 1.7e-4),
        new("sobel", "sobel", [9, 8, 4, 1], null, 9.3e-7) { Remark = "trained on 16 windows; on 100 it is worse than the mean" },
    ];

    /// <summary>The published error, whichever it is.</summary>
    public double PublishedMse => TestMse ?? TrainMse!.Value;

    /// <summary>The kernel that a program is our text of, or null.</summary>
    public static AxBenchKernel? Of(BenchProgram program) => All.FirstOrDefault(k => k.Function == program.Program.Signature.Function);
}

/// <summary>The errors of one seed's surrogate.</summary>
/// <param name="Metric">What the application judges by: the name of an <see cref="ApplicationMetric"/>.</param>
/// <param name="Application">The error by that metric.</param>
/// <param name="Absolute">See <see cref="ApplicationMetric.AbsoluteError"/>.</param>
/// <param name="UnitMse">See <see cref="ApplicationMetric.RangeScaledSquaredError"/>.</param>
public sealed record KernelError(string Program, string Arm, int Samples, int Seed, string Metric, double Application, double Absolute, double UnitMse);

/// <summary>An arm's errors on one program at one number of samples, means over seeds.</summary>
public sealed record KernelRow(string Program, string Metric, string Arm, int Samples, int Seeds, double Application, double Absolute, double UnitMse);

public static class AxBench
{
    /// <summary>Trains the arms and measures their surrogates.</summary>
    /// <param name="benches">The kernels that are judged by the images that they make.</param>
    public static List<ArmResult<KernelError>> Measure(
        TrainingPlan plan, IReadOnlyList<ImageBench> benches, Recall<KernelError>? recall = null, Action<string>? progress = null,
        CancellationToken cancellationToken = default) =>
        plan.Measure(trained => Errors(plan.Programs, VisualFidelity.Make(plan, benches, trained), trained), recall, progress, cancellationToken);

    /// <summary>The errors of an arm's surrogates.</summary>
    /// <param name="images">What they made, of the programs that are judged by that.</param>
    public static KernelError[] Errors(IReadOnlyList<BenchProgram> programs, IReadOnlyList<MadeImage> images, TrainedArm trained) =>
    [
        .. programs.SelectMany((program, p) => trained.Surrogates[p].Select((surrogate, seed) =>
        {
            double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(program.Test.X);
            MadeImage[] made = [.. images.Where(m => m.Program == program.Name && m.Seed == seed)];
            ApplicationMetric metric = ApplicationMetric.For(program.Program.Signature);
            return new KernelError(
                program.Name, trained.Arm, trained.Samples, seed, made.Length > 0 ? ApplicationMetric.OfImages : metric.Name,
                made.Length > 0 ? made.Average(m => m.Rmse) : metric.Of(program.Test, predicted),
                ApplicationMetric.AbsoluteError(program.Test, predicted), ApplicationMetric.RangeScaledSquaredError(program.Test, predicted));
        })),
    ];

    /// <summary>Summarises, a row for each program, number of samples and arm.</summary>
    public static List<KernelRow> Summarise(IReadOnlyList<KernelError> errors) =>
    [
        .. errors.GroupBy(e => e.Program).SelectMany(program => program.GroupBy(e => (e.Samples, e.Arm)).Select(group => new KernelRow(
            program.Key, group.First().Metric, group.Key.Arm, group.Key.Samples, group.Count(),
            group.Average(e => e.Application), group.Average(e => e.Absolute), group.Average(e => e.UnitMse)))),
    ];

    /// <summary>The kernels that were not measured, each with the reason.</summary>
    /// <param name="slots">The most inputs that a surrogate of the measured model can have.</param>
    public static List<(AxBenchKernel Kernel, string Reason)> LeftOut(IReadOnlyList<BenchProgram> programs, int slots) =>
    [
        .. AxBenchKernel.All.Where(k => programs.All(p => AxBenchKernel.Of(p) != k)).Select(k => (k, k.Topology[0] > slots
            ? $"it has {k.Topology[0]} inputs, more than the {slots} of the covering topology, which the arms of this bench share; bench axbench measures it"
            : $"no function '{k.Function}' among the programs")),
    ];
}
