// A call whose pointers have no direction yet, with the program that tells them: one run of clang answers for all functions of a unit.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering.Symbolic;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd;

internal sealed record CallDraft(FunctionCall Call, DefinedFunction Function, IReadOnlyList<NscPragma> Pragmas)
{
    /// <summary>The outputs that are surely written and never read first.</summary>
    public IReadOnlySet<string> Plain { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The pointers that reach several elements, and how many are known; null for a guess.</summary>
    public IReadOnlyDictionary<string, int?> Extents { get; init; } = ImmutableDictionary<string, int?>.Empty;

    /// <summary>Variables that nothing else can name: one that the function writes before it reads it is no output.</summary>
    public IReadOnlySet<string> Local { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Names that somebody gives a range or a value.</summary>
    public IReadOnlySet<string> Said { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>A program of which is asked what it does with its inputs and outputs; null where nothing has to be asked.</summary>
    public CProgram? Question { get; init; }

    /// <summary>Whether a scalar is an element of an array.</summary>
    public static bool IsElement(string scalar) => scalar.Contains('[', StringComparison.Ordinal);

    /// <summary>The call with a direction for each output, and without the elements that nothing reads.</summary>
    /// <param name="uses">The question's answer; null where it has none.</param>
    public FunctionCall Directed(CallUses? uses)
    {
        ImmutableArray<CallScalar> outputs = [.. Call.Scalars.Where(s => s.IsOutput)];
        int results = Call.Outputs.Count() - outputs.Length;
        IEnumerable<string> unread = uses is null ? [] : Question!.Signature.Inputs.Where((input, i) => !uses.ReadsInput[i] && IsElement(input.Name) && !Said.Contains(input.Name)).Select(i => i.Name);
        return Call with
        {
            Directions = Call.Directions.SetItems(unread.Select(name => KeyValuePair.Create(name, Direction.None))).AddRange(outputs.Select((s, k) =>
                KeyValuePair.Create(s.Leaf.Name, Plain.Contains(s.Leaf.Name) ? Direction.Out : uses is null ? Direction.InOut : Visible(s, DirectionOf(s.Leaf.Name, uses.Outputs[results + k]))))),
        };
    }

    private Direction Visible(CallScalar scalar, Direction direction) =>
        direction == Direction.Out && !Call.GivesPointer && scalar.Parameter.Passing == Passing.Variable && Local.Contains(scalar.Parameter.Name) ? Direction.None : direction;

    // What has one value and keeps it is no output.
    private Direction DirectionOf(string scalar, OutputUse use) => Call.Fixed.TryGetValue(scalar, out double value) && use.Constant == value ? Direction.None
        : use.IsNeverWritten ? use.IsRead ? Direction.In : Direction.None : use.IsRead || use.IsKept ? Direction.InOut : Direction.Out;
}
