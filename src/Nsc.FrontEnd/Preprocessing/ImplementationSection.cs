// Libraries of one header: it always declares its functions, and defines them where a macro says that this file is the one, as in
// #ifdef X_IMPLEMENTATION. Who names a function of that section means the section to be read.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Preprocessing;

internal static partial class ImplementationSection
{
    /// <summary>The project with the macro defined that the section of some functions asks for, with a note; the same project where there is none.</summary>
    public static ProjectContext Opened(ProjectContext project, SourceText written, IReadOnlyCollection<string> functions, DiagnosticBag diagnostics)
    {
        string? macro = functions.Count == 0 || !written.Text.Contains("IMPL", StringComparison.Ordinal) ? null : MacroOf(written.Text, functions);
        if (macro is null || project.Flags.Any(f => f.Name is "-D" or "-U" && f.Value.Split('=')[0] == macro))
        {
            return project;
        }

        diagnostics.ReportSectionOpened(new SourcePlace(SourceLocation.InFile(written.Path), null), macro);
        return project with { Flags = project.Flags.Add(new ClangFlag("-D", macro)) };
    }

    // Of the lines between #ifdef and #endif that begin to define one of the functions.
    private static string? MacroOf(string text, IReadOnlyCollection<string> functions)
    {
        var named = new Regex($@"\b(?:{string.Join('|', functions.Select(Regex.Escape))})\s*\(");
        var open = new Stack<string?>();
        foreach (string line in text.Split('\n'))
        {
            if (Condition().Match(line) is { Success: true } condition)
            {
                open.Push(Section().Match(condition.Groups["rest"].Value) is { Success: true } section ? section.Groups["macro"].Value : null);
            }
            else if (End().IsMatch(line))
            {
                open.TryPop(out _);
            }
            else if (open.FirstOrDefault(m => m is not null) is { } macro && named.IsMatch(line) && !line.TrimEnd().EndsWith(';') && !Regex.IsMatch(text, $@"#\s*define\s+{macro}\s*$", RegexOptions.Multiline))
            {
                return macro;
            }
        }

        return null;
    }

    [GeneratedRegex(@"^\s*#\s*if(?<rest>.*)")]
    private static partial Regex Condition();

    [GeneratedRegex(@"^(?:def\s+|\s*defined\s*\(?\s*)(?<macro>\w*IMPL(?:EMENTATION)?)\s*\)?\s*(?://.*|/\*.*)?$")]
    private static partial Regex Section();

    [GeneratedRegex(@"^\s*#\s*endif\b")]
    private static partial Regex End();
}
