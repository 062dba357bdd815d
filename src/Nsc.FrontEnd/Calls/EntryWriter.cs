// Writes the C function that stands between flattened doubles and the program's own parameters.

using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Calls;

/// <summary>
/// The text must compile without warnings after any supported unit. So every name of its own begins with nsc_, and parameters are
/// initialised whole, in declaration order, which also fits members that are const or unnamed. Output buffers begin as what <c>out</c>
/// holds: the graph's builder takes that for a mark of what nobody wrote, and the sandbox puts zeros there.
/// </summary>
internal sealed class EntryWriter
{
    private readonly StringBuilder _text = new();
    private int _inputs;
    private int _outputs;

    /// <summary>The entry's text; a function of its own name per program, so that many fit one unit.</summary>
    public static string Write(FunctionShape function, string entryName) => new EntryWriter().WriteEntry(function, entryName);

    private string WriteEntry(FunctionShape function, string entryName)
    {
        _text.Append(CultureInfo.InvariantCulture, $"void {entryName}(const double *nsc_in, double *nsc_out);\n");
        _text.Append(CultureInfo.InvariantCulture, $"void {entryName}(const double *nsc_in, double *nsc_out) {{\n");
        _outputs = function.Result?.Leaves("").Count() ?? 0;
        for (int i = 0; i < function.Parameters.Length; i++)
        {
            Parameter parameter = function.Parameters[i];
            _text.Append(CultureInfo.InvariantCulture, $"  {parameter.Shape.Declare($"nsc_a{i}")} = {Initialiser(parameter.Shape, parameter.IsOutput)};\n");
        }

        WriteCall(function);
        WriteResults(function);
        return _text.Append("}\n").ToString();
    }

    private string Initialiser(Shape shape, bool isOutput) => shape switch
    {
        Shape.Scalar { Kind: ScalarKind.Bool } when isOutput => $"nsc_out[{_outputs++}] != 0",
        Shape.Scalar scalar when isOutput => $"({scalar.Kind.Spelling()})nsc_out[{_outputs++}]",
        Shape.Scalar { Kind: ScalarKind.Bool } => $"nsc_in[{_inputs++}] != 0",
        Shape.Scalar scalar => $"({scalar.Kind.Spelling()})nsc_in[{_inputs++}]",
        Shape.Array array => Braced(Enumerable.Repeat(array.Element, array.Extent), isOutput),
        Shape.Struct record => Braced(record.Fields.Select(f => f.Shape), isOutput),
        _ => throw new InvalidOperationException("a fourth kind of shape"),
    };

    private string Braced(IEnumerable<Shape> parts, bool isOutput) =>
        $"{{ {string.Join(", ", parts.Select(p => Initialiser(p, isOutput)))} }}";

    private void WriteCall(FunctionShape function)
    {
        IEnumerable<string> arguments = function.Parameters.Select((p, i) => p.Passing == Passing.Address ? $"&nsc_a{i}" : $"nsc_a{i}");
        string result = function.Result is null ? "" : $"{function.Result.Declare("nsc_r")} = ";
        _text.Append(CultureInfo.InvariantCulture, $"  {result}{function.Name}({string.Join(", ", arguments)});\n");
    }

    private void WriteResults(FunctionShape function)
    {
        var written = (function.Result?.Leaves("nsc_r") ?? [])
            .Concat(function.Parameters.SelectMany((p, i) => p.IsOutput ? p.Shape.Leaves($"nsc_a{i}") : []));
        int index = 0;
        foreach (Leaf leaf in written)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  nsc_out[{index++}] = (double){leaf.Name};\n");
        }
    }
}
