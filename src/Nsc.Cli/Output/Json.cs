// The JSON that scripts read. The shapes are contracts: names and order as documented in the README.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Bench.Peers;
using Nsc.Cli.Verbs;

namespace Nsc.Cli.Output;

internal sealed record HeldOutJson(
    int Samples, double NmseBefore, double NmseAfter, ErrorBoundJson[] Bounds, double? BeyondRate, ProgramFailsJson? ProgramFails);

internal sealed record FineTuneJson(
    int Samples, int Steps, int BestStep, double? EstimatedNmse, double[]? EstimatedNmse95, string? EstimatedBy, int? EstimatedOn, HeldOutJson? HeldOut,
    string? Path, double ElapsedMs);

internal sealed record OutputErrorJson(string Name, double Nmse, double Mse, double Mae, double MaxAbs, double R2);

internal sealed record WorstJson(Dictionary<string, double> Inputs, string Output, double Expected, double Actual);

internal sealed record ErrorBoundJson(string Output, double Rate, double Confidence, double? MaxError);

internal sealed record EvalJson(int Samples, double Nmse, OutputErrorJson[] Outputs, WorstJson[] Worst, ErrorBoundJson[] Bounds, double? BeyondRate, ProgramFailsJson? ProgramFails,
    PathJson[]? Paths);

internal sealed record SurrogateJson(
    string Function, string Prototype, InputJson[] Inputs, string[] Outputs, int[] Topology, string Activation, double[] OutputMean,
    double[] OutputDeviation, string Init, string? Model, string? ModelHash, string SourceHash, long Seed, long? TuningSeed, int Samples, int Steps,
    int BestStep, double? EstimatedNmse, double[]? EstimatedNmse95, bool GraphExact, string ToolVersion);

internal sealed record CheckpointJson(int Width, int Heads, int FeedForward, int EmissionWidth, int CoveringInputs, int SurrogateWidth,
    long Parameters, Dictionary<string, string> Notes);

internal sealed record TokenJson(string Kind, string Spelling, int Line, int Column);

internal sealed record NodeJson(int Index, string Opcode, string Kind, int[] Operands, double? Value);

/// <param name="Worst">Expected is what the program gives, Actual what the graph gives; null where they agree.</param>
internal sealed record GraphCheckJson(bool Agrees, int Compared, int Undefined, int Failed, int Disagreeing, WorstJson? Worst);

internal sealed record GraphJson(
    string Function, bool Exact, string[] Approximations, NodeJson[] Nodes, int[] Outputs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] GraphCheckJson? Check);

internal sealed record CheckJson(string Name, bool Ok, string Found, string? Mend);

internal sealed record ExportJson(string Function, string Format, string Precision, string Weights, double? Moved, string? Path, string? Header, int Bytes, BoundedError? Error, ProofJson? Proof);

internal sealed record AccelerateJson(
    string Function, string? Path, string Init, int Samples, bool SecondOpinion, double Nmse, double OriginalNs, double AcceleratedNs, double SpeedUp, BoundedError Error);

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

internal sealed record TuneRoundJson(double Predicted, double Actual);

internal sealed record TuneJson(string Output, double Value, Dictionary<string, double> Inputs, bool? Reached, bool Agrees, int ProgramCalls, TuneRoundJson[] Rounds);

internal sealed record PackageStatsJson(string Package, bool HeldOut, int Functions, int Distinct, int Variants);

internal sealed record StatsJson(
    PackageStatsJson[] Packages, int Functions, int Distinct, int HeldOut, int Training, int Variants, int ByTokens, int ByGraph, int ByBehaviour);

internal sealed record BucketJson(string Name, double Real, Dictionary<string, double> Sources, double Training);

internal sealed record HistogramJson(string Name, BucketJson[] Buckets);

internal sealed record HoleJson(string Histogram, string Bucket, double Real, double Training);

internal sealed record CoverageJson(int Real, Dictionary<string, int> Training, HistogramJson[] Histograms, HoleJson[] Holes);

internal sealed record TrainingSpeedJson(string Layout, double ProgramsPerSecond, double Least, double Most, double Gflops, double ShareOfProduct);

internal sealed record TrainingBenchJson(double ProductGflops, TrainingSpeedJson[] Layouts);

internal sealed record InvarianceRowJson(
    string Rewriting, string Arm, int Programs, int SameGraph, int Equal, double RelativeMedian, double RelativeMaximum,
    double LargestDifference, double PredictionsMedian, double PredictionsMaximum, int Changed, int Refused);

internal sealed record PeersJson(
    string Topology, int Batch, EngineSpeed[] Speeds, EngineScaling[] Scaling, PeerTrainingSummary[] Summary, PeerTrainingRow[] Rows);

/// <summary>Serialisers generated at build time, so that starting up does not pay for reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(ExportJson))]
[JsonSerializable(typeof(AccelerateJson))]
[JsonSerializable(typeof(FineTuneJson))]
[JsonSerializable(typeof(EvalJson))]
[JsonSerializable(typeof(SurrogateJson))]
[JsonSerializable(typeof(CheckpointJson))]
[JsonSerializable(typeof(TokenJson[]))]
[JsonSerializable(typeof(GraphJson))]
[JsonSerializable(typeof(GraphJson[]))]
[JsonSerializable(typeof(CheckJson[]))]
[JsonSerializable(typeof(BenchRowJson[]))]
[JsonSerializable(typeof(BenchDataJson))]
[JsonSerializable(typeof(BenchEpochsJson))]
[JsonSerializable(typeof(AxBenchJson))]
[JsonSerializable(typeof(BenchAllJson))]
[JsonSerializable(typeof(TuneJson))]
[JsonSerializable(typeof(ImageRowJson[]))]
[JsonSerializable(typeof(EpochsRowJson[]))]
[JsonSerializable(typeof(StatsJson))]
[JsonSerializable(typeof(CoverageJson))]
[JsonSerializable(typeof(TrainingBenchJson))]
[JsonSerializable(typeof(InvarianceRowJson[]))]
[JsonSerializable(typeof(PeersJson))]
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(Dictionary<string, double>[]))]
internal sealed partial class NscJson : JsonSerializerContext
{
    /// <summary>Writes one value, indented, with a final newline.</summary>
    public static void Write<T>(TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, typeof(T), Default));
}
