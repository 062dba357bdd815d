// The range pragmas before a generated function.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

internal static class Pragmas
{
    /// <summary>One line per scalar, per array of one range, or one for all inputs when they share a range.</summary>
    public static IEnumerable<string> For(ImmutableArray<GeneratedParameter> parameters, Rng rng)
    {
        bool oneForAll = rng.Chance(0.5);
        GeneratedInput first = parameters[0].Inputs[0];
        if (oneForAll && parameters.All(p => p.Inputs.All(i => i.Range == first.Range)))
        {
            return [$"#pragma nsc inputs({Bounds(first)})"];
        }

        return parameters.SelectMany(ForParameter);
    }

    private static IEnumerable<string> ForParameter(GeneratedParameter parameter)
    {
        bool isWhole = parameter.Shape == ParameterShape.Array && parameter.Inputs.All(i => i.Range == parameter.Inputs[0].Range);
        return isWhole
            ? [$"#pragma nsc input({parameter.Name}, {Bounds(parameter.Inputs[0])})"]
            : parameter.Inputs.Select(i => $"#pragma nsc input({i.Path}, {Bounds(i)})");
    }

    private static string Bounds(GeneratedInput input) => $"{Numbers.Bound(input.Range.Low)}, {Numbers.Bound(input.Range.High)}";
}
