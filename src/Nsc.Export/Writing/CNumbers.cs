// The numbers of generated C, as literals: doubles, or floats where a processor computes with nothing wider.

using System.Globalization;
using System.Text;

namespace Nsc.Export.Writing;

/// <param name="isSingle">Whether inputs, outputs and constants are floats.</param>
internal sealed class CNumbers(bool isSingle)
{
    public bool IsSingle => isSingle;

    /// <summary>The type of inputs and outputs.</summary>
    public string Type => isSingle ? "float" : "double";

    /// <summary>A constant of that type.</summary>
    public string Of(double value) => isSingle ? Of((float)value) : Double(value);

    /// <summary>The same, and no further from zero: a bound of an integer type stays within the type.</summary>
    public string Within(double bound) => !isSingle ? Double(bound)
        : Math.Abs((double)(float)bound) <= Math.Abs(bound) ? Of((float)bound)
        : Of(bound > 0 ? MathF.BitDecrement((float)bound) : MathF.BitIncrement((float)bound));

    public static string Double(double value) => Decimal(value.ToString("R", CultureInfo.InvariantCulture));

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
