// The benches' results in the shapes that scripts read.

using Nsc.Bench;

namespace Nsc.Cli.Output;

internal static class BenchJson
{
    public static BenchRowJson[] Of(IEnumerable<BenchRow> rows) => [.. rows.Select(r => new BenchRowJson(
        r.Arm, r.Samples, r.Programs, r.Seeds, r.NmseGeomean, r.NmseMedian, [r.Low, r.High], r.RatioToRandom, [r.RatioLow, r.RatioHigh], r.Wins, r.Losses))];

    /// <summary>The rows, and what each of them is the mean of.</summary>
    public static BenchDataJson Of(IEnumerable<BenchRow> rows, IEnumerable<ProgramError> errors) => new(
        Of(rows), [.. errors.Select(e => new ProgramErrorJson(e.Program, e.Arm, e.Samples, e.Nmse, e.NmseBySeed))]);

    public static EpochsRowJson[] Of(IEnumerable<EpochsRow> rows) => [.. rows.Select(r => new EpochsRowJson(
        r.Arm, r.Samples, r.Programs, r.Seeds, r.EpochsGeomean, r.RatioToRandom, [r.Low, r.High], r.Wins))];

    public static BenchEpochsJson Of(IEnumerable<EpochsRow> rows, IEnumerable<ProgramEpochs> measured) => new(
        Of(rows), [.. measured.Select(m => new ProgramEpochsJson(m.Program, m.Arm, m.Epochs))]);

    public static ImageRowJson[] Of(IEnumerable<ImageRow> rows) =>
        [.. rows.Select(r => new ImageRowJson(r.Task, r.Arm, r.Samples, r.Images, r.Seeds, r.Ssim, r.Rmse, r.RatioToRandom))];

    public static AxBenchJson Of(IEnumerable<KernelRow> rows, IReadOnlyList<(AxBenchKernel Kernel, string Reason)> leftOut) => new(
        [.. rows.Select(r => new KernelRowJson(r.Program, r.Metric, r.Arm, r.Samples, r.Seeds, r.Application, r.Absolute, r.UnitMse))],
        [.. AxBenchKernel.All.Select(k => new AxBenchKernelJson(
            k.Name, k.Function, [.. k.Topology], k.TestMse, k.TrainMse, leftOut.FirstOrDefault(l => l.Kernel == k).Reason))]);
}
