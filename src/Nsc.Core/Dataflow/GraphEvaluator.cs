// Runs a dataflow graph over many samples at once, keeping every intermediate value: dense supervision trains on them.

using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Nsc.Core.Dataflow;

/// <summary>The values of all nodes of a graph over <paramref name="count"/> samples.</summary>
public sealed class GraphValues(DataflowGraph graph, double[][] cells, int count)
{
    /// <summary>The number of samples.</summary>
    public int Count => count;

    /// <summary>A node's value on each sample, as real numbers; a boolean is 0 or 1.</summary>
    public double[] Column(int node)
    {
        if (graph.Nodes[node].Kind.IsFloating())
        {
            return cells[node];
        }

        var column = new double[count];
        TensorPrimitives.ConvertTruncating<long, double>(MemoryMarshal.Cast<double, long>(cells[node].AsSpan()), column);
        return column;
    }
}

/// <summary>Evaluates a graph, one node over all samples after the other.</summary>
public sealed class GraphEvaluator(DataflowGraph graph)
{
    /// <summary>The outputs only: (count, outputs), row-major, from inputs (count, InputCount), row-major.</summary>
    public double[] EvaluateOutputs(ReadOnlySpan<double> inputs, int count)
    {
        GraphValues values = Evaluate(inputs, count);
        int width = graph.Outputs.Length;
        var outputs = new double[count * width];
        for (int k = 0; k < width; k++)
        {
            double[] column = values.Column(graph.Outputs[k]);
            for (int s = 0; s < count; s++)
            {
                outputs[(s * width) + k] = column[s];
            }
        }

        return outputs;
    }

    /// <summary>Every node's values.</summary>
    /// <param name="inputs">(count, InputCount), row-major, in the program's own units.</param>
    public GraphValues Evaluate(ReadOnlySpan<double> inputs, int count)
    {
        if (inputs.Length != count * graph.InputCount)
        {
            throw new ArgumentException($"expected {count} x {graph.InputCount} inputs, got {inputs.Length}", nameof(inputs));
        }

        var cells = new double[graph.Nodes.Length][];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = new double[count];
            Node node = graph.Nodes[i];
            switch (node.Opcode)
            {
                case Opcode.Input:
                    LoadInput(inputs, node, cells[i]);
                    break;
                case Opcode.Constant:
                    Longs(cells[i]).Fill(node.Bits);
                    break;
                default:
                    Apply(node, cells, cells[i]);
                    break;
            }
        }

        return new GraphValues(graph, cells, count);
    }

    private void LoadInput(ReadOnlySpan<double> inputs, Node node, double[] result)
    {
        Span<long> integers = Longs(result);
        for (int s = 0; s < result.Length; s++)
        {
            double value = inputs[(s * graph.InputCount) + node.A];
            integers[s] = node.Kind.IsFloating()
                ? ScalarSemantics.Cell(node.Kind, value)
                : node.Kind == ValueKind.Boolean ? (value != 0 ? 1 : 0)
                : node.Kind.WrapTo(value >= long.MaxValue ? (long)(ulong)value : (long)value); // the upper half of an unsigned type
        }
    }

    private void Apply(Node node, double[][] cells, double[] result)
    {
        double[] a = cells[node.A], b = node.B >= 0 ? cells[node.B] : a, c = node.C >= 0 ? cells[node.C] : a;
        OpcodeRow row = node.Opcode.Row();
        if (node.Kind.IsFloating() && graph.Nodes[node.A].Kind.IsFloating())
        {
            ApplyFloating(row, node.Kind, a, b, c, result);
            return;
        }

        ValueKind operandKind = graph.Nodes[node.Opcode == Opcode.Select ? node.B : node.A].Kind;
        Span<long> x = Longs(a), y = Longs(b), z = Longs(c), r = Longs(result);
        for (int s = 0; s < r.Length; s++)
        {
            r[s] = ScalarSemantics.Evaluate(node.Opcode, node.Kind, operandKind, x[s], y[s], z[s]);
        }
    }

    // The row's delegates are looked up once for the whole column.
    private static void ApplyFloating(OpcodeRow row, ValueKind kind, double[] a, double[] b, double[] c, double[] result)
    {
        if (kind == ValueKind.Float && row.Single is { } single)
        {
            for (int s = 0; s < result.Length; s++)
            {
                result[s] = single((float)a[s], (float)b[s], (float)c[s]);
            }

            return;
        }

        if (row.Column is { } column)
        {
            column(a, b, result);
        }
        else
        {
            Func<double, double, double, double> floating = row.Floating!;
            for (int s = 0; s < result.Length; s++)
            {
                result[s] = floating(a[s], b[s], c[s]);
            }
        }

        for (int s = 0; kind == ValueKind.Float && s < result.Length; s++)
        {
            result[s] = (float)result[s];
        }
    }

    private static Span<long> Longs(double[] cells) => MemoryMarshal.Cast<double, long>(cells.AsSpan());
}
