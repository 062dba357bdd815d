// From a C file to one text that needs no other file. Clang's preprocessor does it, once, in a confined process, with macros that do not
// depend on what the text is for; so what is checked, what becomes a graph and what is built are one and the same.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class Preprocessor
{
    private const string Target = "nsc-dependencies";

    /// <summary>The file as one text, or null where the diagnostics have an error.</summary>
    public static ExpandedText? Expand(SourceText written, ClangArguments arguments, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        using var stubs = new MissingHeaders();
        (ClangRun run, IncludeRoots roots, arguments) = Run(written, arguments, stubs, toolchain, diagnostics);
        if (run.ExitCode is not (0 or 1))
        {
            diagnostics.ReportTooComplex(written);
            return null;
        }

        if (run.ExitCode == 0 && run.Output.Length > SourceText.Largest)
        {
            diagnostics.ReportSourceTooLarge(written.Path, run.Output.Length);
            return null;
        }

        if (Dependencies(run.Messages, run.ExitCode) is not { } read)
        {
            throw new InvalidOperationException("clang does not say which files it has read");
        }

        string[] foreign = [.. read.Where(f => !roots.Allows(f))];
        var expanded = new ExpandedText(Owned(run.Output, written, arguments), written, written.Path, read);
        foreach (string file in foreign)
        {
            diagnostics.ReportForeignInclude(new SourcePlace(SourceLocation.InFile(written.Path), null), file);
        }

        if (foreign.Length == 0)
        {
            ReportMessages(run.Messages, written, roots, diagnostics, arguments.IsUnconfigured);
            if (!diagnostics.HasErrors && expanded.Flaw() is var (what, offset))
            {
                diagnostics.ReportForbiddenDirective(expanded.Source.PlaceAt(offset), what);
            }
        }

        return diagnostics.HasErrors ? null : expanded;
    }

    // Clang stops at the first header that is not found. The project may have it; else it is read as empty, and the text says whether the function
    // needed it.
    private static (ClangRun Run, IncludeRoots Roots, ClangArguments Arguments) Run(
        SourceText written, ClangArguments arguments, MissingHeaders stubs, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var project = new ProjectHeaders(arguments.Project ?? written.Folder, written);
        while (true)
        {
            string[] command = ["-E", "-MD", "-MT", Target, "-MF", "/dev/stderr", "-fno-caret-diagnostics", "-fno-color-diagnostics", .. arguments.Preprocessing];
            IncludeRoots roots = IncludeRoots.Of(written.Folder, [.. arguments.IncludeFolders, .. stubs.OwnFolders]);
            ClangRun run = ClangProcess.Run([.. command, .. stubs.Search], written, toolchain, roots.Readable);
            if (run.ExitCode == 0 && stubs.Fill(run.Output) is { } guessed)
            {
                diagnostics.ReportGuessed(new SourcePlace(SourceLocation.InFile(written.Path), null), guessed);
                continue;
            }

            string? complaints = null;
            string Complaints() => complaints ??= ComplaintsAbout(written, arguments, stubs, toolchain, roots);
            IEnumerable<string> Unknown(Regex name) => name.Matches(Complaints()).Select(m => m.Groups["name"].Value);
            if (run.ExitCode == 0 && stubs.AddTypes(() => [.. Unknown(UnknownType()), .. Unknown(UnknownIdentifier()).Where(n => IsType(n, run.Output))], run.Output) is { } opaque)
            {
                diagnostics.ReportOpaqueTypes(new SourcePlace(SourceLocation.InFile(written.Path), null), opaque);
                continue;
            }

            if (run.ExitCode == 0 && (stubs.AddConstants(() => Unknown(UnknownIdentifier()), run.Output) ?? stubs.AddUses(Complaints, run.Output)) is { } guess)
            {
                diagnostics.ReportGuessed(new SourcePlace(SourceLocation.InFile(written.Path), null), guess);
                continue;
            }

            if (run.ExitCode != 1 || Missing(run.Messages, written) is not var (name, place))
            {
                return (run, roots, arguments);
            }

            if (project.FolderWith(name) is { } folder && !arguments.OwnFolders.Contains(folder))
            {
                diagnostics.ReportHeaderOfProject(place, name, folder);
                arguments = arguments.WithFolder(folder);
            }
            else if (stubs.Supply(name))
            {
                diagnostics.ReportMissingHeader(place, name);
            }
            else
            {
                return (run, roots, arguments);
            }
        }
    }

    // Within functions, clang takes the first word of a declaration for a variable when it does not know it.
    private static bool IsType(string name, string text) => Regex.IsMatch(text, $@"[;{{}}(]\s*(?:const\s+)?{name}\s+\**\s*\w+\s*[;=,\[]");

    // What clang says of the text as it is.
    private static string ComplaintsAbout(SourceText written, ClangArguments arguments, MissingHeaders stubs, Toolchain toolchain, IncludeRoots roots)
    {
        string[] command = ["-fsyntax-only", "-w", "-ferror-limit=0", "-fno-caret-diagnostics", "-fno-color-diagnostics", .. arguments.Preprocessing];
        return ClangProcess.Run([.. command, .. stubs.Search], written, toolchain, roots.Readable).Messages;
    }

    // What is found after the system's own headers, clang takes for a system header (3); what is the project's own is none.
    private static string Owned(string text, SourceText written, ClangArguments arguments) => arguments.OwnFolders.IsEmpty ? text
        : FileMarker().Replace(text, marker => arguments.OwnFolders.Any(f => Folders.Holds(f, Path.GetFullPath(Path.Combine(written.Folder, marker.Groups["name"].Value))))
            ? marker.Groups["start"].Value : marker.Value);

    // The header that clang did not find, unless it is there and must not be read.
    private static (string Name, SourcePlace Place)? Missing(string messages, SourceText written)
    {
        foreach (Match message in Message().Matches(messages))
        {
            if (MissingFile().Match(message.Groups["text"].Value) is { Success: true } missing)
            {
                string name = missing.Groups["name"].Value;
                bool isInAngles = message.Groups["text"].Value.Contains("<angled>", StringComparison.Ordinal); // Beside its includer, where only quotes look.
                return isInAngles || IsThere(name, message.Groups["file"].Value, written) is null ? (name, PlaceOf(message, written)) : null;
            }
        }

        return null;
    }

    // Make's format: a target, a colon, names that are separated by blanks and continued by backslashes; a blank in a name has one too.
    private static string[]? Dependencies(string messages, int exitCode)
    {
        int start = messages.LastIndexOf("\n" + Target + ":", StringComparison.Ordinal) + 1;
        if (!messages[start..].StartsWith(Target + ":", StringComparison.Ordinal))
        {
            return exitCode == 0 ? null : []; // After an error it may not come to that, and nothing of the text is used.
        }

        string rule = Continuation().Replace(messages[(start + Target.Length + 1)..], " ").Split('\n')[0];
        return [.. Name().Matches(rule).Select(m => Escape().Replace(m.Value, "$1").Replace("$$", "$", StringComparison.Ordinal)).Where(n => n != "-")];
    }

    private static void ReportMessages(string messages, SourceText written, IncludeRoots roots, DiagnosticBag diagnostics, bool isUnconfigured)
    {
        foreach (Match match in Message().Matches(messages))
        {
            string file = match.Groups["file"].Value;
            SourcePlace place = PlaceOf(match, written);
            if (MissingFile().Match(match.Groups["text"].Value) is { Success: true } missing && IsThere(missing.Groups["name"].Value, file, written) is { } there && !roots.Allows(there))
            {
                diagnostics.ReportForeignInclude(place, missing.Groups["name"].Value);
                continue;
            }

            string option = match.Groups["option"].Value;
            diagnostics.Report(
                place, option.Length > 0 ? $"clang-{option}" : "clang", SourceMessages.Printable(match.Groups["text"].Value),
                severity: isUnconfigured || match.Groups["severity"].Value == "warning" ? Severity.Warning : Severity.Error);
        }
    }

    private static SourcePlace PlaceOf(Match message, SourceText written)
    {
        string file = message.Groups["file"].Value;
        int line = int.Parse(message.Groups["line"].Value, CultureInfo.InvariantCulture), column = int.Parse(message.Groups["column"].Value, CultureInfo.InvariantCulture);
        return file == ExpandedText.Main && line <= written.LineCount
            ? written.PlaceAt(Math.Min(written.Line(line - 1).Start + column - 1, written.Line(line - 1).End))
            : new SourcePlace(new SourceLocation(SourceMessages.Printable(file), line, column), null);
    }

    // What clang may not see, it calls missing.
    private static string? IsThere(string name, string includer, SourceText written)
    {
        string folder = includer == ExpandedText.Main ? written.Folder : Path.GetDirectoryName(Path.GetFullPath(Path.Combine(written.Folder, includer))) ?? "/";
        string full = Path.GetFullPath(Path.Combine(folder, name));
        return Path.Exists(full) ? full : null;
    }

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,9}):(?<column>\d{1,9}): (?:fatal )?(?<severity>error|warning): (?<text>.*?)(?: \[-W(?:error,-W)?(?<option>[\w#+=-]+)(?:,[^\]]*)?\])?$", RegexOptions.Multiline)]
    private static partial Regex Message();

    [GeneratedRegex("^(?<start># \\d+ \"(?<name>[^\"<][^\"]*)\"(?: [12])?) 3(?: 4)?$", RegexOptions.Multiline)]
    private static partial Regex FileMarker();

    [GeneratedRegex("^(?:'(?<name>.*)' file not found.*|cannot open file '(?<name>.*)': .*)$")]
    private static partial Regex MissingFile();

    [GeneratedRegex(@"error: (?:unknown type name '(?<name>\w+)'|(?:field has incomplete type|variable has incomplete type|array has incomplete element type) '(?<name>struct \w+)')")]
    private static partial Regex UnknownType();

    [GeneratedRegex(@"error: use of undeclared identifier '(?<name>\w+)'")]
    private static partial Regex UnknownIdentifier();

    [GeneratedRegex(@"\\\r?\n")]
    private static partial Regex Continuation();

    [GeneratedRegex(@"(?:[^\s\\]|\\.)+")]
    private static partial Regex Name();

    [GeneratedRegex(@"\\([ #])")]
    private static partial Regex Escape();
}
