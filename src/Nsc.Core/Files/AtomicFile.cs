// Files that matter appear whole or not at all: a crash or a full disk in the middle of a save leaves the old file as it was.

using System.Text;

namespace Nsc.Core.Files;

/// <summary>Writes a file by way of a temporary one in the same directory, renamed when it is complete and on the disk.</summary>
public static class AtomicFile
{
    private const int LongestName = 255;

    /// <summary>Replaces the file at <paramref name="path"/>, or creates it. Throws <see cref="IOException"/> and its kin.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>
    /// Replaces the file at <paramref name="path"/> with what <paramref name="write"/> writes. When it throws, the old file is
    /// untouched and no temporary file is left. A symbolic link keeps pointing to where it did. A device or an open stream is written
    /// to and stays what it is.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        if (Objection(path) is { } objection)
        {
            throw new IOException($"'{path}' cannot be written: {objection}");
        }

        if (IsWrittenInPlace(path))
        {
            // The stream itself: opened by its name, a file that output is appended to would be written from its beginning on.
            using Stream stream = path == "/dev/stdout" ? Console.OpenStandardOutput() : new FileStream(path, FileMode.Open, FileAccess.Write);
            write(stream);
            return;
        }

        string target = TargetOf(path), temporary = TemporaryBeside(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, target, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Why <see cref="Write(string, Action{Stream})"/> cannot write to a path, in words; null when it can, for all that can be seen of the path.</summary>
    public static string? Objection(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            return "a file needs a name";
        }

        switch (FileIdentity.Of(path).Kind)
        {
            case FileKind.Folder:
                return "it is a folder";
            case FileKind.Socket or FileKind.BlockDevice:
                return "it is no file";
            case FileKind.Pipe when !FileIdentity.IsOpenStream(path):
                return "it is a named pipe, which may have no reader";
            case FileKind.Missing:
                return MissingObjection(path);
            default:
                return null;
        }
    }

    /// <summary>Tries whether the folder of a path takes files, before the work whose result goes there. Throws as <see cref="Write(string, Action{Stream})"/> would.</summary>
    public static void Try(string path)
    {
        if (!IsWrittenInPlace(path))
        {
            string temporary = TemporaryBeside(TargetOf(path));
            new FileStream(temporary, FileMode.CreateNew, FileAccess.Write).Dispose();
            File.Delete(temporary);
        }
    }

    // Renaming over /dev/null would replace the device itself.
    private static bool IsWrittenInPlace(string path) => FileIdentity.IsOpenStream(path) || FileIdentity.Of(path).Kind == FileKind.Device;

    private static string? MissingObjection(string path)
    {
        string target = TargetOf(path), name = Path.GetFileName(target), folder = Path.GetDirectoryName(target) ?? "/";
        return name.Length == 0 ? "there is no such folder"
            : FileIdentity.Of(folder).Kind != FileKind.Folder ? $"there is no folder '{folder}'"
            : Encoding.UTF8.GetByteCount(name) > LongestName ? $"its name is longer than {LongestName} bytes"
            : null;
    }

    // Where a link leads, whether or not something is there.
    private static string TargetOf(string path)
    {
        var link = new FileInfo(path);
        return link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
    }

    private static string TemporaryBeside(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".nsc-{Guid.NewGuid():N}.tmp");
}
