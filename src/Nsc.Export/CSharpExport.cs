// A surrogate as one C# file.

using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

public sealed class CSharpExport : IExporter
{
    public string Format => "csharp";

    public string Title => "C#";

    public string Extension => ".cs";

    byte[] IExporter.Write(Surrogate surrogate, ExportOptions options) => Encoding.UTF8.GetBytes(Write(surrogate, options.Precision, options.HasJacobian, options.Name));

    double[]? IExporter.Evaluate(Surrogate surrogate, ReadOnlySpan<double> inputs, Precision precision) => Evaluate(surrogate, inputs, precision);

    /// <summary>
    /// A static class with <c>Evaluate(ReadOnlySpan&lt;double&gt; inputs, Span&lt;double&gt; outputs)</c>, which takes and gives numbers in the
    /// program's units.
    /// </summary>
    /// <param name="hasJacobian">Whether it has <c>Jacobian(inputs, jacobian)</c> too, with (outputs, inputs), row-major.</param>
    /// <param name="ownName">What the class is named after; null for the function.</param>
    public static string Write(Surrogate surrogate, Precision precision = Precision.Single, bool hasJacobian = false, string? ownName = null)
    {
        (string real, string math) = precision == Precision.Single ? ("float", "MathF") : ("double", "Math");
        Topology shape = surrogate.Topology;
        string name = ClassName(ownName ?? surrogate.Signature.Function);
        int widest = Buffers.Length(shape);
        var scaling = Scaling.Of(surrogate);
        string scaled = Scaling.Written(scaling.Inputs, "inputs[i]", (step, x) => Step(step, x, "i"));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            // A neural surrogate of {{CommentText.Of(surrogate.Signature.Function)}}: {{shape}}. Made by nsc {{CommentText.Of(surrogate.Provenance.ToolVersion)}}.
            // Inputs: {{CommentText.Of(string.Join(", ", surrogate.Signature.Inputs.Select(i => $"{i.Name} in {i.Range}")))}}.
            // Outputs: {{CommentText.Of(string.Join(", ", surrogate.Signature.Outputs.Select(o => o.Name)))}}.

            using System;

            public static class {{name}}
            {
                public const int Inputs = {{shape.Inputs}}, Outputs = {{shape.Outputs}};

            {{string.Join('\n', scaling.Tables.Select(step => Table("double", Pascal(step.Table), step.Values.Select(Number))))}}

            """);
        for (int l = 0; l < shape.LayerCount; l++)
        {
            text.Append(Table(real, $"W{l + 1}", surrogate.Layers[l].Weight.Select(Number))).Append('\n');
            text.Append(Table(real, $"B{l + 1}", surrogate.Layers[l].Bias.Select(Number))).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $$"""

                /// <summary>The outputs for one row of inputs.</summary>
                public static void Evaluate(ReadOnlySpan<double> inputs, Span<double> outputs)
                {
                    Span<{{real}}> scaled = stackalloc {{real}}[Inputs], a = stackalloc {{real}}[{{widest}}], b = stackalloc {{real}}[{{widest}}];
                    for (int i = 0; i < Inputs; i++)
                    {
                        scaled[i] = ({{real}})({{scaled}});
                    }

                    for (int k = 0; k < Outputs; k++)
                    {

            """);
        for (int l = 0; l < shape.LayerCount; l++)
        {
            (string from, string to) = (Buffers.From(l, "scaled"), Buffers.To(l));
            text.Append(CultureInfo.InvariantCulture, $"            Layer(W{l + 1}, B{l + 1}, k, {shape.Rows(l)}, {from}[..{shape.Columns(l)}], {to}, {(l + 1 < shape.LayerCount ? "true" : "false")});\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $$"""
                        outputs[k] = {{Scaling.Written(scaling.Outputs, $"{Buffers.Last(shape)}[0]", (step, y) => Step(step, y, "k"))}};
                    }{{Answers(surrogate.AnswersOf())}}
                }
            {{(hasJacobian ? CSharpJacobian.Method(surrogate, real, scaled) : "")}}
                private static void Layer(ReadOnlySpan<{{real}}> weight, ReadOnlySpan<{{real}}> bias, int net, int rows, ReadOnlySpan<{{real}}> input, Span<{{real}}> output, bool isHidden)
                {
                    for (int row = 0; row < rows; row++)
                    {
                        ReadOnlySpan<{{real}}> w = weight.Slice(((net * rows) + row) * input.Length, input.Length);
                        {{real}} sum = bias[(net * rows) + row];
                        for (int i = 0; i < input.Length; i++)
                        {
                            sum += w[i] * input[i];
                        }

                        output[row] = isHidden ? {{math}}.Tanh(sum) : sum;
                    }
                }
            }

            """).ToString();
    }

    /// <summary>What the written class answers, to the last bit: the same operations in the same order and precision.</summary>
    /// <param name="inputs">(samples, inputs), row-major.</param>
    /// <returns>(samples, outputs), row-major.</returns>
    public static double[] Evaluate(Surrogate surrogate, ReadOnlySpan<double> inputs, Precision precision) =>
        precision == Precision.Single ? Evaluate<float>(surrogate, inputs) : Evaluate<double>(surrogate, inputs);

    private static double[] Evaluate<T>(Surrogate surrogate, ReadOnlySpan<double> inputs)
        where T : struct, INumber<T>, IHyperbolicFunctions<T>
    {
        Topology shape = surrogate.Topology;
        var scaling = Scaling.Of(surrogate);
        var outputs = new double[inputs.Length / shape.Inputs * shape.Outputs];
        for (int i = 0; i < outputs.Length; i++)
        {
            (int sample, int k) = (i / shape.Outputs, i % shape.Outputs);
            var values = new T[shape.Inputs];
            for (int j = 0; j < values.Length; j++)
            {
                values[j] = T.CreateTruncating(Scaling.Applied(scaling.Inputs, inputs[(sample * shape.Inputs) + j], j));
            }

            for (int l = 0; l < shape.LayerCount; l++)
            {
                values = Layer(surrogate.Layers[l], k, values, shape.Rows(l), isHidden: l + 1 < shape.LayerCount);
            }

            outputs[i] = Scaling.Applied(scaling.Outputs, double.CreateTruncating(values[0]), k);
        }

        return surrogate.Answers(outputs);
    }

    private static T[] Layer<T>(Layer layer, int net, T[] input, int rows, bool isHidden)
        where T : struct, INumber<T>, IHyperbolicFunctions<T>
    {
        var output = new T[rows];
        for (int row = 0; row < rows; row++)
        {
            int at = ((net * rows) + row) * input.Length;
            var sum = T.CreateTruncating(layer.Bias[(net * rows) + row]);
            for (int i = 0; i < input.Length; i++)
            {
                sum += T.CreateTruncating(layer.Weight[at + i]) * input[i];
            }

            output[row] = isHidden ? T.Tanh(sum) : sum;
        }

        return output;
    }

    /// <summary>The class: the function's name with a capital, and Surrogate. C# has no letters beyond the basic multilingual plane, and no <c>$</c>.</summary>
    public static string ClassName(string function)
    {
        string name = string.Concat(CommentText.Identifier(function).EnumerateRunes().Select(c => c.IsBmp && c.Value != '$' ? c.ToString() : "_"));
        return char.ToUpperInvariant(name[0]) + name[1..] + "Surrogate";
    }

    internal static string Step(ScalingStep step, string value, string index) => step.Operation switch
    {
        ScalingOperation.Subtract => $"({value} - {Pascal(step.Table)}[{index}])",
        ScalingOperation.Divide => $"{value} / {Pascal(step.Table)}[{index}]",
        ScalingOperation.Multiply => $"({Pascal(step.Table)}[{index}] * {value})",
        ScalingOperation.Logarithm => $"({Pascal(step.Table)}[{index}] != 0 ? Math.Log(Math.Max({value}, {Number(Interval.LeastPositive)})) : {value})",
        ScalingOperation.Exponential => $"({Pascal(step.Table)}[{index}] != 0 ? Math.Exp(Math.Clamp({value}, {Number(NetScale.LeastLogarithm)}, {Number(NetScale.GreatestLogarithm)})) : {value})",
        _ => $"{Pascal(step.Table)}[{index}] + {value}",
    };

    // What makes whole numbers of the outputs that are some.
    private static string Answers(ImmutableArray<OutputAnswer> answers) => string.Concat(answers.Select((a, k) => !a.IsWhole ? ""
        : $"\n        outputs[{k}] = {(a.Values.IsEmpty
            ? $"Math.Clamp(Math.Floor(outputs[{k}] + 0.5), {Number(a.Low)}, {Number(a.High)})"
            : $"double.IsNaN(outputs[{k}]) ? outputs[{k}] : {Number(a.Values[0])}{string.Concat(a.Steps.Select(s => $" + (outputs[{k}] > {Number(s.Threshold)} ? {Number(s.Step)} : 0)"))}")};"));

    internal static string Pascal(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Table(string type, string name, IEnumerable<string> numbers)
    {
        IEnumerable<string> lines = numbers.Chunk(8).Select(line => $"\n        {string.Join(", ", line)},");
        return $"    private static ReadOnlySpan<{type}> {name} => new {type}[]\n    {{{string.Concat(lines)}\n    }};";
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
