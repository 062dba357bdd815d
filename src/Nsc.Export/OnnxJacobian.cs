// The derivatives of a surrogate's outputs by its inputs as nodes of an ONNX graph, after those that compute the outputs.

using System.Runtime.InteropServices;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

internal static class OnnxJacobian
{
    public const string Output = "jacobian";
    private const string One = "one", PreciseOne = "precise_one", Axis = "middle_axis", LastAxis = "last_axis", InputSlope = "input_slope", OutputSlope = "output_slope", LeastPositive = OnnxExport.LeastPositive;

    /// <summary>Backwards through each net, from the activations that <see cref="OnnxExport"/> names: (N, outputs, inputs).</summary>
    public static void WriteNodes(ProtobufWriter graph, Topology shape, Scaling scaling)
    {
        WriteInputSlope(graph, scaling);
        for (int k = 0; k < shape.Outputs; k++)
        {
            string outer = WriteNet(graph, shape, k);
            graph.Node("Cast", [outer], $"unit_slope_{k}", ("to", OnnxGraph.DoubleType));
            graph.Node("Unsqueeze", [$"unit_slope_{k}", Axis], $"row_{k}");
        }

        // Scaled here and not net by net: ONNX Runtime makes a single-precision factor of a product with one number next to a matrix product.
        graph.Node("Concat", [.. Enumerable.Range(0, shape.Outputs).Select(k => $"row_{k}")], "unit_slopes", ("axis", 1));
        graph.Node("Mul", ["unit_slopes", OutputSlope], "scaled_slopes");
        string slopes = "scaled_slopes";
        if (scaling.HasExponential)
        {
            // The derivative of an exponential is itself.
            graph.Node("Where", [scaling.Outputs[^1].Table, OnnxExport.Exponentials, PreciseOne], "exponential_slope");
            graph.Node("Unsqueeze", ["exponential_slope", LastAxis], "output_column");
            graph.Node("Mul", [slopes, "output_column"], "exponential_slopes");
            slopes = "exponential_slopes";
        }

        graph.Node("Mul", [slopes, InputSlope], Output);
    }

    public static void WriteConstants(ProtobufWriter graph, Surrogate surrogate, Scaling scaling, int type)
    {
        graph.Tensor(One, type, type == OnnxGraph.FloatType ? BitConverter.GetBytes(1f) : BitConverter.GetBytes(1.0), 1);
        graph.Tensor(PreciseOne, OnnxGraph.DoubleType, BitConverter.GetBytes(1.0), 1);
        graph.Tensor(Axis, OnnxGraph.IntegerType, BitConverter.GetBytes(1L), 1);
        if (scaling.HasExponential)
        {
            graph.Tensor(LastAxis, OnnxGraph.IntegerType, BitConverter.GetBytes(2L), 1);
        }

        if (surrogate.Topology.LayerCount == 1)
        {
            double[] zeros = new double[surrogate.Topology.Inputs];
            graph.Tensor("zeros", type, type == OnnxGraph.FloatType ? new byte[zeros.Length * sizeof(float)] : MemoryMarshal.AsBytes(zeros.AsSpan()), zeros.Length);
        }

        double[] slopes = [.. Enumerable.Range(0, surrogate.Topology.Outputs)
            .Select(k => scaling.Outputs.Where(s => s.Operation == ScalingOperation.Multiply).Aggregate(1.0, (product, step) => product * step.Values[k]))];
        graph.Tensor(OutputSlope, OnnxGraph.DoubleType, MemoryMarshal.AsBytes(slopes.AsSpan()), slopes.Length, 1);
    }

    // The derivative of what a net sees by an input: 1 over the half width, and of a logarithm that over the input.
    private static void WriteInputSlope(ProtobufWriter graph, Scaling scaling)
    {
        if (!scaling.HasLogarithm)
        {
            graph.Node("Div", [PreciseOne, "half_width"], InputSlope);
            return;
        }

        string flags = scaling.Inputs[0].Table;
        graph.Node("Less", [OnnxExport.Input, LeastPositive], "is_least");
        graph.Node("Div", [PreciseOne, "positive"], "reciprocal");
        graph.Node("Sub", [PreciseOne, PreciseOne], "nothing");
        graph.Node("Where", ["is_least", "nothing", "reciprocal"], "logarithm_slope");
        graph.Node("Where", [flags, "logarithm_slope", PreciseOne], "line_slope");
        graph.Node("Div", ["line_slope", "half_width"], "row_slope");
        graph.Node("Unsqueeze", ["row_slope", Axis], InputSlope);
    }

    // The name of the derivatives of net k by the scaled inputs, (N, inputs).
    private static string WriteNet(ProtobufWriter graph, Topology shape, int k)
    {
        int last = shape.LayerCount - 1;
        string outer = $"w_{k}_{last}";
        if (last == 0)
        {
            // One row of weights, for as many rows as there are inputs.
            graph.Node("Mul", ["scaled", "zeros"], $"no_slope_{k}");
            graph.Node("Add", [$"no_slope_{k}", outer], $"gradient_{k}_0");
            return $"gradient_{k}_0";
        }

        for (int l = last - 1; l >= 0; l--)
        {
            string active = $"active_{k}_{l}", square = $"square_{k}_{l}", rest = $"rest_{k}_{l}", inner = $"inner_{k}_{l}", gradient = $"gradient_{k}_{l}";
            graph.Node("Mul", [active, active], square);
            graph.Node("Sub", [One, square], rest);
            graph.Node("Mul", [outer, rest], inner);
            graph.Node("MatMul", [inner, $"w_{k}_{l}"], gradient);
            outer = gradient;
        }

        return outer;
    }
}
