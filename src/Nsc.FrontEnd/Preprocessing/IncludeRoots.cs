// What a file may include: regular files below its own folder, below folders that the user named, and the system's headers. Judged
// by what the preprocessor says that it read, on real paths, so that no spelling of an #include and no link gets around it.

using System.Runtime.InteropServices;
using Nsc.FrontEnd.Clang;

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
        return RealPath(full) is { } real && IsRegular(real) && _roots.Append(System).Any(root => IsBelow(real, root));
    }

    /// <summary>The text of a regular file of bearable size, or null.</summary>
    public static string? ReadRegular(string path)
    {
        try
        {
            return IsRegular(path) && new FileInfo(path).Length <= ClangFrontEnd.LargestSource ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsBelow(string path, string root) => root == "/" || path.StartsWith(root + "/", StringComparison.Ordinal);

    // Neither a folder, nor a device, nor a pipe: .NET calls all of these but folders files with this attribute unset.
    private static bool IsRegular(string path) => File.Exists(path) && IsRegularMode(path);

    private static unsafe bool IsRegularMode(string path)
    {
        // struct statx: the mode is the 16-bit number at byte 28.
        byte* stat = stackalloc byte[256];
        const int WorkingFolder = -100, Type = 1, RegularFile = 0x8000, TypeBits = 0xf000;
        return Statx(WorkingFolder, path, 0, Type, stat) == 0 && (*(ushort*)(stat + 28) & TypeBits) == RegularFile;
    }

    private static string? RealPath(string path)
    {
        nint resolved = ResolvePath(path, 0);
        string? real = Marshal.PtrToStringUTF8(resolved);
        Free(resolved);
        return real;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int folder, string path, int flags, uint mask, byte* result);

    [LibraryImport("libc", EntryPoint = "realpath", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, nint buffer);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
