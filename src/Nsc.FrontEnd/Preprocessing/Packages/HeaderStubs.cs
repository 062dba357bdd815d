// Headers that are missing until a package is configured. The package's own header of that name stands in, which configuring
// would link or copy to where it is looked for; else a template, without the lines that configuring would fill in; otherwise the
// header is empty. A library that many packages use has a stand-in of its own.

using System.Text.RegularExpressions;
using Nsc.Core.Files;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Preprocessing.Packages;

internal sealed partial class HeaderStubs(SourcePackage package) : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public string Folder => _folder.Path;

    /// <summary>Clang's arguments that find the stubs after everything else.</summary>
    public string[] Search => ["-idirafter", _folder.Path];

    /// <summary>Writes the missing ones of some headers; false when one is neither the package's, nor the system's, nor missing.</summary>
    public bool Supply(IEnumerable<string> headers, string folder)
    {
        lock (_folder)
        {
            return SupplyAll(headers, folder);
        }
    }

    public void Dispose() => _folder.Dispose();

    private bool SupplyAll(IEnumerable<string> headers, string folder)
    {
        foreach (string header in headers)
        {
            string full = Path.GetFullPath(Path.Combine(folder, header));
            if (File.Exists(full))
            {
                if (!package.Owns(full) && !IsStub(full) && !full.StartsWith("/usr/", StringComparison.Ordinal))
                {
                    return false;
                }

                continue;
            }

            string stub = Path.GetFullPath(Path.Combine(Folder, header));
            if (Path.IsPathRooted(header) || !IsStub(stub))
            {
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(stub)!);
            File.WriteAllLines(stub, WellKnownHeaders.TextOf(header) is { } text ? [text] : StandIn(Path.GetFileName(header)));
        }

        return true;
    }

    private bool IsStub(string path) => Folders.Holds(Folder, path);

    private IEnumerable<string> StandIn(string header) => package.OnlyHeader(header) is { } own ? [$"#include \"{own}\""]
        : package.TemplateOf(header) is { } template ? File.ReadLines(template).Select(Unconfigured)
        : [];

    // What configuring would fill in is false in a condition, and elsewhere its line is left out.
    private static string Unconfigured(string line) => Condition().IsMatch(line) ? Placeholder().Replace(line, "0")
        : line.Contains('@', StringComparison.Ordinal) ? ""
        : line;

    [GeneratedRegex(@"^\s*#\s*(el)?if\b")]
    private static partial Regex Condition();

    [GeneratedRegex(@"@\w+@")]
    private static partial Regex Placeholder();
}
