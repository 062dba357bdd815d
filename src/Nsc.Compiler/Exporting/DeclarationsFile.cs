// The C declarations that lie beside an exported file.

using Nsc.Core.Files;
using Nsc.Export;

namespace Nsc.Compiler.Exporting;

internal static class DeclarationsFile
{
    /// <summary>Where they lie.</summary>
    public static string Beside(string path) => Path.ChangeExtension(path, ".h");

    /// <summary>Why they cannot be written there, or null: nsc replaces no header but its own.</summary>
    public static string? Objection(string path)
    {
        string header = Beside(path);
        bool isForeign = header == path
            || (FileIdentity.Of(header).Kind == FileKind.File && !File.ReadLines(header).FirstOrDefault("").StartsWith(CExport.DeclarationsStart.TrimEnd(), StringComparison.Ordinal));
        return isForeign ? $"the declarations would be written to '{header}', which is not nsc's" : null;
    }
}
