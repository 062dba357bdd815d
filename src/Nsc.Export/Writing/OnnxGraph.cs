// The two things that a graph of ONNX is made of, as messages: nodes and constant tensors. Field numbers are those of onnx.proto.

namespace Nsc.Export.Writing;

internal static class OnnxGraph
{
    public const int FloatType = 1, IntegerType = 7, BooleanType = 9, DoubleType = 11;
    private const int IntegerAttribute = 2;

    /// <summary>Adds a node with one output, whose name it has too.</summary>
    public static void Node(this ProtobufWriter graph, string operation, string[] inputs, string output, (string Name, long Value)? attribute = null)
    {
        var node = new ProtobufWriter();
        foreach (string input in inputs)
        {
            node.Text(1, input);
        }

        node.Text(2, output).Text(3, output).Text(4, operation);
        if (attribute is { } given)
        {
            node.Message(5, new ProtobufWriter().Text(1, given.Name).Number(3, given.Value).Number(20, IntegerAttribute));
        }

        graph.Message(1, node);
    }

    /// <summary>Adds a constant.</summary>
    /// <param name="values">Its bytes, little-endian.</param>
    public static void Tensor(this ProtobufWriter graph, string name, int type, ReadOnlySpan<byte> values, params int[] dimensions)
    {
        var tensor = new ProtobufWriter();
        foreach (int dimension in dimensions)
        {
            tensor.Number(1, dimension);
        }

        graph.Message(5, tensor.Number(2, type).Text(8, name).Raw(9, values));
    }
}
