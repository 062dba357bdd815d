// Some programs have no dataflow graph, although they can be built, run and learned from their samples.

using System.Collections.Frozen;
using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Lowering;

/// <summary>The refusals that say only what a graph cannot hold. All others are about the program itself.</summary>
public static class GraphLimits
{
    internal const string TooLarge = "too-large", TooLong = "too-long", CallDepth = "call-depth", Table = "table-too-large", Address = "bad-address",
        Reinterpretation = "reinterpretation", VariableSize = "variable-size", IndirectCall = "indirect-call", Call = "unsupported-call",
        Instruction = "unsupported-instruction", Jump = "unsupported-jump", Type = "unsupported-type", Value = "unsupported-value";

    internal static readonly FrozenSet<string> All = FrozenSet.Create(
        TooLarge, TooLong, CallDepth, Table, Address, Reinterpretation, VariableSize, IndirectCall, Call, Instruction, Jump, Type, Value);

    /// <summary>Whether a program is refused for its graph alone. The first error decides: what is found after it can follow from it.</summary>
    public static bool IsOfGraphAlone(IEnumerable<Diagnostic> findings) =>
        findings.FirstOrDefault(f => f.Severity == Severity.Error) is { } first && All.Contains(first.Id);
}
