// A call in which everything that may be read is an input and everything that may be written an output, and the unit of the part of it that proves to matter.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;

namespace Nsc.FrontEnd.Mining;

internal sealed class MinedCall
{
    private readonly ImmutableArray<CallOutput> _outputs;
    private readonly ImmutableArray<int> _inputOfScalar;
    private readonly IReadOnlyDictionary<string, int?> _extents;
    private readonly Func<string, string> _unit;

    public MinedCall(FunctionCall call, IReadOnlyDictionary<string, int?> extents, Func<string, string> unit)
    {
        (Call, _extents, _unit) = (call, extents, unit);
        int inputs = 0;
        _inputOfScalar = [.. call.Scalars.Select(s => s.IsInput ? inputs++ : -1)];
        _outputs = [.. call.Outputs];
        Inputs = GuessingPolicy.WidestInputs(call);
    }

    public FunctionCall Call { get; }

    /// <summary>All scalars that may be inputs, in order, with the widest ranges of their kinds that are tried.</summary>
    public ImmutableArray<InputVariable> Inputs { get; }

    /// <summary>The input that an output was before the call; -1 for the result.</summary>
    public int InputOf(int output) => _outputs[output].Scalar < 0 ? -1 : _inputOfScalar[_outputs[output].Scalar];

    /// <summary>What a signature calls an output, which may be an input as well.</summary>
    public string NameOf(int output, bool isInput) => _outputs[output].Scalar < 0 ? _outputs[output].Leaf.Name : NameOf(output) + (isInput ? ProgramSignature.NextSuffix : "");

    /// <summary>The unit of a part of the call.</summary>
    /// <param name="ranges">Of the inputs that matter.</param>
    /// <param name="inputs">Which these are.</param>
    /// <param name="read">Those that matter to some output, kept or not.</param>
    /// <param name="outputs">Which outputs are kept.</param>
    /// <param name="isLeft">Whether the function leaves an output as it was.</param>
    public string Unit(ImmutableArray<InputVariable> ranges, IReadOnlySet<int> inputs, IReadOnlySet<int> read, IReadOnlySet<int> outputs, Func<int, bool> isLeft)
    {
        int[] written = [.. Enumerable.Range(0, _outputs.Length).Where(k => !isLeft(k))];
        ImmutableDictionary<string, int> reached = UnitPragmas.ExtentsOf(ranges.Select(i => i.Name).Concat(written.Select(NameOf)));
        Dictionary<string, int> extents = _extents.ToDictionary(e => e.Key, e => e.Value ?? reached.GetValueOrDefault(e.Key, 1));
        return _unit(UnitPragmas.Of(extents.OrderBy(e => e.Key, StringComparer.Ordinal), Fixed(inputs, read, extents), ranges, Groups("return", written.Where(k => !outputs.Contains(k)).Select(NameOf))));
    }

    private string NameOf(int output) => _outputs[output].Scalar < 0 ? _outputs[output].Leaf.Name : Call.Scalars[_outputs[output].Scalar].Leaf.Name;

    // What does not matter to the outputs that are kept. Of what is written as well, the dataflow tells that nobody reads it, unless others do.
    private IEnumerable<FixedVariable> Fixed(IReadOnlySet<int> inputs, IReadOnlySet<int> read, Dictionary<string, int> extents)
    {
        string[] unused = [.. Call.Scalars.Where((s, i) => _inputOfScalar[i] is >= 0 and var input && !inputs.Contains(input) && (s.Direction == Direction.In || read.Contains(input))).Select(s => s.Leaf.Name)];
        IEnumerable<string> within = unused.Where(name => UnitPragmas.ExtentsOf([name]).All(e => !extents.TryGetValue(e.Key, out int extent) || e.Value <= extent));
        IEnumerable<FixedVariable> known = Call.Scalars.Where(s => Call.Fixed.ContainsKey(s.Leaf.Name)).Select(s => new FixedVariable(s.Leaf.Name, Call.Fixed[s.Leaf.Name]));
        return known.Concat(within.Concat(Call.Nulls).Select(name => new FixedVariable(name, 0)));
    }

    // A result that is left out as a whole has one name.
    private IEnumerable<string> Groups(string whole, IEnumerable<string> names)
    {
        string[] all = [.. names];
        int parts = all.Count(n => ProgramSignature.ParameterOf(n) == whole);
        return parts > 0 && parts == Call.Results("").Count() ? all.Where(n => ProgramSignature.ParameterOf(n) != whole).Prepend(whole) : all;
    }
}
