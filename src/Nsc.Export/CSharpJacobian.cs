// The derivatives of a surrogate's outputs by its inputs as a method in C#.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

internal static class CSharpJacobian
{
    /// <summary>The method <c>Jacobian(inputs, jacobian)</c> of the class that <see cref="CSharpExport"/> writes, whose tables and layers it uses.</summary>
    /// <param name="scaled">An input as the net sees it.</param>
    public static string Method(Surrogate surrogate, string real, string scaled)
    {
        Topology shape = surrogate.Topology;
        string[] standard = Scaling.Of(surrogate).HasExponential ? [$"standard = stackalloc {real}[1]"] : [];
        string[] kept = [.. standard, .. shape.Hidden.SelectMany((width, l) => (string[])[$"h{l + 1} = stackalloc {real}[{width}]", $"g{l + 1} = stackalloc {real}[{width}]"])];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""

                /// <summary>The derivative of output k by input i, at k * Inputs + i; of a whole number that of what is rounded to it.</summary>
                public static void Jacobian(ReadOnlySpan<double> inputs, Span<double> jacobian)
                {
                    Span<{{real}}> {{string.Join(", ", kept.Prepend($"scaled = stackalloc {real}[Inputs]"))}};
                    for (int i = 0; i < Inputs; i++)
                    {
                        scaled[i] = ({{real}})({{scaled}});
                    }

                    for (int k = 0; k < Outputs; k++)
                    {

            """);
        for (int l = 0; l + 1 < shape.LayerCount; l++)
        {
            text.Append(CultureInfo.InvariantCulture, $"            Layer(W{l + 1}, B{l + 1}, k, {shape.Rows(l)}, {(l == 0 ? "scaled" : $"h{l}")}, h{l + 1}, true);\n");
        }

        if (Scaling.Of(surrogate) is { HasExponential: true } scaling)
        {
            text.Append(Exponential(shape, scaling));
        }

        for (int l = shape.LayerCount - 1; l > 0; l--)
        {
            WriteSums(text, shape.Columns(l), shape.Rows(l), Backwards(shape, l), $"g{l}[i] = sum * (1 - h{l}[i] * h{l}[i]);");
        }

        WriteSums(text, shape.Inputs, shape.Rows(0), Backwards(shape, 0), $"jacobian[k * Inputs + i] = sum{Slopes(surrogate)};");
        return text.Append("        }\n    }\n").ToString();

        void WriteSums(StringBuilder text, int count, int terms, string term, string statement) => text.Append(CultureInfo.InvariantCulture, $$"""
                        for (int i = 0; i < {{count}}; i++)
                        {
                            {{real}} sum = 0;
                            for (int j = 0; j < {{terms}}; j++)
                            {
                                sum += {{term}};
                            }

                            {{statement}}
                        }

            """);
    }

    // What a result j of a layer adds to the derivative by its input i.
    private static string Backwards(Topology shape, int layer)
    {
        string weight = $"W{layer + 1}[(k * {shape.Rows(layer)} + j) * {shape.Columns(layer)} + i]";
        return layer + 1 < shape.LayerCount ? $"{weight} * g{layer + 1}[j]" : weight;
    }

    // The derivative of an exponential is itself: the output.
    private static string Exponential(Topology shape, Scaling scaling)
    {
        int last = shape.LayerCount - 1;
        string output = Scaling.Written(scaling.Outputs, "standard[0]", (step, y) => CSharpExport.Step(step, y, "k"));
        return $"""
                        Layer(W{last + 1}, B{last + 1}, k, 1, {(last == 0 ? "scaled" : $"h{last}")}, standard, false);
                        double slope = {CSharpExport.Pascal(scaling.Outputs[^1].Table)}[k] != 0 ? {output} : 1;

            """;
    }

    private static string Slopes(Surrogate surrogate)
    {
        var scaling = Scaling.Of(surrogate);
        return string.Concat(scaling.Outputs.Where(s => s.Operation == ScalingOperation.Multiply).Select(s => $" * {CSharpExport.Pascal(s.Table)}[k]"))
            + (scaling.HasExponential ? " * slope" : "")
            + string.Concat(scaling.Inputs.Select(s => s.Operation switch
            {
                ScalingOperation.Divide => $" / {CSharpExport.Pascal(s.Table)}[i]",
                ScalingOperation.Logarithm => $" * ({CSharpExport.Pascal(s.Table)}[i] != 0 ? (inputs[i] < 2.2250738585072014e-308 ? 0 : 1 / inputs[i]) : 1)",
                _ => "",
            }));
    }
}
