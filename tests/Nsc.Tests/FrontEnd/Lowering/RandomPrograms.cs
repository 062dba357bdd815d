// Random C functions of numbers, made to show where a graph and its program could part: mixed precisions, constants at which sums
// are absorbed, comparisons that NaN fails, negated and not, integers that wrap around.

using System.Text;

namespace Nsc.Tests.FrontEnd.Lowering;

internal sealed class RandomPrograms(Random random)
{
    private static readonly string[] s_types = ["double", "double", "float", "int", "unsigned"];

    private static readonly string[] s_numbers =
    [
        "0.0", "(-0.0)", "1.0", "(-1.0)", "2.0", "0.5", "0.1", "3.0", "1e16", "6755399441055744.0", "4503599627370496.0", "1e300", "1e-300", "1e-320", "INFINITY", "NAN", "0.1f", "12582912.0f",
    ];

    private static readonly string[] s_unary =
        ["sqrt", "fabs", "floor", "ceil", "trunc", "rint", "round", "sin", "cos", "exp", "log", "tanh", "cbrt", "atan", "expm1", "sqrtf", "sinf", "expf", "logf", "fabsf"];

    private readonly List<(string Type, string Name)> _variables = [];
    private readonly StringBuilder _text = new();

    /// <summary>A unit of functions f0, f1...; the same seed gives the same text.</summary>
    public static string Unit(int seed, int functions)
    {
        var random = new Random(seed);
        var unit = new StringBuilder("#include <math.h>\n\n");
        for (int i = 0; i < functions; i++)
        {
            unit.Append(new RandomPrograms(random).Function($"f{i}")).Append('\n');
        }

        return unit.ToString();
    }

    private string Function(string name)
    {
        string result = Pick(s_types);
        int parameters = random.Next(1, 4);
        for (int i = 0; i < parameters; i++)
        {
            _variables.Add((Pick(s_types), $"p{i}"));
            string? range = (_variables[i].Type, random.Next(3)) switch
            {
                ("int", 0) => "-10, 10", ("int", 1) => "-100000, 100000", ("int", _) => "-2147483648, 2147483647",
                ("unsigned", 0) => "0, 30", ("unsigned", _) => "0, 4294967295",
                (_, 0) => "-1000, 1000",
                _ => null,
            };
            _text.Append(range is null ? "" : $"#pragma nsc input(p{i}, {range})\n");
        }

        _text.Append($"{result} {name}({string.Join(", ", _variables.Select(v => $"{v.Type} {v.Name}"))}) {{\n");
        for (int statements = random.Next(1, 5); statements > 0; statements--)
        {
            Statement();
        }

        return _text.Append($"    return {Expression(result, 3)} + {Variable(result)};\n}}\n").ToString();
    }

    private void Statement()
    {
        string type = Pick(s_types), name = $"v{_variables.Count}";
        _text.Append($"    {type} {name} = {Expression(type, 3)};\n");
        _variables.Add((type, name));
        string assignment = $"{name} = {Expression(type, 2)};";
        _text.Append(random.Next(4) switch
        {
            0 => $"    if ({Condition(2)}) {assignment} else {name} = {Expression(type, 2)};\n",
            1 => $"    if ({Condition(2)}) {{ {assignment} }}\n",
            2 => $"    for (int i = 0; i < {random.Next(2, 5)}; i++) {assignment}\n",
            _ => "",
        });
    }

    private string Expression(string type, int depth) => type is "double" or "float" ? Real(type, depth) : Whole(type, depth);

    private string Real(string type, int depth)
    {
        if (depth == 0)
        {
            return random.Next(3) == 0 ? Pick(s_numbers) : Variable(type);
        }

        string a = Real(Pick("double", type), depth - 1);
        return random.Next(14) switch
        {
            0 or 1 => $"({a} + {Real(type, depth - 1)})",
            2 or 3 => $"({a} - {Real(type, depth - 1)})",
            4 or 5 => $"({a} * {Real(type, depth - 1)})",
            6 => $"({a} / {Real(type, depth - 1)})",
            7 => $"(- {a})",
            8 => $"{Pick(s_unary)}({a})",
            9 => $"({Condition(depth - 1)} ? {a} : {Real(type, depth - 1)})",
            10 => $"({type}){Whole("int", depth - 1)}",
            11 => $"(float){a}",
            12 => Pick(
                $"fmod({a}, {Real(type, depth - 1)})", $"pow({a}, {Pick("2", "0.5", "3", "-1", "1.5")})", $"fma({a}, {Variable(type)}, {Real(type, depth - 1)})",
                $"copysign({a}, p0)", $"remainder({a}, {Pick(s_numbers)})", $"fmin({a}, 0.5)", $"fmax({a}, 0.0)", $"hypot({a}, {Variable(type)})",
                $"ldexp({a}, {Whole("int", 0)} % 40)", $"fdim({a}, {Variable(type)})", $"atan2({a}, {Variable(type)})"),
            _ => $"({a} < {Variable(type)} ? {a} : {Variable(type)})",
        };
    }

    private string Whole(string type, int depth)
    {
        if (depth == 0)
        {
            return random.Next(3) == 0 ? Pick("0", "1", "-1", "7", "100", "65535", "2147483647") : $"({type}){VariableOf("int", "unsigned")}";
        }

        string a = Whole(type, depth - 1), b = Whole(type, depth - 1);
        return random.Next(12) switch
        {
            0 => $"({a} + {b})",
            1 => $"({a} - {b})",
            2 => $"({a} * {b})",
            3 => $"({a} / ({b} | 1))",
            4 => $"({a} % ({b} | 1))",
            5 => $"({a} {Pick("&", "|", "^")} {b})",
            6 => $"({a} >> ({Whole("unsigned", depth - 1)} & 31))",
            7 => $"(int)((unsigned){a} << ({b} & 31))",
            8 => $"({Condition(depth - 1)} ? {a} : {b})",
            9 => $"({Condition(depth - 1)})",
            10 => $"({type}){Pick("(signed char)", "(short)", "(unsigned char)", "(float)", "(double)")}{a}",
            _ => $"({type})(long){Real("double", depth - 1)}",
        };
    }

    private string Condition(int depth)
    {
        string type = Pick(s_types);
        string comparison = $"{Expression(type, depth)} {Pick("<", "<=", ">", ">=", "==", "!=")} {Expression(type, depth)}";
        return (depth == 0 ? 0 : random.Next(6)) switch
        {
            1 => $"!({comparison})",
            2 => $"({comparison}) && {Condition(depth - 1)}",
            3 => $"({comparison}) || {Condition(depth - 1)}",
            4 => $"{Pick("isnan", "isinf", "isfinite", "!isnormal")}((double){Real("double", depth - 1)})",
            _ => $"({comparison})",
        };
    }

    private string Variable(string type) => type is "double" or "float" ? Pick([.. _variables.Select(v => v.Name)]) : $"({type}){VariableOf("int", "unsigned")}";

    private string VariableOf(params string[] types)
    {
        string[] names = [.. _variables.Where(v => types.Contains(v.Type)).Select(v => v.Name)];
        return names.Length == 0 ? random.Next(100).ToString(System.Globalization.CultureInfo.InvariantCulture) : Pick(names);
    }

    private string Pick(params string[] choices) => choices[random.Next(choices.Length)];
}
