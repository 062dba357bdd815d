// Dataflow graphs written as formulas.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.Tests;

/// <summary>A value of a graph that grows with every operation.</summary>
internal readonly record struct Term(ValueGraph Graph, int Value)
{
    /// <summary>The graph of some formulas of double inputs.</summary>
    public static DataflowGraph Graphed(int inputs, Func<Term[], Term[]> formulas)
    {
        var graph = new ValueGraph();
        Term[] outputs = formulas([.. Enumerable.Range(0, inputs).Select(i => new Term(graph, graph.Input(i, ValueKind.Double, default)))]);
        var (nodes, indices, _) = graph.Extract([.. outputs.Select(o => o.Value)]);
        return new DataflowGraph(nodes, inputs, indices, []);
    }

    public static Term operator +(Term a, Term b) => a.Apply(Opcode.Add, b);

    public static Term operator +(Term a, double b) => a + a.Number(b);

    public static Term operator -(Term a, Term b) => a.Apply(Opcode.Subtract, b);

    public static Term operator -(double a, Term b) => b.Number(a) - b;

    public static Term operator *(Term a, Term b) => a.Apply(Opcode.Multiply, b);

    public static Term operator *(double a, Term b) => b.Number(a) * b;

    public static Term operator /(Term a, Term b) => a.Apply(Opcode.Divide, b);

    public static Term operator /(Term a, double b) => a / a.Number(b);

    public static Term operator /(double a, Term b) => b.Number(a) / b;

    public Term Number(double value) => new(Graph, Graph.Floating(value));

    public Term Of(Opcode opcode) => new(Graph, Graph.Apply(opcode, ValueKind.Double, Value));

    public Term Apply(Opcode opcode, Term other) => new(Graph, Graph.Apply(opcode, ValueKind.Double, Value, other.Value));

    /// <summary>The first where this is less than a number, else the second.</summary>
    public Term Below(double limit, Term then, Term otherwise)
    {
        int condition = Graph.Apply(Opcode.Less, ValueKind.Boolean, Value, Graph.Floating(limit));
        return new Term(Graph, Graph.Select(condition, then.Value, otherwise.Value));
    }
}
