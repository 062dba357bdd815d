// Writes the C function that stands between flattened doubles and the program's own parameters.

using System.Globalization;
using System.Text;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Clang;

/// <summary>
/// The text must compile without warnings after any supported unit. So every name of its own begins with nsc_, each word
/// that it uses and the unit may have defined as a macro is undefined first, and parameters are initialised whole, in
/// declaration order, which also fits members that are const or unnamed.
/// </summary>
internal sealed class EntryWriter
{
    /// <summary>
    /// Output buffers begin as nsc_unwritten[j] where the text becomes a graph, so that the graph's builder sees a value that
    /// nobody wrote, and as zero where it becomes native code.
    /// </summary>
    private const string Prologue = """
        #undef void
        #undef const
        #undef extern
        #undef static
        #undef unsigned
        #undef signed
        #undef char
        #undef short
        #undef int
        #undef long
        #undef float
        #undef double
        #undef _Bool
        #undef struct
        #undef enum
        #ifdef NSC_GRAPH
        extern const double nsc_unwritten[];
        #define nsc_initial(nsc_j) nsc_unwritten[nsc_j]
        #else
        #define nsc_initial(nsc_j) 0.0
        #endif

        """;

    private readonly StringBuilder _text = new(Prologue);
    private int _inputs;
    private int _outputs;

    /// <summary>The entry's text; a function of its own name per program, so that many fit one unit.</summary>
    public static string Write(FunctionShape function, string entryName) => new EntryWriter().WriteEntry(function, entryName);

    private string WriteEntry(FunctionShape function, string entryName)
    {
        UndefineNames(function);
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

    private void UndefineNames(FunctionShape function)
    {
        IEnumerable<Shape> shapes = function.Parameters.Select(p => p.Shape);
        IEnumerable<Shape> all = function.Result is null ? shapes : shapes.Append(function.Result);
        IEnumerable<string> names = all
            .SelectMany(s => s.FieldNames().Concat(s.Declare("nsc_a0").Split(' ')))
            .Where(n => n.All(c => char.IsLetterOrDigit(c) || c == '_') && !n.StartsWith("nsc_", StringComparison.Ordinal));
        foreach (string name in names.Append(function.Name).Distinct().Except(["unsigned", "signed", "char", "short", "int", "long", "float", "double", "_Bool", "struct", "enum"]))
        {
            _text.Append(CultureInfo.InvariantCulture, $"#undef {name}\n");
        }
    }

    private string Initialiser(Shape shape, bool isOutput) => shape switch
    {
        Shape.Scalar scalar when isOutput => $"({scalar.Kind.Spelling()})nsc_initial({_outputs++})",
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
        _text.Append(CultureInfo.InvariantCulture, $"  {result}({function.Name})({string.Join(", ", arguments)});\n");
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
