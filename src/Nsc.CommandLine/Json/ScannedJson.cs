// What scan --json writes.

namespace Nsc.CommandLine.Json;

internal sealed record ScanInputJson(string Name, double Low, double High, bool Guessed);

internal sealed record ScanFunctionJson(
    string Function, string File, int Line, ScanInputJson[] Inputs, string[] Outputs, string Graph, double Usable, double? Nanoseconds, double? NetNanoseconds,
    double? SpeedUp, string? Remark);

internal sealed record ScanRefusalJson(string Function, string File, int Line, string Id, string Message, string? Hint, string At);

internal sealed record ScanTroubleJson(string File, string Message, int? LeftOut);

internal sealed record ScannedJson(
    int Files, int Scanned, int WithoutNumbers, ScanFunctionJson[] Functions, ScanRefusalJson[] Refused, Dictionary<string, int> OtherFunctions,
    ScanTroubleJson[] Troubles, string Net, bool Cancelled, double ElapsedMs);
