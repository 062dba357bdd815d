// A surrogate as one C file that needs nothing: no library, no allocation, no other file.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;

namespace Nsc.Export;

/// <summary>What the C file of a surrogate holds beside the network.</summary>
/// <param name="DropIn">A function with the program's signature that calls the surrogate, from the front end; null to leave it out.</param>
/// <param name="Guarded">Whether it calls the original where an input is outside the surrogate's ranges.</param>
public sealed record CExportOptions(string? DropIn, bool Guarded);

public static class CExport
{
    // Samples that a batch takes at a time: their activations fit into registers and the first-level cache.
    private const int Block = 8;

    /// <summary>
    /// The file's text, C99. For a function f it defines <c>f_surrogate(const double *in, double *out)</c>, which takes and gives numbers
    /// in the program's units, and <c>f_surrogate_batch(in, out, count)</c> for count rows of them; then, if asked, f itself.
    /// </summary>
    public static string Write(Surrogate surrogate, CExportOptions options)
    {
        string f = surrogate.Signature.Function;
        var text = new StringBuilder();
        WriteHeader(text, surrogate);
        text.Append("#include <stddef.h>\n#include <string.h>\n\n");
        WriteTables(text, surrogate, f);
        WriteTanh(text, f);
        WriteNetwork(text, surrogate.Topology, f, $"{f}_surrogate_some", Block);
        WriteNetwork(text, surrogate.Topology, f, $"{f}_surrogate_one", 1);
        WriteEntries(text, surrogate.Topology, f);
        if (options.DropIn is not null)
        {
            WriteDropIn(text, surrogate, f, options);
        }

        return text.ToString();
    }

    private static void WriteHeader(StringBuilder text, Surrogate surrogate)
    {
        Provenance made = surrogate.Provenance;
        text.Append(CultureInfo.InvariantCulture, $"// A neural surrogate of {surrogate.Signature.Function}: {surrogate.Topology}.\n");
        text.Append(CultureInfo.InvariantCulture, $"// Made by nsc {made.ToolVersion} from source {made.SourceHash[..16]}, {made.Samples} samples. C99; needs nothing but the compiler.\n");
        for (int i = 0; i < surrogate.Signature.Inputs.Length; i++)
        {
            var input = surrogate.Signature.Inputs[i];
            text.Append(CultureInfo.InvariantCulture, $"//   in[{i}]: {input.Name} in {input.Range}\n");
        }

        for (int k = 0; k < surrogate.Signature.Outputs.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"//   out[{k}]: {surrogate.Signature.Outputs[k].Name}\n");
        }

        text.Append('\n');
    }

    // A layer's weights by column, so that one input's weights to all units of a layer lie side by side.
    private static void WriteTables(StringBuilder text, Surrogate surrogate, string f)
    {
        Topology shape = surrogate.Topology;
        Table(text, "double", $"{f}_surrogate_middle[{shape.Inputs}]", surrogate.Signature.Inputs.Select(i => Number(i.Range.Middle)));
        Table(text, "double", $"{f}_surrogate_half_width[{shape.Inputs}]", surrogate.Signature.Inputs.Select(i => Number(i.Range.HalfWidth)));
        Table(text, "double", $"{f}_surrogate_mean[{shape.Outputs}]", surrogate.OutputMean.Select(Number));
        Table(text, "double", $"{f}_surrogate_deviation[{shape.Outputs}]", surrogate.OutputDeviation.Select(Number));
        for (int l = 0; l < shape.LayerCount; l++)
        {
            (int rows, int columns) = (shape.Rows(l), shape.Columns(l));
            Layer layer = surrogate.Layers[l];
            Table(text, "float", $"{f}_surrogate_w{l + 1}[{shape.Outputs * columns * rows}]", Enumerable.Range(0, shape.Outputs * rows * columns)
                .Select(i => (Output: i / (rows * columns), Column: i / rows % columns, Row: i % rows))
                .Select(p => Number(layer.Weight[(((p.Output * rows) + p.Row) * columns) + p.Column])));
            Table(text, "float", $"{f}_surrogate_b{l + 1}[{shape.Outputs * rows}]", layer.Bias.Select(b => Number(b)));
        }

        text.Append('\n');
    }

    private static void Table(StringBuilder text, string type, string name, IEnumerable<string> numbers)
    {
        text.Append(CultureInfo.InvariantCulture, $"static const {type} {name} = {{");
        foreach (string[] line in numbers.Chunk(8))
        {
            text.Append("\n    ").AppendJoin(", ", line).Append(',');
        }

        text.Append("\n};\n");
    }

    // exp is 2^k times Taylor's polynomial of the rest. Written so that compilers make vectors of it.
    private static void WriteTanh(StringBuilder text, string f) => text.Append($$"""
        static inline float {{f}}_surrogate_tanh(float x)
        {
            x = x < -9.02f ? -9.02f : x;
            x = x > 9.02f ? 9.02f : x;
            float y = x + x, scaled = y * 1.44269504f;
            int k = (int)(scaled + (scaled < 0 ? -0.5f : 0.5f));
            float r = y - (float)k * 0.693359375f + (float)k * 2.12194440e-4f;
            float e = 1 + r * (1 + r * (0.5f + r * (1 / 6.0f + r * (1 / 24.0f + r * (1 / 120.0f + r * (1 / 720.0f + r / 5040.0f))))));
            int bits;
            memcpy(&bits, &e, sizeof bits);
            bits += k * (1 << 23);
            memcpy(&e, &bits, sizeof e);
            return (e - 1) / (e + 1);
        }


        """);

    private static void WriteNetwork(StringBuilder text, Topology shape, string f, string name, int samples)
    {
        int widest = Buffers.Length(shape);
        text.Append(CultureInfo.InvariantCulture, $$"""
            static inline void {{name}}(const double *in, double *out)
            {
                float u[{{samples}}][{{shape.Inputs}}], a[{{samples}}][{{widest}}], b[{{samples}}][{{widest}}];
                for (int s = 0; s < {{samples}}; s++)
                    for (int i = 0; i < {{shape.Inputs}}; i++)
                        u[s][i] = (float)((in[s * {{shape.Inputs}} + i] - {{f}}_surrogate_middle[i]) / {{f}}_surrogate_half_width[i]);
                for (int k = 0; k < {{shape.Outputs}}; k++)
                {

            """);
        for (int l = 0; l < shape.LayerCount; l++)
        {
            (int rows, int columns) = (shape.Rows(l), shape.Columns(l));
            (string from, string to) = (Buffers.From(l, "u"), Buffers.To(l));
            text.Append(CultureInfo.InvariantCulture, $$"""
                        for (int s = 0; s < {{samples}}; s++)
                            for (int j = 0; j < {{rows}}; j++)
                                {{to}}[s][j] = {{f}}_surrogate_b{{l + 1}}[k * {{rows}} + j];
                        for (int i = 0; i < {{columns}}; i++)
                            for (int s = 0; s < {{samples}}; s++)
                                for (int j = 0; j < {{rows}}; j++)
                                    {{to}}[s][j] += {{from}}[s][i] * {{f}}_surrogate_w{{l + 1}}[(k * {{columns}} + i) * {{rows}} + j];

                """);
            text.Append(l + 1 == shape.LayerCount ? "" : $$"""
                        for (int s = 0; s < {{samples}}; s++)
                            for (int j = 0; j < {{rows}}; j++)
                                {{to}}[s][j] = {{f}}_surrogate_tanh({{to}}[s][j]);

                """);
        }

        text.Append(CultureInfo.InvariantCulture, $$"""
                    for (int s = 0; s < {{samples}}; s++)
                        out[s * {{shape.Outputs}} + k] = {{f}}_surrogate_mean[k] + {{f}}_surrogate_deviation[k] * {{Buffers.Last(shape)}}[s][0];
                }
            }


            """);
    }

    private static void WriteEntries(StringBuilder text, Topology shape, string f) => text.Append(CultureInfo.InvariantCulture, $$"""
        void {{f}}_surrogate(const double *in, double *out);
        void {{f}}_surrogate(const double *in, double *out)
        {
            {{f}}_surrogate_one(in, out);
        }

        void {{f}}_surrogate_batch(const double *in, double *out, size_t count);
        void {{f}}_surrogate_batch(const double *in, double *out, size_t count)
        {
            size_t s = 0;
            for (; s + {{Block}} <= count; s += {{Block}})
                {{f}}_surrogate_some(in + s * {{shape.Inputs}}, out + s * {{shape.Outputs}});
            for (; s < count; s++)
                {{f}}_surrogate_one(in + s * {{shape.Inputs}}, out + s * {{shape.Outputs}});
        }

        """);

    // The original's text comes along for its types, and as what a guard falls back to.
    private static void WriteDropIn(StringBuilder text, Surrogate surrogate, string f, CExportOptions options)
    {
        if (options.Guarded)
        {
            IEnumerable<string> within = surrogate.Signature.Inputs
                .Select((input, i) => $"in[{i}] >= {Number(input.Range.Low)} && in[{i}] <= {Number(input.Range.High)}");
            text.Append(CultureInfo.InvariantCulture, $"\n#define NSC_GUARD\nstatic int {f}_trusted(const double *in)\n{{\n    return {string.Join("\n        && ", within)};\n}}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n// The original, under another name.\n#define {f} {f}_original\n{surrogate.Program.Source.TrimEnd()}\n#undef {f}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"// In place of {f}.\n{options.DropIn}");
    }

    private static string Number(double value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture));

    private static string Number(float value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture)) + "f";

    private static string Decimal(string number) => number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";
}
