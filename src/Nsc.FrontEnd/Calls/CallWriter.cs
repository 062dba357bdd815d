// Writes the C statements of a planned call.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal static class CallWriter
{
    /// <summary>Declares what pointers point to, calls, and stores.</summary>
    /// <param name="inputs">For each of the plan's inputs, the expression that gives it; "0" where it does not matter.</param>
    /// <param name="targets">For each of the plan's outputs, the left side that takes it, or "return"; null to leave it.</param>
    public static string Write(CallPlan plan, ImmutableArray<string> inputs, ImmutableArray<string?> targets)
    {
        var text = new StringBuilder();
        var arguments = new List<string>();
        int next = 0;
        foreach (Argument argument in plan.Arguments)
        {
            if (argument.Fixed is { } number)
            {
                arguments.Add(number.ToString(CultureInfo.InvariantCulture));
                continue;
            }

            string value = Initialiser(argument.Shape, inputs, ref next);
            if (argument.Shape is Shape.Scalar)
            {
                arguments.Add(value);
                continue;
            }

            arguments.Add(argument.Name);
            text.Append(CultureInfo.InvariantCulture, $"    {argument.Shape.Declare(argument.Name)} = {value};\n");
        }

        bool usesResult = plan.Outputs.Zip(targets).Any(o => o.First.Input < 0 && o.Second is not null);
        string result = usesResult ? plan.Result!.Declare(CallPlan.ResultName) + " = " : "";
        text.Append(CultureInfo.InvariantCulture, $"    {result}{plan.Function}({string.Join(", ", arguments)});\n");
        foreach ((CallOutput output, string? target) in plan.Outputs.Zip(targets))
        {
            if (target is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"    {(target == "return" ? "return" : target + " =")} {output.Place};\n");
            }
        }

        return text.ToString();
    }

    private static string Initialiser(Shape shape, ImmutableArray<string> inputs, ref int next) => shape switch
    {
        Shape.Array array => Braced(Enumerable.Repeat(array.Element, array.Extent), inputs, ref next),
        Shape.Struct record => Braced(record.Fields.Select(f => f.Shape), inputs, ref next),
        Shape.LeftOut => "{ 0 }",
        _ => inputs[next++],
    };

    // Zeros at the end go without saying.
    private static string Braced(IEnumerable<Shape> parts, ImmutableArray<string> inputs, ref int next)
    {
        var values = new List<string>();
        foreach (Shape part in parts)
        {
            values.Add(Initialiser(part, inputs, ref next));
        }

        int last = values.FindLastIndex(v => v is not ("0" or "{ 0 }"));
        return last < 0 ? "{ 0 }" : $"{{ {string.Join(", ", values.Take(last + 1))} }}";
    }
}
