// Rows of inputs and answers in an exported C file, to test with what was built of it on the machine where it runs.

using System.Globalization;
using System.Text;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

internal static class CTestRows
{
    /// <summary>The tables, which take no space unless NAME_TEST is defined.</summary>
    public static void Write(StringBuilder text, Surrogate surrogate, string name, CNumbers numbers, int rows)
    {
        double[] inputs = InputSampler.Draw(surrogate.Signature, rows, new SplitMix64(1));
        inputs = numbers.IsSingle ? Array.ConvertAll(inputs, x => (double)(float)x) : inputs;
        text.Append($"\n#ifdef {name.ToUpperInvariant()}_TEST\n// Random inputs, and what nsc run answers.\n{Declarations(surrogate, name, numbers, rows, isGuarded: false)}");
        Table("in", inputs, surrogate.Topology.Inputs);
        Table("out", surrogate.Answer(inputs), surrogate.Topology.Outputs);
        text.Append("#endif\n\n");

        void Table(string table, double[] values, int columns)
        {
            text.Append(CultureInfo.InvariantCulture, $"const {numbers.Type} {name}_test_{table}[{rows}][{columns}] = {{\n");
            foreach (double[] row in values.Chunk(columns))
            {
                text.Append("    {").AppendJoin(", ", row.Select(numbers.Of)).Append("},\n");
            }

            text.Append("};\n");
        }
    }

    /// <summary>Their declarations.</summary>
    public static string Declarations(Surrogate surrogate, string name, CNumbers numbers, int rows, bool isGuarded = true)
    {
        string declared = string.Create(
            CultureInfo.InvariantCulture,
            $"#define {name.ToUpperInvariant()}_TEST_ROWS {rows}\nextern const {numbers.Type} {name}_test_in[{rows}][{surrogate.Topology.Inputs}], {name}_test_out[{rows}][{surrogate.Topology.Outputs}];\n");
        return isGuarded ? $"#ifdef {name.ToUpperInvariant()}_TEST\n{declared}#endif\n" : declared;
    }
}
