// The arguments that clang preprocesses and parses with, and which of the user's are let through.

using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

/// <param name="Preprocessing">How a file becomes one text.</param>
/// <param name="Parsing">How that text is read for messages about it.</param>
/// <param name="IncludeFolders">Where headers are looked for beside the file's own folder and the system's.</param>
internal sealed partial record ClangArguments(ImmutableArray<string> Preprocessing, ImmutableArray<string> Parsing, ImmutableArray<string> IncludeFolders)
{
    /// <summary>How every stored unit is read, by whoever compiles it: as text that is preprocessed already.</summary>
    public static readonly ImmutableArray<string> Unit = ["-x", "cpp-output", "-std=gnu17", "-w"];

    /// <summary>Clang's own default for C since version 17 lies between; graph and native code are built as gnu17 as well.</summary>
    private const string Standard = "-std=gnu17";

    /// <summary>The arguments around the user's own.</summary>
    public static ClangArguments For(IReadOnlyList<string> fromUser, DiagnosticBag diagnostics)
    {
        foreach (string argument in fromUser.Where(a => !Allowed().IsMatch(a)))
        {
            diagnostics.ReportForbiddenArgument(argument);
        }

        string[] allowed = [.. fromUser.Where(a => Allowed().IsMatch(a))];
        return new ClangArguments(
            ["-x", "c", Standard, "-Wdate-time", .. allowed.Select(Absolute)],
            ["-x", "cpp-output", Standard, .. allowed.Where(a => a.StartsWith("-W", StringComparison.Ordinal) || a.StartsWith("-std", StringComparison.Ordinal))],
            [.. allowed.Where(IsFolder).Select(a => a[2..])]);
    }

    private static bool IsFolder(string argument) => argument.StartsWith("-I", StringComparison.Ordinal);

    // Clang works in the file's folder, where a relative path would mean another one.
    private static string Absolute(string argument) => IsFolder(argument) ? "-I" + Path.GetFullPath(argument[2..]) : argument;

    [GeneratedRegex(@"^(-[DU]\w[^\0]*|-I[^\0]+|-W(?![lap],)[\w=+-]*|-std=\w+:?\w*)$")]
    private static partial Regex Allowed();
}
