// Numbers in C, alone and in tables.

using System.Globalization;
using System.Text;

namespace Nsc.Export.Writing;

internal static class CNumbers
{
    /// <summary>A number that C reads back to the last bit.</summary>
    public static string Of(double value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>The same in single precision.</summary>
    public static string Of(float value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture)) + "f";

    /// <summary>A constant array.</summary>
    /// <param name="name">With its length, as in <c>w[16]</c>.</param>
    public static void Table(StringBuilder text, string type, string name, IEnumerable<string> numbers)
    {
        text.Append(CultureInfo.InvariantCulture, $"static const {type} {name} = {{");
        foreach (string[] line in numbers.Chunk(8))
        {
            text.Append("\n    ").AppendJoin(", ", line).Append(',');
        }

        text.Append("\n};\n");
    }

    private static string Decimal(string number) => number.AsSpan().ContainsAny('.', 'E') ? number : number + ".0";
}
