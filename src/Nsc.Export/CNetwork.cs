// The network of a surrogate as C: its tables, and the functions that compute it for one row and for many.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export.Approximations;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <param name="name">What the names of all tables and functions begin with.</param>
/// <param name="shared">What the names of <see cref="CFunctions"/> begin with, which several networks share.</param>
internal sealed class CNetwork(Surrogate surrogate, string name, string shared, ExportOptions options)
{
    private const int Block = CBlocks.Rows;

    // Products that one statement adds up; a compiler keeps such a sum in registers.
    private const int Terms = 16;

    private readonly Topology _shape = surrogate.Topology;
    private readonly Scaling _scaling = Scaling.Of(surrogate);
    private readonly string _real = options.Precision == Precision.Single ? "float" : "double";
    private readonly CNumbers _numbers = new(options.IsSingleThroughout);

    /// <summary>What the names of its tables and functions begin with.</summary>
    public string Name => name;

    /// <summary>The type that it computes in.</summary>
    public string Real => _real;

    /// <summary>The type of inputs, outputs and what scales them.</summary>
    public CNumbers Numbers => _numbers;

    /// <summary>A layer's weights are stored by column, so that one input's weights to all units of a layer lie side by side.</summary>
    public void WriteTables(StringBuilder text)
    {
        foreach (ScalingStep step in _scaling.Tables)
        {
            CNumbers.Table(text, _numbers.Type, $"{name}_{step.Table}[{step.Values.Length}]{Placement}", step.Values.Select(_numbers.Of));
        }

        for (int l = 0; l < _shape.LayerCount; l++)
        {
            (int rows, int columns) = (_shape.Rows(l), _shape.Columns(l));
            Layer layer = surrogate.Layers[l];
            float[] units = options.Weights.IsFraction() ? [.. layer.Weight.Chunk(columns).Select(row => options.Weights.Unit(row))] : [];
            WeightTable(text, $"w{l + 1}", Enumerable.Range(0, _shape.Outputs * rows * columns)
                .Select(i => (Unit: (i / (rows * columns) * rows) + (i % rows), Column: i / rows % columns))
                .Select(p => (layer.Weight[(p.Unit * columns) + p.Column], units.Length > 0 ? units[p.Unit] : 0)));
            if (units.Length > 0)
            {
                CNumbers.Table(text, _real, $"{name}_s{l + 1}[{units.Length}]{Placement}", units.Select(CNumbers.Of));
                CNumbers.Table(text, _real, $"{name}_b{l + 1}[{layer.Bias.Length}]{Placement}", layer.Bias.Select(CNumbers.Of));
            }
            else
            {
                WeightTable(text, $"b{l + 1}", layer.Bias.Select(b => (b, 0f)));
            }
        }

        text.Append('\n');
    }

    /// <summary><c>NAME_one(in, out)</c>, and for the surrogate itself <c>NAME(in, out)</c>.</summary>
    public void WriteOne(StringBuilder text)
    {
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static inline void {{name}}_one(const {{_numbers.Type}} *in, {{_numbers.Type}} *out)
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

    /// <summary><c>NAME_many(in, out, count)</c>: NAME_one for many rows, a block at a time.</summary>
    public void WriteMany(StringBuilder text)
    {
        string number = _numbers.Type;
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static void {{name}}_some(const {{number}} *in, {{number}} *out)
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

            static void {{name}}_many(const {{number}} *in, {{number}} *out, size_t count)
            {
                size_t s = 0;
                for (; s + {{Block}} <= count; s += {{Block}})
                    {{name}}_some(in + s * {{_shape.Inputs}}, out + s * {{_shape.Outputs}});
                for (; s < count; s++)
                    {{name}}_one(in + s * {{_shape.Inputs}}, out + s * {{_shape.Outputs}});
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
                bool isLast = first + Terms >= columns;
                string start = first > 0 ? $"{to}[j]{index}" : options.Weights.IsFraction() ? "0" : Bias(l, "j");
                IEnumerable<string> products = Enumerable.Range(first, Math.Min(Terms, columns - first))
                    .Select(i => $"\n                + {from}[{i}]{index} * {Stored(l, i.ToString(CultureInfo.InvariantCulture), "j")}");
                string sum = start + string.Concat(products);
                sum = isLast && options.Weights.IsFraction() ? $"{Bias(l, "j")} + {Unit(l, "j")} * ({sum})" : sum;
                WriteLoop(rows, $"{to}[j]{index} = {(isHidden && isLast ? $"{shared}_bounded({sum})" : sum)};");
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

    /// <summary>An output k in the program's units.</summary>
    public string InUnits(string output) => Scaling.Written(_scaling.Outputs, output, (step, y) => Step(step, y, "k"));

    private string Step(ScalingStep step, string value, string index) => step.Operation switch
    {
        ScalingOperation.Subtract => $"({value} - {name}_{step.Table}[{index}])",
        ScalingOperation.Divide => $"{value} / {name}_{step.Table}[{index}]",
        ScalingOperation.Multiply => $"{name}_{step.Table}[{index}] * {value}",
        ScalingOperation.Logarithm => $"({name}_{step.Table}[{index}] != 0 ? {shared}_log({value}) : {value})",
        ScalingOperation.Exponential => $"({name}_{step.Table}[{index}] != 0 ? {shared}_exp({value}) : {value})",
        _ => $"{name}_{step.Table}[{index}] + {value}",
    };

    /// <summary>The bias of a unit of net k.</summary>
    public string Bias(int layer, string row) =>
        Halved($"{name}_b{layer + 1}[k * {_shape.Rows(layer)} + {row}]", isHalf: options.Weights == WeightFormat.Float16);

    /// <summary>The weight by which a unit of net k takes an input.</summary>
    public string Weight(int layer, string column, string row) =>
        options.Weights.IsFraction() ? $"{Unit(layer, row)} * {Stored(layer, column, row)}" : Stored(layer, column, row);

    // The same as it is stored; whole numbers are multiples of the unit's.
    private string Stored(int layer, string column, string row) => Halved(
        $"{name}_w{layer + 1}[(k * {_shape.Columns(layer)} + {column}) * {_shape.Rows(layer)} + {row}]", isHalf: options.Weights == WeightFormat.Float16);

    private string Unit(int layer, string row) => $"{name}_s{layer + 1}[k * {_shape.Rows(layer)} + {row}]";

    private string Halved(string element, bool isHalf) => isHalf ? $"{shared}_half({element})" : element;

    private string Placement => options.Section is { } section ? $" __attribute__((section(\"{section}\")))" : "";

    private void WeightTable(StringBuilder text, string table, IEnumerable<(float Weight, float Unit)> weights)
    {
        string[] numbers = [.. weights.Select(w => options.Weights switch
        {
            WeightFormat.Float32 => CNumbers.Of(w.Weight),
            WeightFormat.Float16 => $"0x{BitConverter.HalfToUInt16Bits((Half)w.Weight):x4}",
            _ => StoredWeights.Multiple(w.Weight, w.Unit).ToString(CultureInfo.InvariantCulture),
        })];
        string type = options.Weights switch { WeightFormat.Float32 => _real, WeightFormat.Float16 => "unsigned short", WeightFormat.Q15 => "short", _ => "signed char" };
        CNumbers.Table(text, type, $"{name}_{table}[{numbers.Length}]{Placement}", numbers);
    }
}
