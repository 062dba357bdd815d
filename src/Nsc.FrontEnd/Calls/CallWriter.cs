// Writes the C statements of a call: declares what is handed over, calls, and takes what comes back.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Calls;

internal sealed class CallWriter
{
    // The variable that takes the result. Names of our own cannot hide what the unit declares.
    private const string ResultName = "nsc_r", ArgumentName = "nsc_a";

    /// <summary>What the names of arrays that are handed over contain in compiled code where they are static.</summary>
    public const string StaticName = "." + ArgumentName;

    private readonly FunctionCall _call;
    private readonly string _uncalled;
    private readonly bool _isStatic;
    private readonly ImmutableArray<string> _before;
    private readonly StringBuilder _text = new();
    private int _next;

    private CallWriter(FunctionCall call, ImmutableArray<string> before, string uncalled, bool isStatic) => (_call, _before, _uncalled, _isStatic) = (call, before, uncalled, isStatic);

    /// <summary>The function <c>void ENTRY(const double *nsc_in, double *nsc_out)</c> around a call, in the form of <see cref="CProgram.EntrySource"/>.</summary>
    /// <remarks>
    /// The text must compile without warnings after any supported unit. So every name of its own begins with nsc_, and parameters are
    /// initialised whole, in declaration order, which also fits members that are const or unnamed. Output buffers begin as what <c>out</c>
    /// holds: the graph's builder takes that for a mark of what nobody wrote, and the sandbox puts zeros there.
    /// </remarks>
    /// <param name="begin">What stands before anything else.</param>
    /// <param name="isStatic">Whether arrays are static, so that compilers do not take it for granted that the function keeps within them.</param>
    public static string Entry(FunctionCall call, string entryName, string begin = "", bool isStatic = false)
    {
        int inputs = 0, outputs = call.Results("").Count();
        ImmutableArray<string> before = [.. call.Scalars.Select(s =>
        {
            int output = s.IsOutput ? outputs++ : -1;
            string value = s.IsInput ? $"nsc_in[{inputs++}]" : call.Fixed.TryGetValue(s.Leaf.Name, out double known) ? Number(known) : output >= 0 ? $"nsc_out[{output}]" : "0";
            return Typed(s.Leaf.Kind, value);
        })];
        string header = $"void {entryName}(const double *nsc_in, double *nsc_out)";
        string uncalled = $"{entryName}_uncalled", body = Write(call, before, uncalled, isStatic);
        string trap = body.Contains(uncalled, StringComparison.Ordinal) ? $"static void {uncalled}(void) {{ __builtin_trap(); }}\n" : "";
        return $"{trap}{header};\n{header} {{\n{begin}{body}}}\n";
    }

    // For each scalar that is handed over there is an expression that gives it; "0" where it does not matter.
    private static string Write(FunctionCall call, ImmutableArray<string> before, string uncalled, bool isStatic)
    {
        var writer = new CallWriter(call, before, uncalled, isStatic);
        writer.WriteCall([.. call.Parameters.Select(writer.Argument).OfType<string>()]);
        writer.WriteOutputs();
        return writer._text.ToString();
    }

    private static string NameOf(Parameter parameter, int index) => parameter.Passing == Passing.Variable ? parameter.Name : $"{ArgumentName}{index}";

    // A number as a scalar of a kind.
    private static string Typed(ScalarKind kind, string value) => kind == ScalarKind.Bool ? $"{value} != 0" : $"({kind.Spelling()}){value}";

    /// <summary>A number as a constant of C.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Null for a variable, which is set instead of handed over.
    private string? Argument(Parameter parameter, int index)
    {
        if (parameter.Passing == Passing.Variable)
        {
            SetVariable(parameter.Shape, parameter.Name);
            return null;
        }

        if (parameter.Shape is Shape.LeftOut or Shape.Function)
        {
            return parameter.Shape is Shape.Function function ? function.Value : "0";
        }

        string name = NameOf(parameter, index);
        if (_isStatic && parameter.Passing == Passing.Elements)
        {
            _text.Append(CultureInfo.InvariantCulture, $"  static {parameter.Shape.Declare(name)};\n");
            SetVariable(parameter.Shape, name);
            return name;
        }

        _text.Append(CultureInfo.InvariantCulture, $"  {parameter.Shape.Declare(name)} = {Initialiser(parameter.Shape)};\n");
        return parameter.Passing == Passing.Address ? $"&{name}{parameter.Member}" : name;
    }

    // Scalar by scalar: no array can be assigned.
    private void SetVariable(Shape shape, string place)
    {
        switch (shape)
        {
            case Shape.Array array:
                for (int i = 0; i < array.Extent; i++)
                {
                    SetVariable(array.Element, $"{place}[{i}]");
                }

                break;
            case Shape.Struct record:
                foreach (Shape.Field field in record.Fields)
                {
                    SetVariable(field.Shape, field.PathFrom(place));
                }

                break;
            case Shape.Union union:
                SetVariable(union.Member.Shape, union.Member.PathFrom(place));
                break;
            case Shape.Pointer or Shape.Handle or Shape.Function:
                _text.Append(CultureInfo.InvariantCulture, $"  {place} = {Initialiser(shape)};\n");
                break;
            default:
                foreach (Leaf leaf in shape.Leaves(place))
                {
                    _text.Append(CultureInfo.InvariantCulture, $"  {leaf.Place} = {_before[_next++]};\n");
                }

                break;
        }
    }

    private void WriteCall(List<string> arguments)
    {
        string result = _call.Results("").Any() ? _call.Result!.Declare(ResultName) + " = " : "";
        _text.Append(CultureInfo.InvariantCulture, $"  {result}{_call.Function}({string.Join(", ", arguments)});\n");
    }

    private void WriteOutputs()
    {
        ImmutableArray<Leaf> held = [.. _call.Parameters.SelectMany((p, i) => p.Shape.Leaves(NameOf(p, i)))];
        int output = 0;
        foreach (Leaf leaf in _call.Results(ResultName).Concat(_call.Outputs.Where(o => o.Scalar >= 0).Select(o => held[o.Scalar])))
        {
            _text.Append(CultureInfo.InvariantCulture, $"  nsc_out[{output++}] = (double){leaf.Place};\n");
        }
    }

    private string Initialiser(Shape shape) => shape switch
    {
        Shape.Array array => Braced(Enumerable.Repeat(array.Element, array.Extent)),
        Shape.Struct record => Braced(record.Fields.Select(f => f.Shape)),
        Shape.Union { Member: { Name.Length: > 0 } member } => $"{{ .{member.Name} = {Initialiser(member.Shape)} }}",
        Shape.Union union => Braced([union.Member.Shape]),
        Shape.Pointer { Target: Shape.Array array } => $"({array.Declare("").TrimEnd()}){Initialiser(array)}",
        Shape.Pointer pointer => $"({pointer.Target.Declare("[1]")}){Braced([pointer.Target])}",
        Shape.LeftOut => "{ 0 }",
        Shape.Function function => function.Value,
        Shape.Handle handle => $"({handle.TypeName})(void (*)(void)){_uncalled}",
        Shape.Complex => $"__builtin_complex({_before[_next++]}, {_before[_next++]})",
        _ => _before[_next++],
    };

    // Zeros at the end go without saying.
    private string Braced(IEnumerable<Shape> parts)
    {
        List<string> values = [.. parts.Select(Initialiser)];
        int last = values.FindLastIndex(v => v is not ("0" or "{ 0 }"));
        return last < 0 ? "{ 0 }" : $"{{ {string.Join(", ", values.Take(last + 1))} }}";
    }
}
