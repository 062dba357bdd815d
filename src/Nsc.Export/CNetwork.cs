// The network of a surrogate as C: its tables, and the functions that compute it for one row and for many.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;

namespace Nsc.Export;

/// <param name="name">What the names of all tables and functions begin with.</param>
/// <param name="shared">What the names of <see cref="WriteTanh"/>'s and <see cref="WriteHalf"/>'s functions begin with, which several networks share.</param>
/// <param name="isHalf">Whether the tables hold 16-bit floats; see <see cref="HalfWeights"/>.</param>
internal sealed class CNetwork(Surrogate surrogate, string name, string shared, Precision precision, bool isHalf)
{
    // Samples that a batch takes at a time, side by side: a vector of any width is full, and their activations stay in the first-level cache.
    private const int Block = 32;

    // Products that one statement adds up; a compiler keeps such a sum in registers.
    private const int Terms = 16;

    private readonly Topology _shape = surrogate.Topology;
    private readonly string _real = precision == Precision.Single ? "float" : "double";

    /// <summary>A layer's weights are stored by column, so that one input's weights to all units of a layer lie side by side.</summary>
    public void WriteTables(StringBuilder text)
    {
        Table(text, "double", $"{name}_middle[{_shape.Inputs}]", surrogate.Signature.Inputs.Select(i => Number(i.Range.Middle)));
        Table(text, "double", $"{name}_half_width[{_shape.Inputs}]", surrogate.Signature.Inputs.Select(i => Number(i.Range.HalfWidth)));
        Table(text, "double", $"{name}_mean[{_shape.Outputs}]", surrogate.OutputMean.Select(Number));
        Table(text, "double", $"{name}_deviation[{_shape.Outputs}]", surrogate.OutputDeviation.Select(Number));
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

    public static void Table(StringBuilder text, string type, string name, IEnumerable<string> numbers)
    {
        text.Append(CultureInfo.InvariantCulture, $"static const {type} {name} = {{");
        foreach (string[] line in numbers.Chunk(8))
        {
            text.Append("\n    ").AppendJoin(", ", line).Append(',');
        }

        text.Append("\n};\n");
    }

    /// <summary>
    /// The activation, written so that compilers make vectors of it, and so that -ffast-math changes nothing that matters. The bounds are
    /// apart, because gcc branches when it sees both at once.
    /// </summary>
    public static void WriteTanh(StringBuilder text, string shared, Precision precision) => text
        .Append(precision == Precision.Single ? TanhInSingle(shared) : TanhInDouble(shared)).Append("\n\n");

    // A quotient of polynomials (our own fit by Remez's algorithm) that is off by less than 8e-8 within its bounds, and by less than 4e-7 when it is
    // computed in single precision, as it is here; it may then exceed 1 by as much.
    private static string TanhInSingle(string shared) => $$"""
        static inline float {{shared}}_bounded(float x)
        {
            x = x < -8.5f ? -8.5f : x;
            return x > 8.5f ? 8.5f : x;
        }

        static inline float {{shared}}_tanh(float x)
        {
            float t = x * x;
            float p = 1.00000007f + t * (0.13464147f + t * (3.59358611e-3f + t * (2.21956705e-5f + t * 1.55153505e-8f)));
            float q = 1 + t * (0.467975118f + t * (0.0262516589f + t * (3.44472203e-4f + t * 8.66814071e-7f)));
            return x * p / q;
        }
        """;

    // 1 - 2 / (exp(2x) + 1), the exponential as a power of two, whose bits are made, times that of a rest of at most ln(2)/2, of which eleven terms of
    // the series leave less than 1e-14.
    private static string TanhInDouble(string shared)
    {
        string series = "0";
        for (long n = 11, factorial = 39_916_800; n >= 0; factorial /= Math.Max(n, 1), n--)
        {
            series = $"1.0 / {factorial} + r * ({series})";
        }

        return $$"""
            static inline double {{shared}}_bounded(double x)
            {
                x = x < -19 ? -19 : x;
                return x > 19 ? 19 : x;
            }

            static inline double {{shared}}_tanh(double x)
            {
                union { unsigned long long bits; double value; } power;
                double t = x * 2.8853900817779268;
                int n = (int)(t + 64.5) - 64;
                double r = (t - n) * 0.69314718055994531;
                power.bits = (unsigned long long)(n + 1023) << 52;
                return 1 - 2 / (power.value * ({{series}}) + 1);
            }
            """;
    }

    /// <summary>A 16-bit float's value on any machine: its bits moved to where a float has them are the value, but for a power of two.</summary>
    public static void WriteHalf(StringBuilder text, string shared) => text.Append($$"""
        static inline float {{shared}}_half(unsigned short half)
        {
            union { unsigned bits; float value; } moved;
            moved.bits = (half & 0x8000u) << 16 | (half & 0x7fffu) << 13;
            return moved.value * 0x1p112f;
        }


        """);

    /// <summary><c>NAME_one(in, out)</c>, and for the surrogate itself <c>NAME(in, out)</c>.</summary>
    public void WriteOne(StringBuilder text)
    {
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static inline void {{name}}_one(const double *in, double *out)
            {
                {{_real}} u[{{_shape.Inputs}}], a[{{widest}}], b[{{widest}}];
                for (int i = 0; i < {{_shape.Inputs}}; i++)
                    u[i] = ({{_real}})((in[i] - {{name}}_middle[i]) / {{name}}_half_width[i]);
                for (int k = 0; k < {{_shape.Outputs}}; k++)
                {

            """);
        WriteLayers(text, "", "");
        text.Append(CultureInfo.InvariantCulture, $$"""
                    out[k] = {{name}}_mean[k] + {{name}}_deviation[k] * {{Buffers.Last(_shape)}}[0];
                }
            }


            """);
    }

    /// <summary>The functions that others call: NAME(in, out) and NAME_batch(in, out, count).</summary>
    public void WriteBatch(StringBuilder text)
    {
        int widest = Buffers.Length(_shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static void {{name}}_some(const double *in, double *out)
            {
                {{_real}} u[{{_shape.Inputs}}][{{Block}}], a[{{widest}}][{{Block}}], b[{{widest}}][{{Block}}];
                for (int i = 0; i < {{_shape.Inputs}}; i++)
                    for (int s = 0; s < {{Block}}; s++)
                        u[i][s] = ({{_real}})((in[s * {{_shape.Inputs}} + i] - {{name}}_middle[i]) / {{name}}_half_width[i]);
                for (int k = 0; k < {{_shape.Outputs}}; k++)
                {

            """);
        WriteLayers(text, "[s]", $"            for (int s = 0; s < {Block}; s++)\n    ");
        text.Append(CultureInfo.InvariantCulture, $$"""
                    for (int s = 0; s < {{Block}}; s++)
                        out[s * {{_shape.Outputs}} + k] = {{name}}_mean[k] + {{name}}_deviation[k] * {{Buffers.Last(_shape)}}[0][s];
                }
            }

            void {{name}}(const double *in, double *out);
            void {{name}}(const double *in, double *out)
            {
                {{name}}_one(in, out);
            }

            void {{name}}_batch(const double *in, double *out, size_t count);
            void {{name}}_batch(const double *in, double *out, size_t count)
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

    private string Weight(string element) => isHalf ? $"{shared}_half({name}_{element})" : $"{name}_{element}";

    private void WeightTable(StringBuilder text, string table, IEnumerable<float> weights) => Table(
        text, isHalf ? "unsigned short" : _real, $"{name}_{table}",
        weights.Select(w => isHalf ? $"0x{BitConverter.HalfToUInt16Bits((Half)w):x4}" : Number(w)));

    public static string Number(double value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture));

    private static string Number(float value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture)) + "f";

    private static string Decimal(string number) => number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";
}
