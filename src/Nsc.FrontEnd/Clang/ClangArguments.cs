// The arguments that clang and libclang parse a unit with, and which of the user's are let through.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal static partial class ClangArguments
{
    /// <summary>Clang's own default for C since version 17 lies between; graph and native code are built as gnu17 as well.</summary>
    private static readonly string[] Base = ["-x", "c", "-std=gnu17", "-Wno-unknown-pragmas", "-Wdate-time"];

    /// <summary>The arguments of a parse; the user's come last but one, so that the pragma warning stays off.</summary>
    public static string[] For(IReadOnlyList<string> fromUser, DiagnosticBag diagnostics)
    {
        foreach (string argument in fromUser.Where(a => !Allowed().IsMatch(a)))
        {
            diagnostics.ReportForbiddenArgument(argument);
        }

        return [.. Base, .. fromUser.Where(a => Allowed().IsMatch(a)), "-Wno-unknown-pragmas"];
    }

    [GeneratedRegex(@"^(-[DU]\w[^\0]*|-I[^\0]+|-W(?![lap],)[\w=+-]*|-std=\w+:?\w*)$")]
    private static partial Regex Allowed();
}
