// Programs made of programs: two idioms as helpers over shared inputs, joined by an operation or one after the other.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Grammar;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Families;

internal static class Compositions
{
    public static Family Family { get; } = new("compositions", 12, [new(Joined, 3), new(Chained, 2), new(Chosen, 1.5), new(Several), new(Summed, 1.5)]);

    private static void Joined(Draft f)
    {
        string a = Part(f), b = Part(f);
        f.Return(f.R.Int(0, 7) switch
        {
            0 => $"{a} - {f.Literal(0.2, 2)} * {b}",
            1 => $"{a} * {b}",
            2 => $"{a} / (1.0 + fabs({b}))",
            3 => $"fmax({a}, {b})",
            4 => $"fmin({a}, {b})",
            5 => $"sqrt({a} * {a} + {b} * {b})",
            6 => $"{f.Quantity("w|blend|t", 0, 1)} * ({a} - {b}) + {b}",
            _ => $"{a} + {f.Coefficient()} * {b}",
        });
    }

    private static void Chosen(Draft f)
    {
        string a = Part(f), b = Part(f);
        f.Return($"{new ExpressionGrammar(f, Pool(f)).Conditions()} ? {a} : {b}");
    }

    // The second program reads what the first one computed, brought to the range of its first parameter.
    private static void Chained(Draft f)
    {
        string first = Part(f), k = f.Literal(0.3, 3);
        string bounded = f.Let("u|z|level|squash", f.R.Int(0, 2) switch
        {
            0 => $"{first} / ({k} + fabs({first}))",
            1 => $"sin({first} * {f.Literal(0.1, 1)})",
            _ => $"tanh({f.Literal(0.05, 0.8)} * {first})",
        });
        f.Return(Part(f, new Value(bounded, new(-1, 1))));
    }

    // The long tail: up to six programs in one.
    private static void Summed(Draft f)
    {
        string total = f.Variable("total|cost|acc", Part(f));
        for (int i = f.R.Int(2, 5); i > 0; i--)
        {
            string part = Part(f);
            f.Line(f.R.Pick($"{total} += {f.Coefficient()} * {part};", $"{total} -= {part} / ({f.Literal(0.5, 4)} + fabs({part}));", $"if ({part} > {total}) {total} = 0.5 * ({part} + {total});"));
        }

        f.Return(total);
    }

    private static void Several(Draft f)
    {
        string a = Part(f), b = Part(f);
        f.ReturnAll(("first", a), ("second", f.R.Pick(b, $"{a} - {b}", $"{a} + {f.Coefficient()} * {b}")));
    }

    private static IEnumerable<Value> Pool(Draft f) => f.Scalars.Count > 0 ? f.Scalars : [f.Free("gate|sel|mode_x")];

    // Writes one idiom as a helper, calls it with inputs of this function, and returns the local that holds its result.
    private static string Part(Draft f, Value? forFirst = null)
    {
        Draft part = f.Nested(Math.Max(1, (f.Wanted + 1) / 2));
        Family family = FamilyTable.Simple[f.R.Weighted(FamilyTable.Simple.Select(s => s.Weight).ToArray())];
        family.Draw(f.R).Write(part);
        ImmutableArray<GeneratedParameter> parameters = part.FinishNested();
        var arguments = new List<string>();
        foreach (GeneratedParameter parameter in parameters)
        {
            bool takesFirst = forFirst is not null && parameter is { Shape: ParameterShape.Scalar, CType: "real" };
            arguments.Add(takesFirst ? Mapped(f, forFirst!.Value, parameter.Inputs[0].Range) : Argument(f, parameter));
            forFirst = takesFirst ? null : forFirst;
        }

        return f.Let("p|q|g|h|part|score", $"{part.Name}({string.Join(", ", arguments)})");
    }

    private static string Argument(Draft f, GeneratedParameter parameter)
    {
        Interval range = parameter.Inputs[0].Range;
        if (parameter.Shape == ParameterShape.Array)
        {
            return f.Array(parameter.Name, parameter.Inputs.Length, range);
        }

        if (parameter.CType != "real")
        {
            return f.Integer(parameter.Name, (int)range.Low, (int)range.High).Text;
        }

        bool shares = f.Scalars.Count > 0 && f.R.Chance(f.Wanted > 0 ? 0.3 : 0.85);
        return shares ? Mapped(f, f.R.OneOf(f.Scalars), range) : f.Input(parameter.Name, range).Text;
    }

    private static string Mapped(Draft f, Value x, Interval range)
    {
        if (x.Range.Low >= range.Low && x.Range.High <= range.High && x.Width > 0.4 * (range.High - range.Low))
        {
            return x.Text;
        }

        if (x.Width <= 0)
        {
            return Value.Of(Numbers.Between(f.R, range.Low, range.High)).Text;
        }

        double slope = Numbers.Round((range.High - range.Low) / x.Width * 0.98, 4);
        double offset = Numbers.Round(range.Middle - (slope * x.Range.Middle), 5);
        return $"{Numbers.Literal(slope)} * {x} {(offset < 0 ? "-" : "+")} {Numbers.Literal(Math.Abs(offset))}";
    }
}
