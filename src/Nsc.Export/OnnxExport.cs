// A surrogate as an ONNX model.

using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <summary>
/// The model has one input, <c>inputs</c> (N, inputs), and one output, <c>outputs</c> (N, outputs), both of doubles in the program's
/// units; in between it computes in the precision that is asked for. What the columns are is in the model's documentation and its metadata:
/// <c>inputs[0].name</c>, <c>inputs[0].low</c> and <c>high</c>, <c>outputs[0].name</c>. Field numbers are those of onnx.proto.
/// </summary>
public sealed class OnnxExport : IExporter
{
    private const int IrVersion = 8, OpsetVersion = 13;
    private const int FloatType = OnnxGraph.FloatType, DoubleType = OnnxGraph.DoubleType, BooleanType = OnnxGraph.BooleanType, IntegerType = OnnxGraph.IntegerType;
    private const string Output = "outputs";

    /// <summary>The names of the model's input, and of the constant that stands for what has no logarithm.</summary>
    internal const string Input = "inputs", LeastPositive = "least_positive";

    /// <summary>The name of what the exponential gives of the outputs, before flags choose between it and the output itself.</summary>
    internal const string Exponentials = "exponentials";

    private const string LeastLogarithm = "least_logarithm", GreatestLogarithm = "greatest_logarithm";

    public string Format => "onnx";

    public string Title => "ONNX";

    public string Extension => ".onnx";

    public bool FixesOrder => false;

    byte[] IExporter.Write(Surrogate surrogate, ExportOptions options) => Write(surrogate, options.Precision, options.HasJacobian);

    double[]? IExporter.Evaluate(Surrogate surrogate, ReadOnlySpan<double> inputs, Precision precision) =>
        precision == Precision.Double ? surrogate.Answer(inputs) : null;

    /// <param name="hasJacobian">Whether there is a second output, <c>jacobian</c> (N, outputs, inputs), doubles too.</param>
    public static byte[] Write(Surrogate surrogate, Precision precision = Precision.Single, bool hasJacobian = false)
    {
        int type = precision == Precision.Single ? FloatType : DoubleType;
        var graph = new ProtobufWriter();
        var scaling = Scaling.Of(surrogate);
        ImmutableArray<OutputAnswer> answers = surrogate.AnswersOf();
        WriteNodes(graph, surrogate.Topology, scaling, answers, type);
        if (hasJacobian)
        {
            OnnxJacobian.WriteNodes(graph, surrogate.Topology, scaling);
        }

        graph.Text(2, PrintableText.OneLine(surrogate.Signature.Function));
        WriteInitialisers(graph, surrogate, scaling, answers, type);
        graph.Message(11, Described(Input, OnnxDocumentation.Inputs(surrogate.Signature), surrogate.Topology.Inputs))
            .Message(12, Described(Output, OnnxDocumentation.Outputs(surrogate.Signature), surrogate.Topology.Outputs));
        if (hasJacobian)
        {
            OnnxJacobian.WriteConstants(graph, surrogate, scaling, type);
            graph.Message(12, Described(OnnxJacobian.Output, "The derivatives of the outputs by the inputs.", surrogate.Topology.Outputs, surrogate.Topology.Inputs));
        }

        return new ProtobufWriter().Number(1, IrVersion).Text(2, "nsc").Text(3, PrintableText.OneLine(surrogate.Provenance.ToolVersion))
            .Text(6, OnnxDocumentation.Model(surrogate)).Message(7, graph).Message(8, new ProtobufWriter().Text(1, "").Number(2, OpsetVersion))
            .Entries(14, OnnxDocumentation.Metadata(surrogate.Signature)).ToArray();
    }

    private static void WriteNodes(ProtobufWriter graph, Topology shape, Scaling scaling, ImmutableArray<OutputAnswer> answers, int type)
    {
        AddSteps(scaling.Inputs, Input, "unit");
        Add("Cast", ["unit"], "scaled", ("to", type));
        for (int k = 0; k < shape.Outputs; k++)
        {
            string last = "scaled";
            for (int l = 0; l < shape.LayerCount; l++)
            {
                string sum = $"sum_{k}_{l}", active = $"active_{k}_{l}";
                Add("Gemm", [last, $"w_{k}_{l}", $"b_{k}_{l}"], sum, ("transB", 1));
                last = sum;
                if (l + 1 < shape.LayerCount)
                {
                    Add("Tanh", [sum], active);
                    last = active;
                }
            }
        }

        Add("Concat", [.. Enumerable.Range(0, shape.Outputs).Select(k => $"sum_{k}_{shape.LayerCount - 1}")], "standard", ("axis", 1));
        Add("Cast", ["standard"], "precise", ("to", DoubleType));
        bool rounds = answers.Any(a => a.IsWhole);
        AddSteps(scaling.Outputs, "precise", rounds ? "numbers" : Output);
        if (rounds)
        {
            AddAnswers();
        }

        void AddSteps(IEnumerable<ScalingStep> steps, string value, string last)
        {
            foreach (ScalingStep step in steps)
            {
                (string operation, string result) = Operator(step.Operation);
                result = step == steps.Last() ? last : result;
                if (step.Operation == ScalingOperation.Logarithm)
                {
                    Add("Max", [value, LeastPositive], "positive");
                    Add("Log", ["positive"], "logarithms");
                    Add(operation, [step.Table, "logarithms", value], result);
                }
                else if (step.Operation == ScalingOperation.Exponential)
                {
                    Add("Max", [value, LeastLogarithm], "at_least");
                    Add("Min", ["at_least", GreatestLogarithm], "within");
                    Add("Exp", ["within"], Exponentials);
                    Add(operation, [step.Table, Exponentials, value], result);
                }
                else
                {
                    Add(operation, [value, step.Table], result);
                }

                value = result;
            }
        }

        // Column by column: numbers as they are, whole numbers rounded within their type, and of few values a sum of steps.
        void AddAnswers()
        {
            for (int k = 0; k < answers.Length; k++)
            {
                string column = $"number_{k}", above = $"above_{k}", answer = $"answer_{k}";
                Add("Gather", ["numbers", $"index_{k}"], column, ("axis", 1));
                if (!answers[k].IsWhole)
                {
                    Add("Identity", [column], answer);
                }
                else if (answers[k].Values.IsEmpty)
                {
                    Add("Add", [column, "half"], $"raised_{k}");
                    Add("Floor", [$"raised_{k}"], above);
                    Add("Max", [above, $"low_{k}"], $"least_{k}");
                    Add("Min", [$"least_{k}", $"high_{k}"], answer);
                }
                else
                {
                    Add("Greater", [column, $"threshold_{k}"], above);
                    Add("Cast", [above], $"passed_{k}", ("to", DoubleType));
                    Add("MatMul", [$"passed_{k}", $"step_{k}"], $"climbed_{k}");
                    Add("Add", [$"climbed_{k}", $"first_{k}"], answer);
                }
            }

            Add("Concat", [.. answers.Select((_, k) => $"answer_{k}")], Output, ("axis", 1));
        }

        void Add(string operation, string[] inputs, string output, (string Name, long Value)? attribute = null) => graph.Node(operation, inputs, output, attribute);
    }

    private static void WriteInitialisers(ProtobufWriter graph, Surrogate surrogate, Scaling scaling, ImmutableArray<OutputAnswer> answers, int type)
    {
        Topology shape = surrogate.Topology;
        foreach (ScalingStep step in scaling.Tables)
        {
            if (step.Operation == ScalingOperation.Logarithm)
            {
                AddFlags(step);
                Add(LeastPositive, DoubleType, BitConverter.GetBytes(Interval.LeastPositive));
            }
            else if (step.Operation == ScalingOperation.Exponential)
            {
                AddFlags(step);
                Add(LeastLogarithm, DoubleType, BitConverter.GetBytes(NetScale.LeastLogarithm));
                Add(GreatestLogarithm, DoubleType, BitConverter.GetBytes(NetScale.GreatestLogarithm));
            }
            else
            {
                Add(step.Table, DoubleType, MemoryMarshal.AsBytes(step.Values.AsSpan()), step.Values.Length);
            }
        }

        if (answers.Any(a => a.IsWhole))
        {
            AddAnswerConstants();
        }

        for (int l = 0; l < shape.LayerCount; l++)
        {
            (int rows, int columns) = (shape.Rows(l), shape.Columns(l));
            for (int k = 0; k < shape.Outputs; k++)
            {
                AddWeights($"w_{k}_{l}", surrogate.Layers[l].Weight.AsSpan().Slice(k * rows * columns, rows * columns), rows, columns);
                AddWeights($"b_{k}_{l}", surrogate.Layers[l].Bias.AsSpan().Slice(k * rows, rows), rows);
            }
        }

        void AddAnswerConstants()
        {
            for (int k = 0; k < answers.Length; k++)
            {
                Add($"index_{k}", IntegerType, BitConverter.GetBytes((long)k), 1);
                if (answers[k] is { IsWhole: true, Values.IsEmpty: true })
                {
                    AddNumber($"low_{k}", answers[k].Low);
                    AddNumber($"high_{k}", answers[k].High);
                }
                else if (answers[k].IsWhole)
                {
                    double[] thresholds = [.. answers[k].Steps.Select(s => s.Threshold)], steps = [.. answers[k].Steps.Select(s => s.Step)];
                    Add($"threshold_{k}", DoubleType, MemoryMarshal.AsBytes(thresholds.AsSpan()), 1, thresholds.Length);
                    Add($"step_{k}", DoubleType, MemoryMarshal.AsBytes(steps.AsSpan()), steps.Length, 1);
                    AddNumber($"first_{k}", answers[k].Values[0]);
                }
            }

            AddNumber("half", 0.5);
        }

        void AddFlags(ScalingStep step) => Add(step.Table, BooleanType, [.. step.Values.Select(v => (byte)v)], step.Values.Length);

        void AddNumber(string name, double value) => Add(name, DoubleType, BitConverter.GetBytes(value), 1);

        void AddWeights(string name, ReadOnlySpan<float> weights, params int[] dimensions) => Add(
            name, type, type == FloatType ? MemoryMarshal.AsBytes(weights) : MemoryMarshal.AsBytes<double>(Array.ConvertAll(weights.ToArray(), w => (double)w)), dimensions);

        void Add(string name, int type, ReadOnlySpan<byte> values, params int[] dimensions) => graph.Tensor(name, type, values, dimensions);
    }

    // A step's operator, and the name of what it gives.
    private static (string Operator, string Result) Operator(ScalingOperation operation) => operation switch
    {
        ScalingOperation.Subtract => ("Sub", "centred"),
        ScalingOperation.Divide => ("Div", "unit"),
        ScalingOperation.Multiply => ("Mul", "stretched"),
        ScalingOperation.Logarithm => ("Where", "line"),
        ScalingOperation.Exponential => ("Where", Output),
        _ => ("Add", "shifted"),
    };

    // A table of doubles with any number of rows.
    private static ProtobufWriter Described(string name, string documentation, params int[] dimensions)
    {
        var shape = new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "N"));
        Array.ForEach(dimensions, columns => shape.Message(1, new ProtobufWriter().Number(1, columns)));
        var tensor = new ProtobufWriter().Number(1, DoubleType).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor)).Text(3, documentation);
    }
}
