// A surrogate as one C file that needs nothing: no library, no allocation, no other file.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

public sealed partial class CExport : IExporter
{
    /// <summary>How every file of declarations begins.</summary>
    public const string DeclarationsStart = "// Declarations, written by nsc.\n";

    // Compilers warn of nsc's own pragmas, which stand in the program's text as its author wrote them.
    private const string QuietPragmas = "#ifdef __GNUC__\n#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Wunknown-pragmas\"\n#endif\n";
    private const string LoudPragmas = "\n#ifdef __GNUC__\n#pragma GCC diagnostic pop\n#endif\n";

    public string Format => "c";

    public string Title => "C";

    public string Extension => ".nn.c";

    public bool CanDropIn => true;

    public bool CanShrink => true;

    byte[] IExporter.Write(Surrogate surrogate, ExportOptions options) => Encoding.UTF8.GetBytes(Write(surrogate, options));

    string? IExporter.WriteDeclarations(Surrogate surrogate, ExportOptions options) => options.IsPrivate ? null : WriteDeclarations(surrogate, options);

    string? IExporter.Objection(Surrogate surrogate, ExportOptions options) =>
        options.IsSingleThroughout && Scaling.Of(surrogate).Tables.Any(t => t.Values.Any(v => !float.IsFinite((float)v) || (v != 0 && (float)v == 0)))
            ? "a range, or an output's mean or deviation, is beyond what a float holds: not with --float" : null;

    /// <summary>
    /// The file's text, C99. For a function f it defines <c>f_surrogate(const double *in, double *out)</c>, which takes and gives numbers
    /// in the program's units, and <c>f_surrogate_batch(in, out, count)</c> for count rows of them; then, if asked, <c>f_surrogate_jacobian(in, jacobian)</c>, and
    /// the program's own text with another f. Where that is static, the file defines nothing that another file could name.
    /// </summary>
    public static string Write(Surrogate surrogate, ExportOptions options)
    {
        string f = CommentText.Identifier(surrogate.Signature.Function), name = $"{options.NameFor(surrogate)}_surrogate";
        var text = new StringBuilder();
        WriteHeader(text, surrogate, options.Notes.IsDefault ? [] : options.Notes);
        text.Append("#include <stddef.h>\n\n");
        var network = new CNetwork(surrogate, name, name, options);
        CFunctions.WriteTanh(text, name, options.Precision);
        if (Scaling.Of(surrogate).HasLogarithm)
        {
            CFunctions.WriteLog(text, name, network.Numbers);
        }

        if (Scaling.Of(surrogate).HasExponential || (options.Guard?.Second is { } other && Scaling.Of(other).HasExponential))
        {
            CFunctions.WriteExp(text, name, network.Numbers);
        }

        if (options.Weights == WeightFormat.Float16)
        {
            CFunctions.WriteHalf(text, name);
        }

        network.WriteTables(text);
        network.WriteOne(text);
        var answers = new CAnswers(surrogate, name, network.Numbers);
        answers.Write(text);
        if (!options.IsPrivate)
        {
            network.WriteCall(text, answers);
        }

        if (options.HasBatch && !options.IsPrivate)
        {
            network.WriteBatch(text, answers);
        }

        if (options.TestRows > 0)
        {
            CTestRows.Write(text, surrogate, name, network.Numbers, options.TestRows);
        }

        if (options.HasJacobian)
        {
            new CJacobian(surrogate, network).Write(text);
        }

        if (options.DropIn is { } dropIn)
        {
            WriteAnswers(text, surrogate, options, answers);
            text.Append(CultureInfo.InvariantCulture, $"\n// The program, with {f} under another name and, in its place, its surrogate.\n");
            bool hasPragmas = NscPragma().IsMatch(dropIn.Before) || NscPragma().IsMatch(dropIn.After);
            text.Append(hasPragmas ? QuietPragmas : "");
            text.Append(CultureInfo.InvariantCulture, $"{dropIn.Before}\n\n{dropIn.Definition}{dropIn.After}");
            text.Append(hasPragmas ? LoudPragmas : "");
        }

        return text.ToString();
    }

    private static void WriteHeader(StringBuilder text, Surrogate surrogate, ImmutableArray<string> notes)
    {
        Provenance made = surrogate.Provenance;
        text.Append(CultureInfo.InvariantCulture, $"// A neural surrogate of {CommentText.Of(surrogate.Signature.Function)}: {surrogate.Topology}.\n");
        text.Append(CultureInfo.InvariantCulture, $"// Made by nsc {CommentText.Of(made.ToolVersion)} from source {CommentText.Short(made.SourceHash)}, {made.Samples} samples. C99; needs nothing but the compiler.\n");
        for (int i = 0; i < surrogate.Signature.Inputs.Length; i++)
        {
            var input = surrogate.Signature.Inputs[i];
            text.Append(CultureInfo.InvariantCulture, $"//   in[{i}]: {CommentText.Of(input.Name)} in {input.Range}\n");
        }

        for (int k = 0; k < surrogate.Signature.Outputs.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"//   out[{k}]: {CommentText.Of(surrogate.Signature.Outputs[k].Name)}\n");
        }

        foreach (string note in notes)
        {
            text.Append(CultureInfo.InvariantCulture, $"// {CommentText.Of(note)}\n");
        }

        text.Append('\n');
    }

    /// <summary>
    /// The header that goes with the file, for C and C++: it declares <c>f_surrogate</c> and <c>f_surrogate_batch</c>. The function that a drop-in
    /// defines is declared where it was before.
    /// </summary>
    public static string WriteDeclarations(Surrogate surrogate, ExportOptions options)
    {
        string name = $"{options.NameFor(surrogate)}_surrogate", guard = $"{name.ToUpperInvariant()}_H";
        var numbers = new CNumbers(options.IsSingleThroughout);
        var text = new StringBuilder(DeclarationsStart);
        WriteHeader(text, surrogate, []);
        text.Append(CultureInfo.InvariantCulture, $$"""
            #ifndef {{guard}}
            #define {{guard}}

            #include <stddef.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            void {{name}}(const {{numbers.Type}} *in, {{numbers.Type}} *out);
            {{(options.HasBatch ? $"void {name}_batch(const {numbers.Type} *in, {numbers.Type} *out, size_t count);\n" : "")}}{{(options.HasJacobian ? CJacobian.Declaration(name, numbers) + "\n" : "")}}{{(
                options.TestRows > 0 ? CTestRows.Declarations(surrogate, name, numbers, options.TestRows) : "")}}
            #ifdef __cplusplus
            }
            #endif

            #endif

            """);
        return text.ToString();
    }

    [GeneratedRegex(@"^\s*#\s*pragma\s+nsc\b", RegexOptions.Multiline)]
    private static partial Regex NscPragma();

    // What the function in the original's place asks for an answer.
    private static void WriteAnswers(StringBuilder text, Surrogate surrogate, ExportOptions options, CAnswers answers)
    {
        SurrogateGuard? guard = options.Guard;
        string f = CommentText.Identifier(surrogate.Signature.Function), name = $"{options.NameFor(surrogate)}_surrogate";
        if (guard?.Second is { } second)
        {
            var network = new CNetwork(second, $"{f}_second", name, options);
            network.WriteTables(text);
            network.WriteOne(text);
            CNetwork.Table(text, "double", $"{name}_apart[{surrogate.Topology.Outputs}]", surrogate.OutputDeviation.Select(d => CNumbers.Double(guard.Limit * d)));
        }

        if (guard is not null)
        {
            CFunctions.WriteWithin(text, name);
        }

        text.Append(CultureInfo.InvariantCulture, $"\n// Whether there is an answer; if not, the original knows it.\nstatic int {f}_answers(const double *in, double *out)\n{{\n");
        if (guard is not null)
        {
            IEnumerable<string> within = surrogate.Signature.Inputs
                .Select((input, i) => $"{name}_within(in + {i}, {CNumbers.Double(input.Range.Low)}, {CNumbers.Double(input.Range.High)})");
            text.Append(CultureInfo.InvariantCulture, $"    if (!({string.Join("\n        && ", within)}))\n        return 0;\n\n");
            if (options.Domain is { Conditions.IsEmpty: false } domain)
            {
                text.Append(CultureInfo.InvariantCulture, $"    // Elsewhere the original gives no number.\n    if (!({string.Join("\n        && ", domain.Conditions.Select(c => c.InC))}))\n        return 0;\n\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"    {name}_one(in, out);\n");
        if (guard?.Second is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                    double other[{{surrogate.Topology.Outputs}}];
                    {{f}}_second_one(in, other);
                    for (int k = 0; k < {{surrogate.Topology.Outputs}}; k++)
                        if (!(out[k] - other[k] >= -{{name}}_apart[k] && out[k] - other[k] <= {{name}}_apart[k]))
                            return 0;


                """);
        }

        text.Append(answers.Call("out") is { Length: > 0 } call ? $"    {call}\n" : "").Append("    return 1;\n}\n");
    }
}
