// A surrogate as one C file that needs nothing: no library, no allocation, no other file.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export.Approximations;
using Nsc.Export.Writing;

namespace Nsc.Export;

public sealed class CExport : IExporter
{
    /// <summary>How every file of declarations begins.</summary>
    public const string DeclarationsStart = "// Declarations, written by nsc.\n";

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
    public static string Write(Surrogate surrogate, ExportOptions options) => CFile.Write(
        new NetApproximation(surrogate, options), options.DropIn, options.Guard is not null, options.Domain?.InC ?? [], options.Notes.IsDefault ? [] : options.Notes);

    /// <summary>
    /// The header that goes with the file, for C and C++: it declares <c>f_surrogate</c> and <c>f_surrogate_batch</c>. The function that a drop-in
    /// defines is declared where it was before.
    /// </summary>
    public static string WriteDeclarations(Surrogate surrogate, ExportOptions options)
    {
        string name = $"{options.NameFor(surrogate)}_surrogate", guard = $"{name.ToUpperInvariant()}_H";
        var numbers = new CNumbers(options.IsSingleThroughout);
        var text = new StringBuilder(DeclarationsStart);
        CFile.WriteHeader(text, new NetApproximation(surrogate, options), []);
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
}
