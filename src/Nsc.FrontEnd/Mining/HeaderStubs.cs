// Headers that a package makes when it is configured and that are therefore missing. A template of the same name stands in,
// without the lines that configuring would fill in; otherwise the header is empty.

using Nsc.FrontEnd.Execution;

namespace Nsc.FrontEnd.Mining;

internal sealed class HeaderStubs(SourcePackage package) : IDisposable
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
                if (!package.Owns(full) && !full.StartsWith("/usr/", StringComparison.Ordinal))
                {
                    return false;
                }

                continue;
            }

            string stub = Path.GetFullPath(Path.Combine(Folder, header));
            if (Path.IsPathRooted(header) || !stub.StartsWith(Folder + "/", StringComparison.Ordinal))
            {
                return false;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(stub)!);
            File.WriteAllLines(stub, Template(Path.GetFileName(header)));
        }

        return true;
    }

    private IEnumerable<string> Template(string header) => package.TemplateOf(header) is { } template
        ? File.ReadLines(template).Where(line => !line.Contains('@', StringComparison.Ordinal))
        : [];
}
