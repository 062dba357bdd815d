// The JSON that scripts read. The shapes are contracts: names and order as documented in the README.

using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.Models;
using Nsc.Core.Dataflow;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Engine.Sensitivity;

namespace Nsc.CommandLine.Json;

/// <param name="Path">Null where the samples went to standard output.</param>
internal sealed record SampleJson(string Function, int Samples, string? Sampling, string[] Inputs, string[] Outputs, string? Path);

internal sealed record HeldOutJson(
    int Samples, double NmseBefore, double NmseAfter, OutputBound[] Bounds, double? BeyondRate, ProgramFailures? ProgramFails);

internal sealed record FineTuneJson(
    int Samples, int Steps, int BestStep, double? EstimatedNmse, double[]? EstimatedNmse95, string? EstimatedBy, int? EstimatedOn, HeldOutJson? HeldOut,
    string? Path, double ElapsedMs, TriedSizeJson[] Sizes, Dictionary<string, double>? HalfWidths90, FittedConstantJson[]? Constants, int? Contradictions, BudgetJson? Budget,
    Dictionary<string, RelativeError> RelativeErrors);

/// <param name="End">Why there were no more rounds.</param>
/// <param name="Foretold">The error of one more; null where none would help.</param>
internal sealed record BudgetJson(BudgetRoundJson[] Rounds, string End, double? Foretold);

internal sealed record BudgetRoundJson(int Samples, int[] Hidden, double Nmse, double Seconds);

/// <param name="Text">The value in the program's text.</param>
internal sealed record FittedConstantJson(int Line, double Text, double Fitted, double Low, double High);

internal sealed record TriedSizeJson(int[] Hidden, double Nmse, bool? KeepsLimit, bool IsTaken);

internal sealed record OutputErrorJson(
    string Name, double Nmse, double Mse, double Mae, double MaxAbs, double R2, double? MissRate, double? CommonestMissRate, RelativeError? RelativeError, double? Coverage90);

internal sealed record WorstJson(Dictionary<string, double> Inputs, string Output, double Expected, double Actual);

internal sealed record EvalJson(int Samples, double Nmse, OutputErrorJson[] Outputs, WorstJson[] Worst, OutputBound[] Bounds, double? BeyondRate, ProgramFailures? ProgramFails,
    MeasuredPath[]? Paths);

internal sealed record SurrogateJson(
    string Function, string Prototype, InputJson[] Inputs, string[] Outputs, int[] Topology, string Activation, double[] OutputMean,
    double[] OutputDeviation, string Init, string? Model, string? ModelHash, string SourceHash, long Seed, long? TuningSeed, int Samples, int Steps,
    int BestStep, double? EstimatedNmse, double[]? EstimatedNmse95, bool GraphExact, string ToolVersion, string[] Losses);

internal sealed record SensitivityJson(string Function, OutputSensitivity[] Outputs);

/// <param name="Jacobian">For each output its derivatives by the inputs.</param>
internal sealed record JacobianJson(Dictionary<string, double> Outputs, Dictionary<string, Dictionary<string, double>> Jacobian);

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

internal sealed record ExportJson(string Function, string Format, string Precision, string Weights, double? Moved, string? Path, string? Header, int Bytes, BoundedError? Error, Proof? Proof, Footprint? Footprint);

/// <param name="Init">Of a net; null for other methods.</param>
internal sealed record AccelerateJson(
    string Function, string? Path, string Method, string Size, string? Init, int Samples, bool SecondOpinion, double Nmse, double OriginalNs, double AcceleratedNs, double SpeedUp, BoundedError Error, FrontPointJson[] Front, int[] Loops);

internal sealed record FrontPointJson(string Method, string Size, int[] Hidden, double Nmse, double Ns, bool IsOk, bool IsTaken);

/// <param name="Outputs">What the program gives at the inputs; null where rows were observed.</param>
/// <param name="RootMeanSquare">Of the differences from what was observed, in the outputs' deviations; null where nothing was.</param>
internal sealed record TuneJson(
    Dictionary<string, double> Inputs, Dictionary<string, double>? Outputs, double? RootMeanSquare, bool? Reached, string Proposer, bool? Agrees, int ProgramCalls, long Interpreted,
    TuneStepJson[] Course);

internal sealed record TuneStepJson(int Calls, double Merit);

internal sealed record FrontJson(TradeOffJson[] Front, int ProgramCalls, long Interpreted);

internal sealed record TradeOffJson(Dictionary<string, double> Inputs, Dictionary<string, double> Outputs);

internal sealed record BuildJson(string Project, BuiltFunctionJson[] Functions, double ElapsedMs);

/// <param name="Status"><c>current</c>, <c>remade</c>, <c>trained</c>, <c>missed</c> or <c>refused</c>.</param>
/// <param name="Miss">The bound that is broken, in words; null where none is.</param>
internal sealed record BuiltFunctionJson(
    string Function, string File, string Status, BuiltOutputJson[] Outputs, string? Net, double? Nmse, double? OriginalNs, double? AcceleratedNs, OutputBound[]? Bounds, string? Miss, string[] Errors, double ElapsedMs);

internal sealed record BuiltOutputJson(string Kind, string Path);

/// <summary>Serialisers generated at build time, so that starting up does not pay for reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(SampleJson))]
[JsonSerializable(typeof(SensitivityJson))]
[JsonSerializable(typeof(JacobianJson))]
[JsonSerializable(typeof(JacobianJson[]))]
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
[JsonSerializable(typeof(TuneJson))]
[JsonSerializable(typeof(BuildJson))]
[JsonSerializable(typeof(ScannedJson))]
[JsonSerializable(typeof(FrontJson))]
[JsonSerializable(typeof(Dictionary<string, double>))]
[JsonSerializable(typeof(Dictionary<string, double>[]))]
internal sealed partial class NscJson : JsonSerializerContext
{
    /// <summary>Writes one value, indented, with a final newline.</summary>
    public static void Write<T>(TextWriter output, T value) =>
        output.WriteLine(JsonSerializer.Serialize(value, typeof(T), Default));
}
