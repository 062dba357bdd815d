// A stranger's function whose dataflow is known: which of what it may read and write it does read and write, and a unit that says so.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.FrontEnd.Mining;

/// <summary>What became of a function: its dataflow, or the reason why it has none that is of use, by the diagnostic's name.</summary>
public readonly record struct ProbeResult(MinedFunction? Function, string? Refusal);

/// <summary>A real function as one of scalars.</summary>
public sealed class MinedFunction
{
    private readonly MinedCall _call;
    private readonly DataflowGraph _whole;
    private readonly ImmutableArray<int> _outputs;
    private readonly ImmutableArray<int> _inputs;

    private MinedFunction(MinedCall call, DataflowGraph whole, ImmutableArray<int> outputs, GraphOptions options)
    {
        (_call, _whole, _outputs, Options) = (call, whole, outputs, options);
        (Graph, _inputs) = GraphParts.Of(whole, outputs);
        Inputs = [.. _inputs.Select(i => call.Inputs[i])];
    }

    public string Name => _call.Call.Function;

    /// <summary>The dataflow from the inputs that matter to the outputs that are kept.</summary>
    public DataflowGraph Graph { get; }

    /// <summary>The limits within which the graph was made.</summary>
    public GraphOptions Options { get; }

    /// <summary>The inputs that matter, with the widest ranges that the graph may be good for.</summary>
    public ImmutableArray<InputVariable> Inputs { get; }

    /// <summary>The names of the outputs that are kept.</summary>
    public IEnumerable<string> Outputs => _outputs.Select(k => _call.NameOf(k, isInput: _call.InputOf(k) is var input && _inputs.Contains(input)));

    /// <summary>The function without some of its outputs.</summary>
    public MinedFunction Keeping(IReadOnlySet<int> outputs) => outputs.Count == _outputs.Length
        ? this
        : new MinedFunction(_call, _whole, [.. _outputs.Where((_, k) => outputs.Contains(k))], Options);

    /// <summary>A self-contained unit that defines the function, with pragmas that say what is an input and what an output.</summary>
    public string Unit(ImmutableArray<InputVariable> inputs) => _call.Unit(inputs, _inputs.ToHashSet(), Read(), _outputs.ToHashSet(), IsLeft);

    /// <summary>What a graph makes of a call: a function, or the reason why it is none.</summary>
    /// <param name="extents">The pointers that reach several elements, and how many are known; null for a guess.</param>
    /// <param name="unit">Writes the function's unit with lines before the function.</param>
    internal static ProbeResult Of(FunctionCall call, IReadOnlyDictionary<string, int?> extents, DataflowGraph graph, GraphOptions options, Func<string, string> unit)
    {
        var mined = new MinedCall(call, extents, unit);
        ImmutableArray<int> computed = [.. Enumerable.Range(0, graph.Outputs.Length).Where(k => IsComputed(graph, k, mined.InputOf(k)))];
        if (!computed.Any(k => graph.Nodes[GraphParts.WithoutConversion(graph, graph.Outputs[k])].Opcode != Opcode.Input))
        {
            return new ProbeResult(null, "nothing-computed");
        }

        var function = new MinedFunction(mined, graph, computed, options);
        return function.Inputs.IsEmpty ? new ProbeResult(null, "no-inputs") : new ProbeResult(function, null);
    }

    private bool IsLeft(int output) => IsLeft(_whole, output, _call.InputOf(output));

    private HashSet<int> Read() => [.. GraphParts.Of(_whole, [.. Enumerable.Range(0, _whole.Outputs.Length).Where(k => !IsLeft(k))]).Inputs];

    // An output is computed unless it always is what it was before the call, or the same number.
    private static bool IsComputed(DataflowGraph graph, int output, int input) =>
        graph.Nodes[GraphParts.WithoutConversion(graph, graph.Outputs[output])].Opcode != Opcode.Constant && !IsLeft(graph, output, input);

    // Whether the function leaves an output as it was.
    private static bool IsLeft(DataflowGraph graph, int output, int input) =>
        graph.Nodes[GraphParts.WithoutConversion(graph, graph.Outputs[output])] is { Opcode: Opcode.Input, A: var from } && from == input;
}
