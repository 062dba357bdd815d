// Composition: a second function that calls the first one, with its result passed on, added to another call's, fed back, or
// with an input computed from new inputs.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;
using Nsc.Corpus.SourceText;

namespace Nsc.Corpus.Mining.Variants;

/// <summary>A composed function.</summary>
/// <param name="Text">C text in which <c>$f</c> is the function and <c>$w</c> the new one.</param>
internal sealed record Wrapper(string Text, ImmutableArray<InputVariable> Inputs)
{
    /// <summary>For a function that calls the other one twice, what a parameter of it is called for the second call; null for what is none.</summary>
    public Func<string, string?>? Second { get; init; }

    private const int MostInputs = 16;
    private static readonly string[] s_outer =
    [
        "tanh($z)", "sin(2.0 * $z)", "fabs($z)", "$z * $z", "exp(-0.5 * $z * $z)", "sqrt(fabs($z))", "fmax($z, 0.0)", "atan($z)", "cos($z)",
        "1.0 / (1.0 + exp(-$z))", "$z / (1.0 + fabs($z))", "$z * fabs($z)", "($z > 0.0 ? $z : 0.1 * $z)", "fmin($z, 0.5)",
    ];

    private static readonly string[] s_inner =
        ["$u * $v", "0.5 * ($u + $v)", "0.5 * ($u - $v)", "sin(3.0 * $u) * $v", "tanh($u + $v)", "$u * fabs($v)", "fmax($u, $v)", "cos(2.0 * $u - $v)", "sqrt(fabs($u * $v))"];

    private static readonly string[] s_pairs = ["$a + $b", "$a - $b", "$a - 0.5 * $b", "fmax($a, $b)", "0.1 * $a * $b", "$a + $b * $b / (1.0 + fabs($b))"];

    /// <summary>A wrapper of a function, or null when its shape offers none.</summary>
    /// <param name="mean">The mean of the function's first output over its ranges.</param>
    /// <param name="deviation">The standard deviation of it.</param>
    public static Wrapper? Create(Rng rng, FunctionHead header, ImmutableArray<InputVariable> inputs, double mean, double deviation)
    {
        var real = header.Parameters.Select(p => inputs.FirstOrDefault(i => i.Name == p.Name && !i.Kind.IsInteger())).OfType<InputVariable>().ToList();
        bool isDoubled = header.IsReal && inputs.Length * 2 <= MostInputs && header.Parameters.All(p => inputs.Any(i => i.Parameter == p.Name))
            && inputs.All(i => header.Parameters.Any(p => p.Name == i.Parameter));
        bool isExtensible = real.Count > 0 && inputs.Length < MostInputs;
        if (!header.IsReal && !isExtensible)
        {
            return null;
        }

        int kind = rng.Weighted(header.IsReal ? 30 : 0, isDoubled ? 25 : 0, isExtensible ? 30 : 0, header.IsReal && real.Count > 0 ? 15 : 0);
        string z = $"(({Call(header)} - {Literal(mean)}) / {Literal(Math.Max(deviation, 1e-9))})";
        return kind switch
        {
            0 => Of(header, header.Parameters, $"double z_score = {z}; return {rng.OneOf(s_outer).Replace("$z", "z_score", StringComparison.Ordinal)};", inputs),
            1 => Doubled(rng, header, inputs),
            2 => Extended(rng, header, inputs, rng.OneOf(real)),
            _ => FedBack(header, inputs, rng.OneOf(real), z),
        };
    }

    private static Wrapper Doubled(Rng rng, FunctionHead header, ImmutableArray<InputVariable> inputs)
    {
        HeadParameter[] second = [.. header.Parameters.Select(p => p.Renamed(p.Name + "_b"))];
        string result = rng.OneOf(s_pairs)
            .Replace("$a", Call(header), StringComparison.Ordinal)
            .Replace("$b", $"$f({string.Join(", ", second.Select(p => p.Name))})", StringComparison.Ordinal);
        var others = inputs.Select(i => i with { Name = i.Parameter + "_b" + i.Name[i.Parameter.Length..] });
        return Of(header, [.. header.Parameters, .. second], $"return {result};", [.. inputs, .. others]) with
        {
            Second = name => header.Parameters.Any(p => p.Name == name) ? name + "_b" : null,
        };
    }

    private static Wrapper Extended(Rng rng, FunctionHead header, ImmutableArray<InputVariable> inputs, InputVariable replaced)
    {
        (string u, string v) = (replaced.Name + "_u", replaced.Name + "_v");
        bool isPair = inputs.Length + 1 <= MostInputs;
        string expression = rng.OneOf(s_inner).Replace("$u", u, StringComparison.Ordinal).Replace("$v", isPair ? v : u, StringComparison.Ordinal);
        string argument = $"({Literal(replaced.Range.Middle)} + {Literal(replaced.Range.HalfWidth)} * ({expression}))";
        string[] names = isPair ? [u, v] : [u];
        var parameters = header.Parameters.SelectMany(p => p.Name == replaced.Name ? names.Select(p.Renamed) : [p]).ToImmutableArray();
        var changed = inputs.SelectMany(i => i.Name == replaced.Name ? names.Select(n => i with { Name = n, Range = Interval.Default }) : [i]);
        string call = $"$f({string.Join(", ", header.Parameters.Select(p => p.Name == replaced.Name ? argument : p.Name))})";
        return Of(header, parameters, header.IsVoid ? call + ";" : $"return {call};", [.. changed]);
    }

    private static Wrapper FedBack(FunctionHead header, ImmutableArray<InputVariable> inputs, InputVariable fed, string z)
    {
        string argument = $"({Literal(fed.Range.Middle)} + {Literal(fed.Range.HalfWidth)} * tanh({z}))";
        string call = $"$f({string.Join(", ", header.Parameters.Select(p => p.Name == fed.Name ? argument : p.Name))})";
        return Of(header, header.Parameters, $"return {call};", inputs);
    }

    private static Wrapper Of(FunctionHead header, ImmutableArray<HeadParameter> parameters, string body, ImmutableArray<InputVariable> inputs) =>
        new($"{header.Result} $w({string.Join(", ", parameters.Select(p => p.Text))})\n{{\n    {body}\n}}\n", inputs);

    private static string Call(FunctionHead header) => $"$f({string.Join(", ", header.Parameters.Select(p => p.Name))})";

    private static string Literal(double value)
    {
        string text = Numbers.Literal(double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        return text[0] == '-' ? $"({text})" : text;
    }
}
