// What a file may include: regular files below its own folder, below folders that the user named, and the system's headers. Judged
// by what the preprocessor says that it read, on real paths, so that no spelling of an #include and no link gets around it.

using System.Runtime.InteropServices;
using Nsc.Core.Files;

namespace Nsc.FrontEnd.Preprocessing;

internal sealed partial class IncludeRoots
{
    private const string System = "/usr";

    private readonly string _folder;
    private readonly string[] _roots;

    private IncludeRoots(string folder, string[] roots) => (_folder, _roots) = (folder, roots);

    /// <summary>Folders that the preprocessor may read; the system's go without saying.</summary>
    public IEnumerable<string> Readable => _roots;

    /// <param name="folder">The file's own folder, where the preprocessor works.</param>
    /// <param name="named">Further folders, relative to the process.</param>
    public static IncludeRoots Of(string folder, IEnumerable<string> named) =>
        new(folder, [.. named.Select(Path.GetFullPath).Prepend(folder).Select(f => RealPath(f) ?? f).Distinct()]);

    /// <summary>Whether a file that the preprocessor names is one that it may read.</summary>
    public bool Allows(string file)
    {
        string full = Path.GetFullPath(Path.Combine(_folder, file));
        return RealPath(full) is { } real && FileIdentity.Of(real).Kind == FileKind.File && _roots.Append(System).Any(root => Folders.Holds(root, real));
    }

    private static string? RealPath(string path)
    {
        nint resolved = ResolvePath(path, 0);
        string? real = Marshal.PtrToStringUTF8(resolved);
        Free(resolved);
        return real;
    }

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
