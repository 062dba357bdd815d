// A slice whose dataflow is known: which of what it may read and write it does read and write, and a unit that says so.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Slicing;

namespace Nsc.FrontEnd.Mining;

/// <summary>A real function as a pure function of scalars.</summary>
public sealed class MinedFunction
{
    private readonly Slice _slice;
    private readonly UnitLinker _linker;
    private readonly DataflowGraph _whole;
    private readonly ImmutableArray<int> _outputs;
    private readonly ImmutableArray<int> _inputs;

    private MinedFunction(Slice slice, UnitLinker linker, DataflowGraph whole, ImmutableArray<int> outputs, GraphOptions options)
    {
        (_slice, _linker, _whole, _outputs, Options) = (slice, linker, whole, outputs, options);
        (Graph, _inputs) = GraphParts.Of(whole, outputs, keepAllInputs: slice.Call!.Call.IsPlain);
        ImmutableArray<InputVariable> named = Named(slice.Call.Inputs);
        Inputs = [.. _inputs.Select(i => named[i])];
    }

    /// <summary>The dataflow from the inputs that matter to the outputs that are kept.</summary>
    public DataflowGraph Graph { get; }

    /// <summary>The limits within which the graph was made.</summary>
    public GraphOptions Options { get; }

    /// <summary>The inputs that matter, with the widest ranges that the graph may be good for.</summary>
    public ImmutableArray<InputVariable> Inputs { get; }

    /// <summary>The function's name in its unit: its own, or that of a function around it that has no parameters but numbers.</summary>
    public string Name => IsPlain ? _slice.Function : _slice.Function + "__pure";

    private bool IsPlain => _slice.Call!.Call.IsPlain;

    /// <summary>What a graph makes of a slice: a function, or the reason why it is none, by the diagnostic's name.</summary>
    internal static ProbeResult Of(Slice slice, UnitLinker linker, DataflowGraph graph, GraphOptions options)
    {
        ImmutableArray<int> inputOf = slice.Call!.InputOfOutput;
        ImmutableArray<int> computed = [.. Enumerable.Range(0, inputOf.Length).Where(k => IsComputed(graph, k, inputOf[k]))];
        if (!computed.Any(k => graph.Nodes[GraphParts.WithoutConversion(graph, graph.Outputs[k])].Opcode != Opcode.Input))
        {
            return new ProbeResult(null, "nothing-computed");
        }

        var function = new MinedFunction(slice, linker, graph, computed, options);
        return function.Inputs.IsEmpty ? new ProbeResult(null, "no-inputs") : new ProbeResult(function, null);
    }

    /// <summary>The function without some of its outputs.</summary>
    public MinedFunction Keeping(IReadOnlySet<int> outputs) => outputs.Count == _outputs.Length || IsPlain
        ? this
        : new MinedFunction(_slice, _linker, _whole, [.. _outputs.Where((_, k) => outputs.Contains(k))], Options);

    /// <summary>A self-contained unit that defines <see cref="Name"/>, with pragmas for the ranges.</summary>
    public string Unit(ImmutableArray<InputVariable> inputs)
    {
        string pragmas = string.Concat(inputs
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"#pragma nsc input({i.Name}, {i.Range.Low:R}, {i.Range.High:R})\n")));
        return IsPlain ? _linker.Link(_slice, pragmas) : _linker.Link(_slice, "") + "\n" + pragmas + Around();
    }

    // An output is computed unless it always is what it was before the call, or the same number.
    private static bool IsComputed(DataflowGraph graph, int output, int input)
    {
        Node node = graph.Nodes[GraphParts.WithoutConversion(graph, graph.Outputs[output])];
        return node.Opcode != Opcode.Constant && !(node.Opcode == Opcode.Input && node.A == input);
    }

    private string Around()
    {
        TriedCall call = _slice.Call!;
        var inputs = Enumerable.Repeat("0", call.Inputs.Length).ToArray();
        var targets = new string?[call.Outputs.Length];
        var parameters = new List<string>();
        foreach ((int index, InputVariable input) in _inputs.Zip(Inputs))
        {
            inputs[index] = input.Name;
            parameters.Add($"{input.Kind.Spelling()} {input.Name}");
        }

        bool returns = _outputs.Length == 1;
        foreach (int output in _outputs)
        {
            string name = Unique(call.Outputs[output].Name + "_out", parameters);
            targets[output] = returns ? "return" : "*" + name;
            parameters.AddRange(returns ? [] : [$"{call.Outputs[output].Kind.Spelling()} *{name}"]);
        }

        string result = returns ? call.Outputs[_outputs[0]].Kind.Spelling() : "void";
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{result} {Name}({string.Join(", ", parameters)})\n{{\n");
        return text.Append(call.Write([.. inputs], [.. targets])).Append("}\n").ToString();
    }

    private ImmutableArray<InputVariable> Named(ImmutableArray<InputVariable> inputs)
    {
        var taken = new List<string>();
        if (!IsPlain)
        {
            taken.AddRange(_slice.Call!.Call.Parameters.Where(p => p.Shape is not Shape.Scalar).Select(p => " " + p.Name).Append(" " + CallStyle.Plain.ResultName));
        }

        var named = ImmutableArray.CreateBuilder<InputVariable>();
        foreach (InputVariable input in inputs)
        {
            named.Add(input with { Name = Unique(input.Name, taken) });
            taken.Add(" " + named[^1].Name);
        }

        return named.ToImmutable();
    }

    // A name that none of some declarations ends with.
    private static string Unique(string name, List<string> declarations)
    {
        while (declarations.Any(d => d.EndsWith(" " + name, StringComparison.Ordinal) || d.EndsWith("*" + name, StringComparison.Ordinal)))
        {
            name += "_";
        }

        return name;
    }
}
