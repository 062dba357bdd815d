// The derivatives of a surrogate's outputs by its inputs as a function in C.

using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <param name="network">The network, whose tables and names the function uses.</param>
internal sealed class CJacobian(Surrogate surrogate, CNetwork network)
{
    private readonly Topology _shape = surrogate.Topology;
    private readonly Scaling _scaling = Scaling.Of(surrogate);

    /// <summary>The declaration of <c>NAME_jacobian(in, jacobian)</c>.</summary>
    public static string Declaration(string name, CNumbers numbers) => $"{Head(name, numbers)};";

    private static string Head(string name, CNumbers numbers) => $"void {name}_jacobian(const {numbers.Type} *in, {numbers.Type} *jacobian)";

    /// <summary>Forwards as the network is computed, and backwards from the output to the inputs.</summary>
    public void Write(StringBuilder text)
    {
        int inputs = _shape.Inputs;
        string kept = string.Concat(_shape.Hidden.Select((width, l) => $", h{l + 1}[{width}], g{l + 1}[{width}]"));
        text.Append(CultureInfo.InvariantCulture, $$"""

            // jacobian[k * {{inputs}} + i] is the derivative of out[k] by in[i]; of a whole number that of what is rounded to it.
            {{Declaration(network.Name, network.Numbers)}}
            {{Head(network.Name, network.Numbers)}}
            {
            {{Seen(kept)}}    for (int k = 0; k < {{_shape.Outputs}}; k++)
                {

            """);
        for (int l = 0; l + 1 < _shape.LayerCount; l++)
        {
            string from = l == 0 ? "u" : $"h{l}";
            WriteSums(text, _shape.Rows(l), _shape.Columns(l), network.Bias(l, "i"),
                $"{from}[j] * {network.Weight(l, "j", "i")}", $"h{l + 1}[i] = {network.Activated("sum")};");
        }

        if (_scaling.HasExponential)
        {
            WriteExponential(text);
        }

        for (int l = _shape.LayerCount - 1; l > 0; l--)
        {
            WriteSums(text, _shape.Columns(l), _shape.Rows(l), "0", Backwards(l), $"g{l}[i] = sum * (1 - h{l}[i] * h{l}[i]);");
        }

        WriteSums(text, inputs, _shape.Rows(0), "0", Backwards(0), $"jacobian[k * {inputs} + i] = sum{Slopes()};");
        text.Append("    }\n}\n");
    }

    // The inputs as the net sees them; without a hidden layer the derivatives do not depend on them, but those of an exponential.
    private string Seen(string kept) => _shape.LayerCount == 1 && !_scaling.HasExponential ? "    (void)in;\n" : string.Create(CultureInfo.InvariantCulture, $$"""
            {{network.Real}} u[{{_shape.Inputs}}]{{kept}};
            for (int i = 0; i < {{_shape.Inputs}}; i++)
                u[i] = ({{network.Real}})({{network.Scaled("in[i]")}});

        """);

    // What a result j of a layer adds to the derivative by its input i.
    private string Backwards(int layer)
    {
        string weight = network.Weight(layer, "i", "j");
        return layer + 1 < _shape.LayerCount ? $"{weight} * g{layer + 1}[j]" : weight;
    }

    private void WriteSums(StringBuilder text, int count, int terms, string start, string term, string statement) => text.Append(CultureInfo.InvariantCulture, $$"""
                for (int i = 0; i < {{count}}; i++)
                {
                    {{network.Real}} sum = {{start}};
                    for (int j = 0; j < {{terms}}; j++)
                        sum += {{term}};
                    {{statement}}
                }

        """);

    // The derivative of an exponential is itself: the output.
    private void WriteExponential(StringBuilder text)
    {
        int last = _shape.LayerCount - 1, columns = _shape.Columns(last);
        string table = _scaling.Outputs[^1].Table, from = last == 0 ? "u" : $"h{last}";
        text.Append(CultureInfo.InvariantCulture, $"        {network.Numbers.Type} slope = 1;\n");
        WriteSums(text, 1, columns, network.Bias(last, "i"), $"{from}[j] * {network.Weight(last, "j", "i")}",
            $"slope = {network.Name}_{table}[k] != 0 ? {network.InUnits("sum")} : 1;");
    }

    // From the derivative of what the net gives by what it sees to that of the output by the input.
    private string Slopes()
    {
        return string.Concat(_scaling.Outputs.Where(s => s.Operation == ScalingOperation.Multiply).Select(s => $" * {network.Name}_{s.Table}[k]"))
            + (_scaling.HasExponential ? " * slope" : "")
            + string.Concat(_scaling.Inputs.Select(s => s.Operation switch
            {
                ScalingOperation.Divide => $" / {network.Name}_{s.Table}[i]",
                ScalingOperation.Logarithm => $" * ({network.Name}_{s.Table}[i] != 0 ? (in[i] < {network.Numbers.Of(network.Numbers.IsSingle ? CFunctions.LeastSingle : Interval.LeastPositive)} ? 0 : 1 / in[i]) : 1)",
                _ => "",
            }));
    }
}
