// TorchSharp's native library is linked against a libstdc++ one version newer than Debian 12's, though it uses nothing of
// that version: the loader refuses it all the same. Marked as weak, the version becomes a wish, and the library loads.

namespace Nsc.Build;

/// <summary>Fits a library's demands on libstdc++ to the libstdc++ of this machine.</summary>
public static class LibstdcxxVersions
{
    private const string Library = "libstdc++.so.6";

    /// <summary>
    /// Marks as weak each version of libstdc++ that is asked for, is not in <paramref name="available"/>, and that no relocation
    /// uses. A version that is used stays as it is, so that the loader reports it.
    /// </summary>
    /// <returns>What was done, in words.</returns>
    public static string Mend(ElfFile library, IReadOnlySet<string> available)
    {
        VersionNeed[] missing = [.. library.VersionNeeds().Where(n => n.Library == Library && !n.IsWeak && !available.Contains(n.Version))];
        VersionNeed[] used = [.. missing.Where(n => library.HasRelocationAgainst(n.Index))];
        foreach (VersionNeed need in missing.Except(used))
        {
            library.MarkWeak(need);
        }

        return (missing, used) switch
        {
            ([], _) => $"{Library} has every version it asks for",
            (_, []) => $"now loads without {Names(missing)}, which {Library} lacks and it does not use",
            _ => $"uses {Names(used)}, which {Library} lacks: it needs a newer libstdc++",
        };
    }

    /// <summary>The versions that the libstdc++ of this process defines; the .NET runtime has loaded it.</summary>
    public static IReadOnlySet<string> OfThisMachine()
    {
        string path = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith(Library, StringComparison.Ordinal))
            ?? throw new InvalidDataException($"{Library} is not loaded, so its versions are not known");
        return new ElfFile(File.ReadAllBytes(path)).VersionDefinitions().ToHashSet(StringComparer.Ordinal);
    }

    private static string Names(IEnumerable<VersionNeed> needs) => string.Join(", ", needs.Select(n => n.Version));
}
