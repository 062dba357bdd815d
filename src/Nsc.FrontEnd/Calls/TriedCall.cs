// A call of a stranger's function as mining sees it: names without punctuation, and the widest ranges that are tried.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Calls;

internal sealed class TriedCall
{
    /// <summary>Integers decide about loops and tables: a graph holds for those within a range. This is the widest.</summary>
    private const int LargestInteger = 100;

    /// <summary>The most scalars on either side of a call, most of which prove to be unused.</summary>
    private const int MostScalars = 512;

    private readonly ImmutableArray<int> _inputOfScalar;

    public TriedCall(FunctionCall call)
    {
        Call = call;
        int inputs = 0;
        _inputOfScalar = [.. call.Scalars.Select(s => s.IsInput ? inputs++ : -1)];
        Inputs = [.. call.Inputs.Select(l => new InputVariable(Plain(l.Name), l.Kind, WidestRange(l)))];
        Outputs = [.. call.Outputs.Select(o => new OutputVariable(NameOf(o), o.Leaf.Kind))];
        InputOfOutput = [.. call.Outputs.Select(o => o.Scalar < 0 ? -1 : _inputOfScalar[o.Scalar])];
    }

    public FunctionCall Call { get; }

    /// <summary>All scalars that may be inputs, in order, with the widest ranges of their kinds that are tried.</summary>
    public ImmutableArray<InputVariable> Inputs { get; }

    /// <summary>All scalars that may be outputs, the result's first.</summary>
    public ImmutableArray<OutputVariable> Outputs { get; }

    /// <summary>For each output the input that it was before the call; -1 for the result.</summary>
    public ImmutableArray<int> InputOfOutput { get; }

    /// <summary>Why the function is not tried, by the diagnostic's name, or null.</summary>
    public string? Refusal => Inputs.Length > MostScalars || Outputs.Length > MostScalars ? "too-many-inputs" : Outputs.IsEmpty ? "no-outputs" : null;

    /// <summary>The call's statements.</summary>
    /// <param name="inputs">For each input the expression that gives it; "0" where it does not matter.</param>
    /// <param name="targets">For each output the left side that takes it, or "return"; null to leave it.</param>
    public string Write(ImmutableArray<string> inputs, ImmutableArray<string?> targets) => CallWriter.Write(
        Call, CallStyle.Plain,
        [.. Call.Scalars.Zip(_inputOfScalar, (s, i) => i < 0 ? CallWriter.Number(Call.Fixed[s.Leaf.Name]) : inputs[i])],
        [.. targets.Select(t => t is null ? null : t == "return" ? "return " : t + " = ")]);

    private static string NameOf(CallOutput output) => Plain(
        output.Scalar < 0 ? CallStyle.Plain.ResultName + output.Leaf.Name["return".Length..] : output.Leaf.Name[..^ProgramSignature.NextSuffix.Length]);

    // An enumeration, and a truth value, has a range of its own.
    private static Interval WidestRange(Leaf leaf) => leaf.Kind switch
    {
        ScalarKind.Bool or ScalarKind.Float or ScalarKind.Double => leaf.DefaultRange,
        _ when leaf.DefaultRange.Low < -1 || leaf.DefaultRange.High > 1 => leaf.DefaultRange,
        ScalarKind.UInt8 or ScalarKind.UInt16 or ScalarKind.UInt32 or ScalarKind.UInt64 => new Interval(0, LargestInteger),
        _ => new Interval(-LargestInteger, LargestInteger),
    };

    private static string Plain(string name) => name.Replace("[", "_", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '_');
}
