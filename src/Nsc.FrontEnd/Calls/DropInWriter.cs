// Writes a C function with a program's own signature that asks a surrogate, the inverse of the entry, and says where in the file it goes.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <summary>
/// The function flattens its parameters to doubles, asks <c>int F_answers(const double *in, double *out)</c>, and gives what comes back the
/// types of the results; where F_answers gives 0 it calls <c>F_original</c> instead, which is the definition that the file had.
/// </summary>
internal static partial class DropInWriter
{
    private const string Whole = """
        // The whole number next to a value, within bounds; 0 for what is none.
        static long long $_whole(double value, double low, double high)
        {
            double within = value < low ? low : value > high ? high : value == value ? value : 0;
            return (long long)(within + (within < 0 ? -0.5 : 0.5));
        }


        """;

    /// <summary>
    /// The parts of the file as it was written, every byte of it but the function's name; null where the definition cannot be renamed there: its
    /// name or its braces come from a macro, conditions cut through it, or it stands in a header.
    /// </summary>
    public static DropIn? OfFile(FunctionCall call, DefinedFunction function, ExpandedText text) => Write(call, function, text.Written, text.WrittenOffset);

    /// <summary>The same for a checked unit in place of a file.</summary>
    public static DropIn? OfUnit(FunctionCall call, DefinedFunction function, SourceText unit)
    {
        DropIn? parts = Write(call, function, unit, offset => (offset, true));
        return parts is null ? null : parts with { Before = UnitText.WithoutMarkers(parts.Before), After = UnitText.WithoutMarkers(parts.After) };
    }

    private static DropIn? Write(FunctionCall call, DefinedFunction function, SourceText source, Func<int, (int Offset, bool IsExact)?> written)
    {
        CXCursor body = function.Cursor.Children().Find(c => c.Kind == CXCursorKind.CXCursor_CompoundStmt);
        (int bodyFrom, int bodyTo) = body.Extent();
        if (bodyFrom >= bodyTo
            || written(function.Extent.Start) is not { Offset: var start }
            || written(function.Cursor.Location().Offset()) is not { Offset: var name, IsExact: true }
            || written(bodyFrom) is not { Offset: var bodyStart, IsExact: true }
            || written(bodyTo - 1) is not { Offset: var last, IsExact: true })
        {
            return null;
        }

        int end = last + 1, nameEnd = name + Encoding.UTF8.GetByteCount(call.Function);
        if (name < start || nameEnd > bodyStart || bodyStart >= end || source.Slice(name, nameEnd) != call.Function
            || Directive().IsMatch(source.Slice(start, bodyStart)) || !IsBalanced(source.Slice(bodyStart, end)))
        {
            return null;
        }

        // The head as it stands, so that the new definition is as static, inline and qualified as the old one.
        string head = source.Slice(start, bodyStart).TrimEnd();
        bool isShared = Inline().IsMatch(head) && !Static().IsMatch(head);
        string renamed = $"{source.Slice(start, name)}{call.Function}_original{source.Slice(nameEnd, bodyStart).TrimEnd()}";
        return new DropIn(
            $"{source.Slice(0, name)}{call.Function}_original{source.Slice(nameEnd, end)}",
            isShared ? $"{Inline().Replace(renamed, "")};\n\n{Define(call, Inline().Replace(head, ""))}" : Define(call, head),
            source.Slice(end, source.Utf8.Length))
        {
            IsStatic = Static().IsMatch(head), Helpers = call.Outputs.Any(o => IsWhole(o.Leaf.Kind)) ? Whole.Replace("$", call.Function, StringComparison.Ordinal) : "",
        };
    }

    // Whether every condition that begins in a text ends in it.
    private static bool IsBalanced(string text)
    {
        int depth = 0;
        foreach (Match directive in Directive().Matches(text))
        {
            string name = directive.Groups["name"].Value;
            depth += name.StartsWith("if", StringComparison.Ordinal) ? 1 : name == "endif" ? -1 : 0;
            if (depth < 0 || (depth == 0 && name.StartsWith("el", StringComparison.Ordinal)))
            {
                return false;
            }
        }

        return depth == 0;
    }

    // An inline function without static must not use what is static, as the surrogate is, and its definition is one for others only where a
    // declaration without inline says so: both definitions become ordinary ones.
    [GeneratedRegex(@"\b(?:inline|__inline|__inline__)\b[ \t]*")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\bstatic\b")]
    private static partial Regex Static();

    [GeneratedRegex(@"^[ \t]*#[ \t]*(?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Directive();

    private static string Define(FunctionCall call, string head)
    {
        var text = new StringBuilder();
        string name = call.Function, own = "nsc";
        while (call.Parameters.Any(p => p.Name.StartsWith(own + "_", StringComparison.Ordinal)))
        {
            own += "_own";
        }

        ImmutableArray<CallScalar> scalars = call.Scalars;
        ImmutableArray<Leaf> places = [.. Places(call.Parameters)];
        string[] conditions = [.. scalars.Zip(places).Where(s => call.Fixed.ContainsKey(s.First.Leaf.Name)).Select(s => $"{s.Second.Place} != {CallWriter.Number(call.Fixed[s.First.Leaf.Name])}")];
        text.Append(CultureInfo.InvariantCulture, $"{head}\n{{\n");
        text.Append(CultureInfo.InvariantCulture, $"    const double {own}_in[] = {{ {string.Join(", ", places.Where((_, i) => scalars[i].IsInput).Select(l => $"(double){l.Place}"))} }};\n");
        text.Append(CultureInfo.InvariantCulture, $"    double {own}_out[{call.Outputs.Count()}];\n    if ({string.Concat(conditions.Select(c => c + " || "))}!{name}_answers({own}_in, {own}_out))\n    {{\n");
        string original = $"{name}_original({string.Join(", ", call.Parameters.Where(p => p.Passing != Passing.Variable).Select(p => p.Name))});";
        text.Append(CultureInfo.InvariantCulture, $"        {(call.Result is null && call.Returned is null ? $"{original}\n        return;" : $"return {original}")}\n    }}\n\n");
        ImmutableArray<Leaf> results = [.. call.Result?.Leaves($"{own}_result") ?? [], .. places.Where((_, i) => scalars[i].IsOutput)];
        if (call.Result is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {call.Result.Declare($"{own}_result")};\n");
        }

        for (int k = 0; k < results.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {results[k].Place} = {Typed(results[k].Kind, $"{own}_out[{k}]", name)};\n");
        }

        string? returned = call.Result is null ? call.Returned : $"{own}_result";
        return text.Append(returned is null ? "}\n" : $"    return {returned};\n}}\n").ToString();
    }

    // Where the scalars of parameters are within the function.
    private static IEnumerable<Leaf> Places(IEnumerable<Parameter> parameters) =>
        parameters.SelectMany(p => p.Shape.Leaves(p.Passing == Passing.Address ? $"(*{p.Name})" : p.Name));

    /// <summary>An answer as an operand of a scalar's type: whole numbers are the nearest ones within the type, by a function among <see cref="DropIn.Helpers"/>.</summary>
    public static string Typed(ScalarKind kind, string value, string function) => kind switch
    {
        ScalarKind.Bool => $"({value} >= 0.5)",
        _ when !IsWhole(kind) => $"({kind.Spelling()}){value}",
        _ => string.Create(CultureInfo.InvariantCulture, $"({kind.Spelling()}){function}_whole({value}, {Bounds(kind).Low:R}, {Bounds(kind).High:R})"),
    };

    private static bool IsWhole(ScalarKind kind) => kind.IsInteger() && kind != ScalarKind.Bool;

    // The bounds of 64 bits are the last doubles within them; more than long long holds, no surrogate tells apart.
    private static (double Low, double High) Bounds(ScalarKind kind) => kind switch
    {
        ScalarKind.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ScalarKind.UInt8 => (0, byte.MaxValue),
        ScalarKind.Int16 => (short.MinValue, short.MaxValue),
        ScalarKind.UInt16 => (0, ushort.MaxValue),
        ScalarKind.Int32 => (int.MinValue, int.MaxValue),
        ScalarKind.UInt32 => (0, uint.MaxValue),
        ScalarKind.UInt64 => (0, 9.2233720368547748e18),
        _ => (-9.2233720368547748e18, 9.2233720368547748e18),
    };
}
