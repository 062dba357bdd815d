// What a scan says of a function.

using System.Collections.Immutable;

namespace Nsc.Compiler.Scanning;

/// <summary>An input of a function.</summary>
/// <param name="IsGuessed">Whether nobody gave its range, so that it is the default of its type.</param>
public sealed record ScannedInput(string Name, double Low, double High, bool IsGuessed);

/// <summary>How a function's dataflow graph stands to it.</summary>
public enum GraphKind
{
    /// <summary>There is none, because the function is too long: its surrogate starts from random weights.</summary>
    None,
    Approximate,
    Exact,
}

/// <summary>A function that can be compiled.</summary>
/// <param name="Usable">The share of inputs from its ranges for which it gives a number.</param>
/// <param name="Nanoseconds">Processor time of a call over its ranges, by clang -O2; null when it gave no number, or did not come to an end.</param>
/// <param name="Remark">What is to be said of it, or null.</param>
public sealed record CompilableFunction(
    string Function, string File, int Line, ImmutableArray<ScannedInput> Inputs, ImmutableArray<string> Outputs, GraphKind Graph, double Usable, double? Nanoseconds, string? Remark)
{
    /// <summary>What a call of its surrogate with the smallest net would take; null where nothing was measured.</summary>
    public double? NetNanoseconds { get; init; }

    /// <summary>How often faster the surrogate would be.</summary>
    public double? SpeedUp => Nanoseconds / NetNanoseconds;

    /// <summary>Nanoseconds of a call that accelerating it would save, which may be below 0.</summary>
    public double? Gain => Nanoseconds - NetNanoseconds;
}

/// <summary>A function that computes numbers and cannot be compiled.</summary>
/// <param name="Id">The name of the kind of refusal.</param>
/// <param name="Message">The first reason.</param>
/// <param name="Hint">What can be done about it, or null.</param>
/// <param name="At">Where the reason lies, as <c>file:line:column</c>.</param>
public sealed record RefusedFunction(string Function, string File, int Line, string Id, string Message, string? Hint, string At);

/// <summary>A file that could not be read to its end.</summary>
/// <param name="LeftOut">How many of its functions nothing is known of; null when not even their number is.</param>
public sealed record FileTrouble(string File, string Message, int? LeftOut);
