// A surrogate's answers with their derivatives, as people, tables and programs read them.

using System.Globalization;
using Nsc.CommandLine.Json;
using Nsc.Core.Programs;

namespace Nsc.CommandLine.Data;

internal static class JacobianTables
{
    /// <summary>Writes answers and derivatives.</summary>
    /// <param name="jacobian">(rows, outputs, inputs), row-major.</param>
    public static void Write(bool json, bool asTable, ProgramSignature signature, NamedAnswers named, double[] jacobian, TextWriter output)
    {
        double[][] answers = named.Rows, slopes = [.. jacobian.Chunk(signature.Outputs.Length * signature.Inputs.Length)];
        if (json)
        {
            JacobianJson[] rows = [.. answers.Zip(slopes, (a, s) => ToJson(signature, named.Names, a, s))];
            if (asTable)
            {
                NscJson.Write(output, rows);
            }
            else
            {
                NscJson.Write(output, rows[0]);
            }
        }
        else if (asTable)
        {
            output.WriteLine(string.Join(',', named.Names.Concat(Names(signature, "d({0})/d({1})")).Select(CsvTable.Cell)));
            foreach ((double[] answer, double[] slope) in answers.Zip(slopes))
            {
                output.WriteLine(string.Join(',', answer.Concat(slope).Select(v => v.ToString("R", CultureInfo.InvariantCulture))));
            }
        }
        else
        {
            foreach ((string name, double value) in named.Names.Concat(Names(signature, "d {0} / d {1}")).Zip(answers[0].Concat(slopes[0])))
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} = {value:G9}"));
            }
        }
    }

    private static IEnumerable<string> Names(ProgramSignature signature, string form) =>
        signature.Outputs.SelectMany(o => signature.Inputs.Select(i => string.Format(CultureInfo.InvariantCulture, form, o.Name, i.Name)));

    private static JacobianJson ToJson(ProgramSignature signature, string[] named, double[] answers, double[] slopes)
    {
        string[] names = [.. signature.Outputs.Select(o => o.Name)], inputs = [.. signature.Inputs.Select(i => i.Name)];
        return new JacobianJson(
            named.Zip(answers).ToDictionary(p => p.First, p => p.Second),
            names.Zip(slopes.Chunk(inputs.Length)).ToDictionary(p => p.First, p => inputs.Zip(p.Second).ToDictionary(q => q.First, q => q.Second)));
    }
}
