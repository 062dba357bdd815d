// A Fortran module that declares what the C file of a surrogate defines.

using System.Globalization;
using System.Text;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

public sealed class FortranExport : IExporter
{
    // Of a name in Fortran.
    private const int Longest = 63;

    public string Format => "fortran";

    public string Title => "Fortran";

    public string Extension => ".f90";

    public bool CanShrink => true;

    public bool Computes => false;

    byte[] IExporter.Write(Surrogate surrogate, ExportOptions options) => Encoding.UTF8.GetBytes(Write(surrogate, options));

    string? IExporter.Objection(Surrogate surrogate, ExportOptions options) => Objection(options.NameFor(surrogate));

    /// <summary>
    /// Fortran 2003: a module <c>f_module</c> with interfaces of <c>f_surrogate(in, out)</c>, <c>f_surrogate_batch(in, out, count)</c> and, if asked,
    /// <c>f_surrogate_jacobian(in, jacobian)</c>. A row of C is a column here.
    /// </summary>
    public static string Write(Surrogate surrogate, ExportOptions options)
    {
        (int inputs, int outputs) = (surrogate.Topology.Inputs, surrogate.Topology.Outputs);
        string name = options.NameFor(surrogate), real = options.IsSingleThroughout ? "c_float" : "c_double";
        string batch = !options.HasBatch ? "" : Subroutine("_batch", "in, out, count", string.Create(CultureInfo.InvariantCulture, $$"""
                        integer(c_size_t), value :: count
                        real({{real}}), intent(in) :: in({{inputs}}, count)
                        real({{real}}), intent(out) :: out({{outputs}}, count)
            """));
        string jacobian = !options.HasJacobian ? "" : Subroutine("_jacobian", "in, jacobian", string.Create(CultureInfo.InvariantCulture, $$"""
                        real({{real}}), intent(in) :: in({{inputs}})
                        real({{real}}), intent(out) :: jacobian({{inputs}}, {{outputs}})
            """));
        string one = Subroutine("", "in, out", string.Create(CultureInfo.InvariantCulture, $$"""
                        real({{real}}), intent(in) :: in({{inputs}})
                        real({{real}}), intent(out) :: out({{outputs}})
            """));
        return $$"""
            ! Declarations, written by nsc: what the C export of {{CommentText.Of(surrogate.Signature.Function)}}'s surrogate defines.
            ! Inputs:
            {{Listed(surrogate.Signature.Inputs.Select(i => $"{i.Name} in {i.Range}"))}}! Outputs:
            {{Listed(surrogate.Signature.Outputs.Select(o => o.Name))}}module {{name}}_module
                use, intrinsic :: iso_c_binding, only: {{real}}, c_size_t
                implicit none
                interface
            {{one}}{{batch}}{{jacobian}}    end interface
            end module

            """;

        string Subroutine(string end, string arguments, string declarations) => $"""
                    subroutine {name}_surrogate{end}({arguments}) bind(c, name="{name}_surrogate{end}")
                        import :: {real}, c_size_t
            {declarations}
                    end subroutine

            """;
    }

    // Names of Fortran are letters of English, digits and underscores, and begin with a letter.
    private static string? Objection(string name) =>
        char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && name.Length + "_surrogate_jacobian".Length <= Longest ? null
        : $"'{name}' cannot be a part of names in Fortran, which begin with a letter, have no others than those of English, digits and underscores, and at most {Longest} of them: choose another with --name, for the C file too";

    private static string Listed(IEnumerable<string> names) => string.Concat(names.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"!   {i + 1}: {CommentText.Of(name)}\n")));
}
