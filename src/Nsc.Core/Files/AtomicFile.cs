// Files that matter appear whole or not at all: a crash or a full disk in the middle of a save leaves the old file as it was.

namespace Nsc.Core.Files;

/// <summary>Writes a file by way of a temporary one in the same directory, renamed when it is complete and on the disk.</summary>
public static class AtomicFile
{
    /// <summary>Replaces the file at <paramref name="path"/>, or creates it. Throws <see cref="IOException"/> and its kin.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>
    /// Replaces the file at <paramref name="path"/> with what <paramref name="write"/> writes. When it throws, the old file is
    /// untouched and no temporary file is left. A symbolic link keeps pointing to where it did.
    /// </summary>
    public static void Write(string path, Action<Stream> write)
    {
        if (IsDevice(Path.GetFullPath(path)))
        {
            // Renaming over /dev/null would replace the device itself.
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        var link = new FileInfo(path);
        string target = link.LinkTarget is null ? link.FullName : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"there is no folder '{folder}' to write '{Path.GetFileName(target)}' to");
        }

        string temporary = Path.Combine(folder, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.tmp");
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

    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal);
}
