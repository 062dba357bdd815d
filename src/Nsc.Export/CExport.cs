// A surrogate as one C file that needs nothing: no library, no allocation, no other file.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
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

    public bool CanHalve => true;

    byte[] IExporter.Write(Surrogate surrogate, ExportOptions options) => Encoding.UTF8.GetBytes(Write(surrogate, options));

    string? IExporter.WriteDeclarations(Surrogate surrogate, bool hasJacobian) => WriteDeclarations(surrogate, hasJacobian);

    /// <summary>
    /// The file's text, C99. For a function f it defines <c>f_surrogate(const double *in, double *out)</c>, which takes and gives numbers
    /// in the program's units, and <c>f_surrogate_batch(in, out, count)</c> for count rows of them; then, if asked, <c>f_surrogate_jacobian(in, jacobian)</c>, and
    /// the program's own text with another f.
    /// </summary>
    public static string Write(Surrogate surrogate, ExportOptions options) => CFile.Write(
        new NetApproximation(surrogate, options), options.DropIn, options.Guard is not null, options.Domain, options.Notes.IsDefault ? [] : options.Notes);

    /// <summary>
    /// The header that goes with the file, for C and C++: it declares <c>f_surrogate</c> and <c>f_surrogate_batch</c>. The function that a drop-in
    /// defines is declared where it was before.
    /// </summary>
    /// <param name="hasJacobian">Whether the file has <c>f_surrogate_jacobian</c> too.</param>
    public static string WriteDeclarations(Surrogate surrogate, bool hasJacobian = false)
    {
        string f = CommentText.Identifier(surrogate.Signature.Function), guard = $"{f.ToUpperInvariant()}_SURROGATE_H";
        var text = new StringBuilder(DeclarationsStart);
        CFile.WriteHeader(text, new NetApproximation(surrogate, new ExportOptions()), []);
        text.Append(CultureInfo.InvariantCulture, $$"""
            #ifndef {{guard}}
            #define {{guard}}

            #include <stddef.h>

            #ifdef __cplusplus
            extern "C" {
            #endif

            void {{f}}_surrogate(const double *in, double *out);
            void {{f}}_surrogate_batch(const double *in, double *out, size_t count);{{(hasJacobian ? "\n" + CJacobian.Declaration($"{f}_surrogate") : "")}}

            #ifdef __cplusplus
            }
            #endif

            #endif

            """);
        return text.ToString();
    }
}
