// The answers of outputs that are whole numbers, as C: a function that rounds them in place.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

/// <param name="answers">For each output.</param>
/// <param name="shared">What the names of the functions begin with.</param>
internal sealed class CAnswers(ImmutableArray<OutputAnswer> answers, string shared)
{
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
            text.Append($$"""
                // The whole number next to a value, within a type; what is no number stays none.
                static inline double {{shared}}_whole(double x, double low, double high)
                {
                    double above = x + 0.5;
                    long long n;
                    if (!(above > low))
                        return x == x ? low : x;
                    if (above >= high)
                        return high;
                    n = (long long)above;
                    return (double)(n > above ? n - 1 : n);
                }


                """);
        }

        text.Append($"static inline void {shared}_answer(double *out)\n{{\n");
        for (int k = 0; k < answers.Length; k++)
        {
            text.Append(answers[k].IsWhole ? $"    out[{k}] = {Answer(answers[k], $"out[{k}]")};\n" : "");
        }

        text.Append("}\n\n");
    }

    private string Answer(OutputAnswer answer, string x) => answer.Values.IsEmpty
        ? $"{shared}_whole({x}, {CNumbers.Of(answer.Low)}, {CNumbers.Of(answer.High)})"
        : $"{x} == {x} ? {string.Concat(answer.Steps.Select(s => string.Create(CultureInfo.InvariantCulture, $"({x} > {CNumbers.Of(s.Threshold)} ? {CNumbers.Of(s.Step)} : 0) + ")))}{Signed(answer.Values[0])} : {x}";

    private static string Signed(double value) => value < 0 ? $"({CNumbers.Of(value)})" : CNumbers.Of(value);
}
