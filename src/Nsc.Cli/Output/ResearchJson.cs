// The JSON of what trains, mines and measures. The shapes are contracts: names and order as documented in the README.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Bench;
using Nsc.Bench.Accelerating;
using Nsc.Bench.Adapting;
using Nsc.Bench.Peers;
using Nsc.Bench.Tuning;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Mining;

namespace Nsc.Cli.Output;

internal sealed record BenchRowJson(
    string Arm, int Samples, int Programs, int Seeds, double NmseGeomean, double NmseMedian, double[] Ci95, double RatioToRandom, double[] RatioCi95, int Wins, int Losses);

internal sealed record ProgramErrorJson(string Program, string Arm, int Samples, double Nmse, double[] NmseBySeed);

internal sealed record BenchDataJson(BenchRowJson[] Rows, ProgramErrorJson[] PerProgram);

internal sealed record EpochsRowJson(
    string Arm, int Samples, int Programs, int Seeds, double EpochsGeomean, double RatioToRandom, double[] Ci95, int Wins);

internal sealed record ProgramEpochsJson(string Program, string Arm, double Epochs);

internal sealed record BenchEpochsJson(EpochsRowJson[] Rows, ProgramEpochsJson[] PerProgram);

internal sealed record ImageRowJson(string Task, string Arm, int Samples, int Images, int Seeds, double Ssim, double Rmse, double RatioToRandom);

internal sealed record KernelRowJson(
    string Program, string Metric, string Arm, int Samples, int Seeds, double ApplicationError, double AbsoluteError, double UnitMse);

internal sealed record AxBenchKernelJson(string Name, string Function, int[] Topology, double? TestMse, double? TrainMse, string? LeftOut);

internal sealed record AxBenchJson(KernelRowJson[] Rows, AxBenchKernelJson[] Published);

internal sealed record BenchAllJson(BenchDataJson Data, BenchEpochsJson Epochs, ImageRowJson[] Images, AxBenchJson AxBench);

internal sealed record PackageStatsJson(string Package, bool HeldOut, int Functions, int Distinct, int Variants);

internal sealed record StatsJson(
    PackageStatsJson[] Packages, int Functions, int Distinct, int HeldOut, int Training, int Variants, int ByTokens, int ByGraph, int ByBehaviour);

/// <param name="Wrongs">The functions whose graphs say exact and are not.</param>
internal sealed record AuditJson(int Functions, int Same, int Close, int Approximate, int Wrong, int Unusable, AuditedFunction[] Wrongs);

internal sealed record BucketJson(string Name, double Real, Dictionary<string, double> Sources, double Training);

internal sealed record HistogramJson(string Name, BucketJson[] Buckets);

internal sealed record HoleJson(string Histogram, string Bucket, double Real, double Training);

internal sealed record CoverageJson(int Real, Dictionary<string, int> Training, HistogramJson[] Histograms, HoleJson[] Holes);

internal sealed record TrainingSpeedJson(string Layout, double ProgramsPerSecond, double Least, double Most, double Gflops, double ShareOfProduct);

internal sealed record TrainingBenchJson(double ProductGflops, TrainingSpeedJson[] Layouts);

internal sealed record InvarianceRowJson(
    string Rewriting, string Arm, int Programs, int SameGraph, int Equal, double RelativeMedian, double RelativeMaximum,
    double LargestDifference, double PredictionsMedian, double PredictionsMaximum, int Changed, int Refused);

internal sealed record EnginesJson(
    string Topology, int Batch, EngineSpeed[] Speeds, EngineScaling[] Scaling, PeerTrainingSummary[] Summary, PeerTrainingRow[] Rows);

internal sealed record PeersJson(Dictionary<string, string> Methods, PeerSummary[] Summary, BestPeer[] BestPeers, ComparedRow[] Rows);

internal sealed record BenchTuneJson(TuningSummary[] Summary, TuningRow[] Rows);

/// <param name="IsConstant">Whether a constant has changed; else an operator.</param>
internal sealed record AdaptedRow(double Noise, bool IsConstant, int Rows, string Program, string Method, double Nmse);

/// <param name="Nmse">The geometric mean over programs.</param>
internal sealed record AdaptedSummary(double Noise, bool IsConstant, int Rows, string Method, int Programs, double Nmse);

internal sealed record BenchAccelerateJson(AccelerationAdvice[] Advice, AcceleratedRow[] Rows, ApplicationRow[] Applications);

internal sealed record BenchAdaptJson(AdaptedSummary[] Summary, AdaptedRow[] Rows, CalibrationRow[] Calibrations);

/// <summary>Serialisers generated at build time, so that starting up does not pay for reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(BenchRowJson[]))]
[JsonSerializable(typeof(BenchDataJson))]
[JsonSerializable(typeof(BenchEpochsJson))]
[JsonSerializable(typeof(AxBenchJson))]
[JsonSerializable(typeof(BenchAllJson))]
[JsonSerializable(typeof(ImageRowJson[]))]
[JsonSerializable(typeof(EpochsRowJson[]))]
[JsonSerializable(typeof(AuditJson))]
[JsonSerializable(typeof(StatsJson))]
[JsonSerializable(typeof(CoverageJson))]
[JsonSerializable(typeof(TrainingBenchJson))]
[JsonSerializable(typeof(InvarianceRowJson[]))]
[JsonSerializable(typeof(EnginesJson))]
[JsonSerializable(typeof(PeersJson))]
[JsonSerializable(typeof(BenchTuneJson))]
[JsonSerializable(typeof(BenchAdaptJson))]
[JsonSerializable(typeof(BenchAccelerateJson))]
internal sealed partial class ResearchJson : JsonSerializerContext
{
    /// <summary>Writes one value, indented, with a final newline.</summary>
    public static void Write<T>(TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, typeof(T), Default));
}
