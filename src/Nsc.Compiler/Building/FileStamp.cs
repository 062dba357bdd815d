// How a file is known again. As long as its size and time are the same, nobody reads it.

using System.Collections.Immutable;
using System.Security.Cryptography;
using Nsc.Core.Files;

namespace Nsc.Compiler.Building;

/// <summary>A file as it was.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Ticks">When it was last written, in UTC.</param>
/// <param name="Hash">SHA-256 of its content.</param>
internal sealed record FileStamp(string Path, long Size, long Ticks, string Hash)
{
    /// <summary>The file as it is; null where there is none, or one that cannot be read.</summary>
    public static FileStamp? Of(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (FileIdentity.Of(path).Kind != FileKind.File)
            {
                return null;
            }

            // The time first: a change while the content is read is seen the next time.
            (long size, long ticks) = Seen(file);
            using FileStream content = file.OpenRead();
            return new FileStamp(path, size, ticks, Convert.ToHexStringLower(SHA256.HashData(content)));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same with the file's present time, where its content is the same; null where it is another one.</summary>
    public FileStamp? Now()
    {
        var file = new FileInfo(Path);
        return !file.Exists ? null : Seen(file) == (Size, Ticks) ? this : Of(Path) is { } now && now.Hash == Hash ? now : null;
    }

    // Of what a link leads to.
    private static (long Size, long Ticks) Seen(FileInfo file)
    {
        FileInfo target = file.LinkTarget is null ? file : (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        return (target.Length, target.LastWriteTimeUtc.Ticks);
    }
}

/// <summary>Stamps of files that are looked at for many functions: once in a build, since nothing changes them meanwhile.</summary>
internal sealed class FileStamps
{
    private readonly Dictionary<string, FileStamp?> _known = new(StringComparer.Ordinal);

    /// <summary>See <see cref="FileStamp.Of"/>.</summary>
    public FileStamp? Of(string path)
    {
        if (!_known.TryGetValue(path, out FileStamp? stamp))
        {
            _known.Add(path, stamp = FileStamp.Of(path));
        }

        return stamp;
    }

    /// <summary>Those of some files, each once; what cannot be read is left out.</summary>
    public ImmutableArray<FileStamp> OfAll(IEnumerable<string> paths) => [.. paths.Distinct().Select(Of).OfType<FileStamp>()];

    /// <summary>See <see cref="FileStamp.Now"/>.</summary>
    public FileStamp? Now(FileStamp stamp)
    {
        if (_known.TryGetValue(stamp.Path, out FileStamp? known))
        {
            return known?.Hash == stamp.Hash ? known : null;
        }

        FileStamp? now = stamp.Now();
        if (now is not null)
        {
            _known.Add(stamp.Path, now);
        }

        return now;
    }
}
