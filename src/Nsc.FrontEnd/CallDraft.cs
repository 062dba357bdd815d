// A call whose pointers have no direction yet, with the program that tells them: one run of clang answers for all functions of a unit.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering.Symbolic;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;

namespace Nsc.FrontEnd;

internal sealed record CallDraft(FunctionCall Call, DefinedFunction Function, IReadOnlyList<NscPragma> Pragmas)
{
    private const int MostElements = 128;

    /// <summary>The outputs that are surely written and never read first.</summary>
    public IReadOnlySet<string> Plain { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>The pointers that reach several elements, and how many are known or tried; null for a guess.</summary>
    public IReadOnlyDictionary<string, int?> Extents { get; init; } = ImmutableDictionary<string, int?>.Empty;

    /// <summary>Variables that nothing else can name: one that the function writes before it reads it is no output.</summary>
    public IReadOnlySet<string> Local { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Variables that nothing writes which was read: those that no output depends on are left out.</summary>
    public IReadOnlySet<string> SetByOthers { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Names that somebody gives a range or a value.</summary>
    public IReadOnlySet<string> Said { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Whether members are inputs that nothing names, unless the dataflow shows that they are not read.</summary>
    public bool LeavesMembers { get; init; }

    /// <summary>A program of which is asked what it does with its inputs and outputs; null where nothing has to be asked.</summary>
    public CProgram? Question { get; init; }

    /// <summary>Whether a scalar is an element of an array.</summary>
    public static bool IsElement(string scalar) => scalar.Contains('[', StringComparison.Ordinal);

    private static bool IsMember(string scalar) => scalar.Contains('.', StringComparison.Ordinal);

    /// <summary>The call with a direction for each output, and without the elements that nothing reads.</summary>
    /// <param name="uses">The question's answer; null where it has none.</param>
    public FunctionCall Directed(CallUses? uses)
    {
        IEnumerable<string> unread = uses is null ? [] : Question!.Signature.Inputs.Where((input, i) => !uses.ReadsInput[i] && (IsElement(input.Name) || (LeavesMembers && IsMember(input.Name)) || SetByOthers.Contains(input.Parameter)) && !Said.Contains(input.Name)).Select(i => i.Name);
        return Call with
        {
            Directions = Call.Directions.SetItems(unread.Select(name => KeyValuePair.Create(name, Direction.None))).AddRange(Written(uses).Select(w =>
                KeyValuePair.Create(w.Scalar.Leaf.Name, Plain.Contains(w.Scalar.Leaf.Name) ? Direction.Out : w.Use is not { } use ? Direction.InOut : Visible(w.Scalar, DirectionOf(w.Scalar.Leaf.Name, use))))),
        };
    }

    /// <summary>For each pointer whose extent is tried, how many of its elements are there up to the last one that is used; null where that is the last of all.</summary>
    public Dictionary<string, int>? UsedElements(CallUses uses)
    {
        string[] used = [
            .. Question!.Signature.Inputs.Where((_, i) => uses.ReadsInput[i]).Select(i => i.Name),
            .. Written(uses).Where(w => w.Use is { IsRead: true } or { IsNeverWritten: false }).Select(w => w.Scalar.Leaf.Name)];
        Dictionary<string, int> counts = Extents.Keys.ToDictionary(name => name, name => used.Select(u => IndexIn(name, u) + 1).DefaultIfEmpty(0).Max(), StringComparer.Ordinal);
        return counts.Any(c => c.Value == Extents[c.Key]) ? null : counts.ToDictionary(c => c.Key, c => Math.Max(1, c.Value), StringComparer.Ordinal);
    }

    /// <summary>The scalar that says how many elements there are: the only whole number that is fixed; null where there is none, or there are several.</summary>
    public (string Name, int Count)? OnlyLength =>
        Call.Scalars.Where(s => s.Leaf.Kind.IsInteger() && Call.Fixed.ContainsKey(s.Leaf.Name)).ToArray() is [var only] && Call.Fixed[only.Leaf.Name] is >= 1 and <= MostElements and var count
            ? (only.Leaf.Name, (int)count) : null;

    // What may be written through parameters and variables, with what becomes of it; the parts of the result come before it.
    private IEnumerable<(CallScalar Scalar, OutputUse? Use)> Written(CallUses? uses)
    {
        CallScalar[] written = [.. Call.Scalars.Where(s => s.IsOutput)];
        int results = Call.Outputs.Count() - written.Length;
        return written.Select((s, k) => (s, uses?.Outputs[results + k]));
    }

    // Which element of an array a scalar lies in; -1 for none.
    private static int IndexIn(string array, string scalar)
    {
        int end = scalar.StartsWith(array + "[", StringComparison.Ordinal) ? scalar.IndexOf(']', array.Length) : -1;
        return end < 0 ? -1 : int.Parse(scalar.AsSpan(array.Length + 1, end - array.Length - 1), CultureInfo.InvariantCulture);
    }

    private Direction Visible(CallScalar scalar, Direction direction) =>
        direction == Direction.Out && !Call.GivesPointer && scalar.Parameter.Passing == Passing.Variable && Local.Contains(scalar.Parameter.Name) ? Direction.None : direction;

    // What has one value and keeps it is no output.
    private Direction DirectionOf(string scalar, OutputUse use) => Call.Fixed.TryGetValue(scalar, out double value) && use.Constant == value ? Direction.None
        : use.IsNeverWritten ? use.IsRead ? Direction.In : Direction.None : use.IsRead || use.IsKept ? Direction.InOut : Direction.Out;
}
