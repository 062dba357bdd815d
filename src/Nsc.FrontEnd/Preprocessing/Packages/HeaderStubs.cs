// Headers that are missing until a package is configured. The package's own header of that name stands in, which configuring
// would link or copy to where it is looked for; else a template, without the lines that configuring would fill in; otherwise the
// header is empty. A library that many packages use has a stand-in of its own.

using System.Text.RegularExpressions;
using Nsc.Core.Files;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing.Packages;

internal static partial class HeaderStubs
{
    /// <summary>Writes those of a package's missing headers into a folder, which is to be searched after everything else.</summary>
    public static void Write(SourcePackage package, Toolchain toolchain, string folder)
    {
        string[] searched = [.. package.HeaderFolders, .. toolchain.HeaderFolders];
        var found = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (string name in package.Texts.SelectMany(file => Missing(file, searched, found)).Distinct())
        {
            string stub = Path.GetFullPath(Path.Combine(folder, name));
            if (Folders.Holds(folder, stub) && !Path.Exists(stub))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(stub)!);
                File.WriteAllLines(stub, WellKnownHeaders.TextOf(name) is { } text ? [text] : StandIn(Path.GetFileName(name), package));
            }
        }
    }

    // The headers that a file includes and that are neither beside it nor in the folders that are searched.
    private static IEnumerable<string> Missing(string file, string[] searched, Dictionary<string, bool> found) => Inclusion().Matches(SourceText.ReadRegular(file) ?? "")
        .Select(m => m.Groups["name"].Value)
        .Where(name =>
        {
            if (!found.TryGetValue(name, out bool isFound))
            {
                found.Add(name, isFound = searched.Any(f => File.Exists(Path.Combine(f, name))));
            }

            return !isFound && !File.Exists(Path.Combine(Path.GetDirectoryName(file)!, name));
        });

    private static IEnumerable<string> StandIn(string header, SourcePackage package) => package.OnlyHeader(header) is { } own ? [$"#include \"{own}\""]
        : package.TemplateOf(header) is { } template ? File.ReadLines(template).Select(Unconfigured)
        : [];

    // What configuring would fill in is false in a condition, and elsewhere its line is left out.
    private static string Unconfigured(string line) => Condition().IsMatch(line) ? Placeholder().Replace(line, "0")
        : line.Contains('@', StringComparison.Ordinal) ? ""
        : line;

    [GeneratedRegex("^[ \\t]*#[ \\t]*include[ \\t]*[\"<](?<name>[\\w+-][\\w./+-]*)[\">]", RegexOptions.Multiline)]
    private static partial Regex Inclusion();

    [GeneratedRegex(@"^\s*#\s*(el)?if\b")]
    private static partial Regex Condition();

    [GeneratedRegex(@"@\w+@")]
    private static partial Regex Placeholder();
}
