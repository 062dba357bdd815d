// One C file around an approximation of a function: it needs no library, no allocation and no other file. With a drop-in the program's own text follows, in
// which the approximation has the function's place.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Programs;
using Nsc.Export.Writing;

namespace Nsc.Export.Approximations;

public static partial class CFile
{
    // Compilers warn of nsc's own pragmas, which stand in the program's text as its author wrote them.
    private const string QuietPragmas = "#ifdef __GNUC__\n#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Wunknown-pragmas\"\n#endif\n";
    private const string LoudPragmas = "\n#ifdef __GNUC__\n#pragma GCC diagnostic pop\n#endif\n";

    /// <summary>The file's text, C99.</summary>
    /// <param name="dropIn">The program's file with the function defined by the approximation; null to leave it out.</param>
    /// <param name="isGuarded">Whether the original is called for inputs out of their ranges, and where there are doubts.</param>
    /// <param name="domain">With a guard: conditions in C under which the program gives a number.</param>
    /// <param name="notes">Sentences for the head of the file.</param>
    public static string Write(IApproximation approximation, DropIn? dropIn, bool isGuarded, ImmutableArray<string> domain, ImmutableArray<string> notes)
    {
        var text = new StringBuilder();
        WriteHeader(text, approximation, notes);
        text.Append("#include <stddef.h>\n\n");
        approximation.Write(text, dropIn is { IsStatic: true }, dropIn is { AsksBlocks: true });
        if (dropIn is not null)
        {
            WriteAnswers(text, approximation, isGuarded, domain);
            if (dropIn.AsksBlocks)
            {
                CBlocks.Write(text, approximation, isGuarded);
            }

            text.Append(CultureInfo.InvariantCulture, $"\n// The program, with {Function(approximation)} under another name and, in its place, its surrogate.\n");
            bool hasPragmas = NscPragma().IsMatch(dropIn.Before) || NscPragma().IsMatch(dropIn.After);
            text.Append(hasPragmas ? QuietPragmas : "");
            text.Append(CultureInfo.InvariantCulture, $"{dropIn.Helpers}{dropIn.Before}\n\n{dropIn.Definition}{dropIn.After}");
            text.Append(hasPragmas ? LoudPragmas : "");
        }

        return text.ToString();
    }

    /// <summary>The comment at the head of a file.</summary>
    public static void WriteHeader(StringBuilder text, IApproximation approximation, ImmutableArray<string> notes)
    {
        (ProgramSignature signature, ApproximationOrigin made) = (approximation.Signature, approximation.Origin);
        text.Append(CultureInfo.InvariantCulture, $"// A {approximation.Kind} of {CommentText.Of(signature.Function)}: {approximation.Size}.\n");
        text.Append(CultureInfo.InvariantCulture, $"// Made by nsc {CommentText.Of(made.ToolVersion)} from source {CommentText.Short(made.SourceHash)}, {made.Samples} samples. C99; needs nothing but the compiler.\n");
        for (int i = 0; i < signature.Inputs.Length; i++)
        {
            InputVariable input = signature.Inputs[i];
            text.Append(CultureInfo.InvariantCulture, $"//   in[{i}]: {CommentText.Of(input.Name)} in {input.Range}\n");
        }

        for (int k = 0; k < signature.Outputs.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"//   out[{k}]: {CommentText.Of(signature.Outputs[k].Name)}\n");
        }

        foreach (string note in notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"// {CommentText.Of(note)}\n");
        }

        text.Append('\n');
    }

    // What the function in the original's place asks for an answer.
    private static void WriteAnswers(StringBuilder text, IApproximation approximation, bool isGuarded, ImmutableArray<string> domain)
    {
        (string f, string name) = (Function(approximation), approximation.Name);
        approximation.WriteDoubt(text);
        if (isGuarded)
        {
            WriteBelieves(text, approximation, domain);
        }

        string call = new CAnswers(approximation.Answers, name, new CNumbers(isSingle: false)).Call("out");
        text.Append(CultureInfo.InvariantCulture, $$"""

            // What becomes of an answer: 0 where there are doubts.
            static inline int {{f}}_answers_settles(const double *in, double *out)
            {
                (void)in;
                (void)out;
            {{approximation.Doubt}}{{(call.Length > 0 ? $"    {call}\n" : "")}}    return 1;
            }

            // Whether there is an answer; if not, the original knows it.
            static int {{f}}_answers(const double *in, double *out)
            {
            {{(isGuarded ? $"    if (!{f}_answers_believes(in))\n        return 0;\n\n" : "")}}    {{name}}_one(in, out);
                return {{f}}_answers_settles(in, out);
            }

            """);
    }

    private static void WriteBelieves(StringBuilder text, IApproximation approximation, ImmutableArray<string> domain)
    {
        (string f, string name) = (Function(approximation), approximation.Name);
        CFunctions.WriteWithin(text, name);
        IEnumerable<string> within = approximation.Believed
            .Select((range, i) => $"{name}_within(in + {i}, {CNumbers.Double(range.Low)}, {CNumbers.Double(range.High)})");
        text.Append(CultureInfo.InvariantCulture, $$"""

            // Where the surrogate is believed{{(domain.IsEmpty ? "" : ", and the original gives a number")}}.
            static inline int {{f}}_answers_believes(const double *in)
            {
                return {{string.Join("\n        && ", within.Concat(domain))}};
            }

            """);
    }

    private static string Function(IApproximation approximation) => CommentText.Identifier(approximation.Signature.Function);

    [GeneratedRegex(@"^\s*#\s*pragma\s+nsc\b", RegexOptions.Multiline)]
    private static partial Regex NscPragma();
}
