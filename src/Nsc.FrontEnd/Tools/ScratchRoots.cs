// Where temporary files can lie. /tmp may be missing, full, or mounted so that nothing in it can be executed.

using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Nsc.FrontEnd.Tools;

internal static partial class ScratchRoots
{
    // A runner, a unit and their samples; what a run needs beyond it is allocated before the run.
    private const long LeastFreeBytes = 16 << 20;

    private const uint OnlyForItsOwner = 0x1c0; // 0700
    private const int ReadAndExecute = 1 | 4, Private = 2;

    // A folder without a lock may be one that is being made.
    private static readonly TimeSpan s_makingTakesAtMost = TimeSpan.FromMinutes(1);

    /// <summary>The places that are tried, best first.</summary>
    public static IEnumerable<string> Candidates()
    {
        string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
        string? cache = Variable("XDG_CACHE_HOME") ?? (Variable("HOME") is { } home ? Path.Combine(home, ".cache") : null);
        string?[] places = [Variable("TMPDIR"), "/tmp", Variable("XDG_RUNTIME_DIR"), cache, "/var/tmp", "/dev/shm"];
        return places.OfType<string>().Distinct();
    }

    /// <summary>A new folder in the first place that will do, with its lock.</summary>
    /// <exception cref="MissingToolException">None will do.</exception>
    public static (string Folder, FileStream Lock) Make(IEnumerable<string> candidates)
    {
        var objections = new List<string>();
        foreach (string place in candidates)
        {
            if (TryMake(place, out string folder, out FileStream? owner) is not { } objection)
            {
                return (folder, owner!);
            }

            objections.Add($"{place} {objection}");
        }

        throw new MissingToolException(
            $"there is no place for temporary files: {string.Join("; ", objections)}",
            "set TMPDIR to a folder of your own with 16 MB of space, on a file system that is not mounted noexec");
    }

    /// <summary>Removes the folders of processes that are no more.</summary>
    public static void Sweep(string place)
    {
        try
        {
            foreach (string folder in Directory.GetDirectories(place, ScratchFolder.Prefix + "*"))
            {
                RemoveUnlessOwned(folder);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Another sweeps at the same time, or the place does not let itself be read.
        }
    }

    // Null when the place has done; else what is wrong with it, and nothing stays behind.
    private static string? TryMake(string place, out string folder, out FileStream? owner)
    {
        folder = Path.Combine(Path.GetFullPath(place), ScratchFolder.Prefix + RandomNumberGenerator.GetHexString(16, lowercase: true));
        owner = null;
        try
        {
            if (!Directory.Exists(place))
            {
                return "does not exist";
            }

            if (new DriveInfo(place).AvailableFreeSpace < LeastFreeBytes)
            {
                return "is full";
            }

            if (MakeFolder(folder, OnlyForItsOwner) != 0)
            {
                return "cannot be written";
            }

            owner = new FileStream(Path.Combine(folder, ScratchFolder.LockName), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            owner.WriteByte(0);
            owner.Flush();
            if (CanExecute(owner.SafeFileHandle))
            {
                return null;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Discard(folder, owner);
            return $"cannot be written ({failure.Message})";
        }

        Discard(folder, owner);
        return "is mounted noexec";
    }

    private static void Discard(string folder, FileStream? owner)
    {
        owner?.Dispose();
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void RemoveUnlessOwned(string folder)
    {
        try
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) < s_makingTakesAtMost)
            {
                return;
            }

            using (File.Exists(Path.Combine(folder, ScratchFolder.LockName)) ? Lock(folder) : null)
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Its owner lives, or is another user.
        }
    }

    private static FileStream Lock(string folder) =>
        new(Path.Combine(folder, ScratchFolder.LockName), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

    private static bool CanExecute(SafeFileHandle file)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nint memory = Map(0, page, ReadAndExecute, Private, file, 0);
        return memory != -1 && Unmap(memory, page) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mkdir", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFolder(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
