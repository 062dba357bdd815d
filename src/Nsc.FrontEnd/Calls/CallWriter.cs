// Writes the C statements of a call: declares what is handed over, calls, and takes what comes back.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Calls;

/// <summary>How the statements look.</summary>
/// <param name="Prefix">Variables have numbered names that begin with this; null for the parameters' own names.</param>
/// <param name="ResultName">The variable that takes the result.</param>
/// <param name="DeclaresScalars">Whether scalars, too, are put into variables first.</param>
internal sealed record CallStyle(string Indent, string? Prefix, string ResultName, bool DeclaresScalars)
{
    /// <summary>For entries. Names of its own cannot hide what the unit declares.</summary>
    public static readonly CallStyle Entry = new("  ", "nsc_a", "nsc_r", DeclaresScalars: true);

    /// <summary>For text that people read.</summary>
    public static readonly CallStyle Plain = new("    ", null, "result", DeclaresScalars: false);

    public string NameOf(Parameter parameter, int index) => Prefix is null || parameter.Passing == Passing.Variable ? parameter.Name : $"{Prefix}{index}";
}

internal sealed class CallWriter
{
    private readonly FunctionCall _call;
    private readonly CallStyle _style;
    private readonly ImmutableArray<string> _before;
    private readonly StringBuilder _text = new();
    private int _next;

    private CallWriter(FunctionCall call, CallStyle style, ImmutableArray<string> before) => (_call, _style, _before) = (call, style, before);

    /// <summary>The function <c>void ENTRY(const double *nsc_in, double *nsc_out)</c> around a call, in the form of <see cref="CProgram.EntrySource"/>.</summary>
    /// <remarks>
    /// The text must compile without warnings after any supported unit. So every name of its own begins with nsc_, and parameters are
    /// initialised whole, in declaration order, which also fits members that are const or unnamed. Output buffers begin as what <c>out</c>
    /// holds: the graph's builder takes that for a mark of what nobody wrote, and the sandbox puts zeros there.
    /// </remarks>
    public static string Entry(FunctionCall call, string entryName)
    {
        int inputs = 0, outputs = call.Result?.Leaves("").Count() ?? 0;
        ImmutableArray<string> before = [.. call.Scalars.Select(s =>
        {
            int output = s.IsOutput ? outputs++ : -1;
            string value = s.IsInput ? $"nsc_in[{inputs++}]" : call.Fixed.TryGetValue(s.Leaf.Name, out double known) ? Number(known) : output >= 0 ? $"nsc_out[{output}]" : "0";
            return Typed(s.Leaf.Kind, value);
        })];
        ImmutableArray<string?> after = [.. call.Outputs.Select((_, k) => $"nsc_out[{k}] = (double)")];
        string header = $"void {entryName}(const double *nsc_in, double *nsc_out)";
        return $"{header};\n{header} {{\n{Write(call, CallStyle.Entry, before, after)}}}\n";
    }

    /// <param name="before">For each scalar that is handed over the expression that gives it; "0" where it does not matter.</param>
    /// <param name="after">For each output what goes before it in its statement, such as an assignment's left side; null to leave it.</param>
    public static string Write(FunctionCall call, CallStyle style, ImmutableArray<string> before, ImmutableArray<string?> after)
    {
        var writer = new CallWriter(call, style, before);
        List<string> arguments = [.. call.Parameters.Select(writer.Argument).OfType<string>()];
        writer.WriteCall(arguments, usesResult: style.DeclaresScalars ? call.Result is not null : call.Outputs.Zip(after).Any(o => o.First.Scalar < 0 && o.Second is not null));
        writer.WriteOutputs(after);
        return writer._text.ToString();
    }

    /// <summary>A number as a scalar of a kind.</summary>
    public static string Typed(ScalarKind kind, string value) => kind == ScalarKind.Bool ? $"{value} != 0" : $"({kind.Spelling()}){value}";

    /// <summary>A number as a constant of C.</summary>
    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Null for a variable, which is set instead of handed over.
    private string? Argument(Parameter parameter, int index)
    {
        if (parameter.Passing == Passing.Variable)
        {
            SetVariable(parameter);
            return null;
        }

        string value = Initialiser(parameter.Shape);
        if (parameter.Shape is Shape.Scalar && parameter.Passing == Passing.Value && !_style.DeclaresScalars)
        {
            return value;
        }

        string name = _style.NameOf(parameter, index);
        _text.Append(CultureInfo.InvariantCulture, $"{_style.Indent}{parameter.Shape.Declare(name)} = {value};\n");
        return parameter.Passing == Passing.Address ? $"&{name}" : name;
    }

    // Scalar by scalar: no array can be assigned.
    private void SetVariable(Parameter variable)
    {
        foreach (Leaf leaf in variable.Shape.Leaves(variable.Name))
        {
            _text.Append(CultureInfo.InvariantCulture, $"{_style.Indent}{leaf.Place} = {_before[_next++]};\n");
        }
    }

    private void WriteCall(List<string> arguments, bool usesResult)
    {
        string result = usesResult ? _call.Result!.Declare(_style.ResultName) + " = " : "";
        _text.Append(CultureInfo.InvariantCulture, $"{_style.Indent}{result}{_call.Function}({string.Join(", ", arguments)});\n");
    }

    private void WriteOutputs(ImmutableArray<string?> after)
    {
        ImmutableArray<Leaf> held = [.. _call.Parameters.SelectMany((p, i) => p.Shape.Leaves(_style.NameOf(p, i)))];
        IEnumerable<Leaf> written = (_call.Result?.Leaves(_style.ResultName) ?? [])
            .Concat(_call.Outputs.Where(o => o.Scalar >= 0).Select(o => held[o.Scalar]));
        foreach ((Leaf leaf, string? target) in written.Zip(after))
        {
            if (target is not null)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{_style.Indent}{target}{leaf.Place};\n");
            }
        }
    }

    private string Initialiser(Shape shape) => shape switch
    {
        Shape.Array array => Braced(Enumerable.Repeat(array.Element, array.Extent)),
        Shape.Struct record => Braced(record.Fields.Select(f => f.Shape)),
        Shape.LeftOut => "{ 0 }",
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
