// The functions of an approximation that other files call: for a row, and for many.

using System.Globalization;
using System.Text;

namespace Nsc.Export.Writing;

internal static class CCalls
{
    /// <summary><c>NAME(in, out)</c>, which needs <c>NAME_one</c>.</summary>
    public static void WriteRow(StringBuilder text, string name, CNumbers numbers, CAnswers answers)
    {
        string answer = answers.Call("out"), head = $"void {name}(const {numbers.Type} *in, {numbers.Type} *out)";
        text.Append($$"""
            {{head}};
            {{head}}
            {
                {{name}}_one(in, out);{{(answer.Length > 0 ? $"\n    {answer}" : "")}}
            }


            """);
    }

    /// <summary><c>NAME_batch(in, out, count)</c>, which needs <c>NAME_many</c>.</summary>
    public static void WriteBatch(StringBuilder text, string name, CNumbers numbers, CAnswers answers)
    {
        string each = answers.Call(string.Create(CultureInfo.InvariantCulture, $"out + s * {answers.Count}"));
        string head = $"void {name}_batch(const {numbers.Type} *in, {numbers.Type} *out, size_t count)";
        text.Append($$"""
            {{head}};
            {{head}}
            {
                {{name}}_many(in, out, count);{{(each.Length > 0 ? $"\n    for (size_t s = 0; s < count; s++)\n        {each}" : "")}}
            }

            """);
    }
}
