// The network of a surrogate as C: its tables, and the functions that compute it for one row and for many.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <param name="name">What the names of all tables and functions begin with.</param>
/// <param name="shared">What the names of <see cref="CFunctions"/> begin with, which several networks share.</param>
/// <param name="isHalf">Whether the tables hold 16-bit floats; see <see cref="HalfWeights"/>.</param>
internal sealed class CNetwork(Surrogate surrogate, string name, string shared, Precision precision, bool isHalf)
{
    // Samples that a batch takes at a time, side by side: a vector of any width is full, and their activations stay in the first-level cache.
    private const int Block = 32;

    // Products that one statement adds up; a compiler keeps such a sum in registers.
    private const int Terms = 16;

    private readonly Topology _shape = surrogate.Topology;
    private readonly Scaling _scaling = Scaling.Of(surrogate);
    private readonly string _real = precision == Precision.Single ? "float" : "double";

    /// <summary>What the names of its tables and functions begin with.</summary>
    public string Name => name;

    /// <summary>The type that it computes in.</summary>
    public string Real => _real;

    /// <summary>A layer's weights are stored by column, so that one input's weights to all units of a layer lie side by side.</summary>
    public void WriteTables(StringBuilder text)
    {
        foreach (ScalingStep step in _scaling.Tables)
        {
            CNumbers.Table(text, "double", $"{name}_{step.Table}[{step.Values.Length}]", step.Values.Select(CNumbers.Of));
        }

        for (int l = 0; l < _shape.LayerCount; l++)
        {
            (int rows, int columns) = (_shape.Rows(l), _shape.Columns(l));
            Layer layer = surrogate.Layers[l];
            WeightTable(text, $"w{l + 1}[{_shape.Outputs * columns * rows}]", Enumerable.Range(0, _shape.Outputs * rows * columns)
                .Select(i => (Output: i / (rows * columns), Column: i / rows % columns, Row: i % rows))
                .Select(p => layer.Weight[(((p.Output * rows) + p.Row) * columns) + p.Column]));
            WeightTable(text, $"b{l + 1}[{_shape.Outputs * rows}]", layer.Bias);
        }

        text.Append('\n');
    }

    /// <summary><c>NAME_one(in, out)</c>, and for the surrogate itself <c>NAME(in, out)</c>.</summary>
    public void WriteOne(StringBuilder text)
    {
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static inline void {{name}}_one(const double *in, double *out)
            {
                {{_real}} u[{{_shape.Inputs}}], a[{{widest}}], b[{{widest}}];
                for (int i = 0; i < {{_shape.Inputs}}; i++)
                    u[i] = ({{_real}})({{Scaled("in[i]")}});
                for (int k = 0; k < {{_shape.Outputs}}; k++)
                {

            """);
        WriteLayers(text, "", "");
        text.Append(CultureInfo.InvariantCulture, $$"""
                    out[k] = {{InUnits($"{Buffers.Last(_shape)}[0]")}};
                }
            }


            """);
    }

    /// <summary>The functions that others call: NAME(in, out) and NAME_batch(in, out, count).</summary>
    public void WriteBatch(StringBuilder text, CAnswers answers)
    {
        string answer = answers.Call("out"), each = answers.Call($"out + s * {_shape.Outputs}");
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static void {{name}}_some(const double *in, double *out)
            {
                {{_real}} u[{{_shape.Inputs}}][{{Block}}], a[{{widest}}][{{Block}}], b[{{widest}}][{{Block}}];
                for (int i = 0; i < {{_shape.Inputs}}; i++)
                    for (int s = 0; s < {{Block}}; s++)
                        u[i][s] = ({{_real}})({{Scaled($"in[s * {_shape.Inputs} + i]")}});
                for (int k = 0; k < {{_shape.Outputs}}; k++)
                {

            """);
        WriteLayers(text, "[s]", $"            for (int s = 0; s < {Block}; s++)\n    ");
        text.Append(CultureInfo.InvariantCulture, $$"""
                    for (int s = 0; s < {{Block}}; s++)
                        out[s * {{_shape.Outputs}} + k] = {{InUnits($"{Buffers.Last(_shape)}[0][s]")}};
                }
            }

            void {{name}}(const double *in, double *out);
            void {{name}}(const double *in, double *out)
            {
                {{name}}_one(in, out);{{(answer.Length > 0 ? $"\n    {answer}" : "")}}
            }

            void {{name}}_batch(const double *in, double *out, size_t count);
            void {{name}}_batch(const double *in, double *out, size_t count)
            {
                size_t s = 0;
                for (; s + {{Block}} <= count; s += {{Block}})
                    {{name}}_some(in + s * {{_shape.Inputs}}, out + s * {{_shape.Outputs}});
                for (; s < count; s++)
                    {{name}}_one(in + s * {{_shape.Inputs}}, out + s * {{_shape.Outputs}});{{(each.Length > 0 ? $"\n    for (s = 0; s < count; s++)\n        {each}" : "")}}
            }

            """);
    }

    // The layers of net k, for one row or, with an index and a loop over it, for a block of rows.
    private void WriteLayers(StringBuilder text, string index, string loop)
    {
        for (int l = 0; l < _shape.LayerCount; l++)
        {
            (int rows, int columns) = (_shape.Rows(l), _shape.Columns(l));
            (string from, string to, bool isHidden) = (Buffers.From(l, "u"), Buffers.To(l), l + 1 < _shape.LayerCount);
            for (int first = 0; first < columns; first += Terms)
            {
                string start = first == 0 ? Weight($"b{l + 1}[k * {rows} + j]") : $"{to}[j]{index}";
                IEnumerable<string> products = Enumerable.Range(first, Math.Min(Terms, columns - first))
                    .Select(i => $"\n                + {from}[{i}]{index} * {Weight($"w{l + 1}[(k * {columns} + {i}) * {rows} + j]")}");
                string sum = start + string.Concat(products);
                WriteLoop(rows, $"{to}[j]{index} = {(isHidden && first + Terms >= columns ? $"{shared}_bounded({sum})" : sum)};");
            }

            if (isHidden)
            {
                WriteLoop(rows, $"{to}[j]{index} = {shared}_tanh({to}[j]{index});");
            }
        }

        void WriteLoop(int rows, string statement) =>
            text.Append(CultureInfo.InvariantCulture, $"        for (int j = 0; j < {rows}; j++)\n{loop}            {statement}\n");
    }

    /// <summary>The activation of a sum.</summary>
    public string Activated(string sum) => $"{shared}_tanh({shared}_bounded({sum}))";

    /// <summary>An input i in [-1, 1].</summary>
    public string Scaled(string input) => Scaling.Written(_scaling.Inputs, input, (step, x) => Step(step, x, "i"));

    // An output k in the program's units.
    private string InUnits(string output) => Scaling.Written(_scaling.Outputs, output, (step, y) => Step(step, y, "k"));

    private string Step(ScalingStep step, string value, string index) => step.Operation switch
    {
        ScalingOperation.Subtract => $"({value} - {name}_{step.Table}[{index}])",
        ScalingOperation.Divide => $"{value} / {name}_{step.Table}[{index}]",
        ScalingOperation.Multiply => $"{name}_{step.Table}[{index}] * {value}",
        ScalingOperation.Logarithm => $"({name}_{step.Table}[{index}] != 0 ? {shared}_log({value}) : {value})",
        _ => $"{name}_{step.Table}[{index}] + {value}",
    };

    /// <summary>An element of a table of weights, as a number.</summary>
    public string Weight(string element) => isHalf ? $"{shared}_half({name}_{element})" : $"{name}_{element}";

    private void WeightTable(StringBuilder text, string table, IEnumerable<float> weights) => CNumbers.Table(
        text, isHalf ? "unsigned short" : _real, $"{name}_{table}",
        weights.Select(w => isHalf ? $"0x{BitConverter.HalfToUInt16Bits((Half)w):x4}" : CNumbers.Of(w)));
}
