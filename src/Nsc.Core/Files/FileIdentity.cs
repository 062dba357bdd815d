// What a path leads to. A pipe that nobody reads, a device and a folder must be told from a file before they are opened: opening may
// wait for ever, and a rename would put a file in their place.

using System.Runtime.InteropServices;

namespace Nsc.Core.Files;

public enum FileKind
{
    /// <summary>Nothing is there, or nothing that this user may see.</summary>
    Missing,
    File,
    Folder,
    Pipe,
    Socket,

    /// <summary>A character device, such as a terminal or /dev/null.</summary>
    Device,

    /// <summary>A disk.</summary>
    BlockDevice,
}

/// <summary>What a path leads to, links followed. Equal for two paths to one file.</summary>
public readonly partial record struct FileIdentity(FileKind Kind, ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const uint BasicStatus = 0x7ff;

    public static FileIdentity Of(string path)
    {
        Span<byte> status = stackalloc byte[256];
        return path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || Statx(CurrentFolder, path, 0, BasicStatus, ref status[0]) != 0
            ? new FileIdentity(FileKind.Missing, 0, 0)
            : new FileIdentity(
                KindOf(MemoryMarshal.Read<ushort>(status[28..])),
                ((ulong)MemoryMarshal.Read<uint>(status[136..]) << 32) | MemoryMarshal.Read<uint>(status[140..]), MemoryMarshal.Read<ulong>(status[32..]));
    }

    /// <summary>Whether a path names an open stream of this process, as a shell's <c>&lt;(...)</c> and <c>&gt;(...)</c> do.</summary>
    public static bool IsOpenStream(string path) =>
        path is "/dev/stdin" or "/dev/stdout" or "/dev/stderr" || path.StartsWith("/dev/fd/", StringComparison.Ordinal)
        || path.StartsWith("/proc/self/fd/", StringComparison.Ordinal);

    /// <summary>Why nobody should read this path, in words; null for a file, for an open stream, and where nothing is.</summary>
    public static string? ReadingObjection(string path) => Of(path).Kind switch
    {
        FileKind.Folder => "it is a folder",
        FileKind.BlockDevice or FileKind.Socket => "it is no file",
        FileKind.Pipe when !IsOpenStream(path) => "it is a named pipe, which may never end",
        FileKind.Device when !IsOpenStream(path) => "it is a device, which may never end",
        _ => null,
    };

    // S_IFMT and its values in Linux's stat.h.
    private static FileKind KindOf(int mode) => (mode & 0xf000) switch
    {
        0x1000 => FileKind.Pipe,
        0x2000 => FileKind.Device,
        0x4000 => FileKind.Folder,
        0x6000 => FileKind.BlockDevice,
        0xc000 => FileKind.Socket,
        _ => FileKind.File,
    };

    // statx has one layout on all processors, which stat has not.
    [LibraryImport("libc.so.6", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
