// The answers of outputs that are whole numbers, as C: a function that rounds them in place.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

/// <param name="answers">For each output.</param>
/// <param name="shared">What the names of the functions begin with.</param>
/// <param name="numbers">The type of the outputs.</param>
internal sealed class CAnswers(ImmutableArray<OutputAnswer> answers, string shared, CNumbers numbers)
{
    /// <summary>How many outputs a row has.</summary>
    public int Count => answers.Length;

    private bool Rounds => answers.Any(a => a.IsWhole);

    /// <summary>The call, for a row of outputs; empty where every output is the network's number.</summary>
    public string Call(string row) => Rounds ? $"{shared}_answer({row});" : "";

    /// <summary>The function, which the call needs.</summary>
    public void Write(StringBuilder text)
    {
        if (!Rounds)
        {
            return;
        }

        if (answers.Any(a => a.IsWhole && a.Values.IsEmpty))
        {
            WriteWhole(text);
        }

        text.Append($"static inline void {shared}_answer({numbers.Type} *out)\n{{\n");
        for (int k = 0; k < answers.Length; k++)
        {
            text.Append(answers[k].IsWhole ? $"    out[{k}] = {Answer(answers[k], $"out[{k}]")};\n" : "");
        }

        text.Append("}\n\n");
    }

    // A float of 2^24 or more is a whole number; what is smaller fits into an int, to which a small processor converts it by itself.
    private void WriteWhole(StringBuilder text)
    {
        (string integer, string half) = numbers.IsSingle ? ("int", "0.5f") : ("long long", "0.5");
        string large = numbers.IsSingle ? "\n    if (x >= 16777216.0f || x <= -16777216.0f)\n        return x;" : "";
        text.Append($$"""
            // The whole number next to a value, within a type; what is no number stays none.
            static inline {{numbers.Type}} {{shared}}_whole({{numbers.Type}} x, {{numbers.Type}} low, {{numbers.Type}} high)
            {
                {{numbers.Type}} above = x + {{half}};
                {{integer}} n;
                if (!(above > low))
                    return x == x ? low : x;
                if (above >= high)
                    return high;{{large}}
                n = ({{integer}})above;
                return ({{numbers.Type}})(n > above ? n - 1 : n);
            }


            """);
    }

    private string Answer(OutputAnswer answer, string x) => answer.Values.IsEmpty
        ? $"{shared}_whole({x}, {numbers.Within(answer.Low)}, {numbers.Within(answer.High)})"
        : $"{x} == {x} ? {string.Concat(answer.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"({x} > {numbers.Of(s.Threshold)} ? {numbers.Of(s.Step)} : 0) + ")))}{Signed(answer.Values[0])} : {x}";

    private string Signed(double value) => value < 0 ? $"({numbers.Of(value)})" : numbers.Of(value);
}
