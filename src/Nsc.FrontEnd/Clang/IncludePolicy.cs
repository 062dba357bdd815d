// Which files a program may read while it is compiled: system headers, and headers below its own folder. Decided on
// the text before a compiler opens anything, because messages about a foreign file would quote it, and devices never end.

using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal static class IncludePolicy
{
    /// <summary>Headers are followed this far; clang itself gives up at 200.</summary>
    private const int MostLocalHeaders = 256;

    /// <summary>Reports every forbidden inclusion of the text and of its local headers.</summary>
    /// <returns>Whether the text includes local headers, so that it is not self-contained.</returns>
    public static bool Check(SourceText source, IReadOnlyList<Directive> directives, DiagnosticBag diagnostics)
    {
        var visited = new HashSet<string>();
        var pending = new Stack<(SourceText Source, IReadOnlyList<Directive> Directives)>();
        pending.Push((source, directives));
        while (pending.TryPop(out var unit) && visited.Count < MostLocalHeaders)
        {
            foreach (Directive directive in unit.Directives)
            {
                string? header = CheckOne(unit.Source, directive, source.Folder, diagnostics);
                if (header is not null && visited.Add(header) && ReadHeader(header) is { } text)
                {
                    var headerSource = new SourceText(header, text);
                    pending.Push((headerSource, DirectiveScanner.Scan(headerSource.Utf8)));
                }
            }
        }

        return visited.Count > 0;
    }

    /// <returns>The full path of an allowed local header, or null.</returns>
    private static string? CheckOne(SourceText source, Directive directive, string root, DiagnosticBag diagnostics)
    {
        if (directive.Name is "embed" or "include_next" or "import")
        {
            diagnostics.ReportForbiddenDirective(source, directive);
            return null;
        }

        if (directive.Name != "include")
        {
            return null;
        }

        string operand = directive.Text.Trim();
        bool isSystem = operand.StartsWith('<');
        int end = operand.Length < 2 ? -1 : operand.IndexOf(isSystem ? '>' : '"', 1);
        if (end < 0 || !(isSystem || operand.StartsWith('"')))
        {
            diagnostics.ReportComputedInclude(source, directive);
            return null;
        }

        string name = operand[1..end];
        if (isSystem)
        {
            if (name.StartsWith('/') || name.Split('/').Contains(".."))
            {
                diagnostics.ReportForeignInclude(source, directive, name);
            }

            return null;
        }

        string full = Path.GetFullPath(Path.Combine(source.Folder, name.Replace("\0", "", StringComparison.Ordinal)));
        if (Path.IsPathRooted(name) || !full.StartsWith(root.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            diagnostics.ReportForeignInclude(source, directive, name);
            return null;
        }

        return full;
    }

    private static string? ReadHeader(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists && file.Length <= ClangFrontEnd.LargestSource ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // clang says so, with the position of the include.
        }
    }
}
