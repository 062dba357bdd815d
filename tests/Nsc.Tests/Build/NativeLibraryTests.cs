// The build step that lets TorchSharp's native library load with an older libstdc++, on a real copy of it.

using System.Buffers.Binary;
using Nsc.Build;
using TorchSharp;

namespace Nsc.Tests.Build;

public class NativeLibraryTests
{
    private const string Unused = "GLIBCXX_3.4.32";

    [Fact]
    public void TorchSharp_runs_on_this_machine()
    {
        using torch.Tensor sum = torch.ones(2, 2) + 2;

        Assert.Equal(12f, sum.sum().item<float>());
    }

    [Fact]
    public void A_version_that_is_missing_and_unused_becomes_weak_and_nothing_else_changes()
    {
        byte[] original = Original();
        var library = new ElfFile([.. original]);

        string report = LibstdcxxVersions.Mend(library, AllVersionsBut(Unused));

        Assert.Contains($"loads without {Unused},", report, StringComparison.Ordinal);
        VersionNeed need = library.VersionNeeds().Single(n => n.Version == Unused);
        Assert.True(need.IsWeak);
        Assert.Equal([need.FlagsOffset], Enumerable.Range(0, original.Length).Where(i => original[i] != library.Image[i]));
    }

    [Fact]
    public void A_library_whose_versions_are_all_there_is_left_alone()
    {
        var library = new ElfFile(Original());

        LibstdcxxVersions.Mend(library, AllVersionsBut("none"));

        Assert.Equal(Original(), library.Image);
    }

    [Fact]
    public void A_version_that_is_missing_and_used_is_left_for_the_loader_to_report()
    {
        var library = new ElfFile(Original());

        string report = LibstdcxxVersions.Mend(library, AllVersionsBut("GLIBCXX_3.4.21"));

        Assert.Contains("uses GLIBCXX_3.4.21,", report, StringComparison.Ordinal);
        Assert.Equal(Original(), library.Image);
    }

    [Fact]
    public void The_versions_of_this_machine_are_read_from_its_libstdcxx()
    {
        IReadOnlySet<string> versions = LibstdcxxVersions.OfThisMachine();

        Assert.Contains("GLIBCXX_3.4", versions);
        Assert.Contains("CXXABI_1.3", versions);
    }

    [Fact]
    public void A_damaged_library_is_refused_and_never_crashes_the_build()
    {
        byte[] original = Original();
        var random = new Random(3);
        foreach (int length in (int[])[0, 5, 63, 64, 1000, original.Length / 2, original.Length - 1])
        {
            Assert.Throws<InvalidDataException>(() => MendAll(original[..length]));
        }

        int sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(original.AsSpan(0x28));
        for (int i = 0; i < 200; i++)
        {
            byte[] damaged = [.. original];
            damaged[sections + random.Next(original.Length - sections)] ^= (byte)random.Next(1, 256);
            Exception? error = Record.Exception(() => MendAll(damaged));
            Assert.True(error is null or InvalidDataException, error?.ToString());
        }
    }

    private static void MendAll(byte[] image) => LibstdcxxVersions.Mend(new ElfFile(image), new HashSet<string>());

    // The library as its package has it: the copy in our output folder, with the mark taken off again.
    private static byte[] Original()
    {
        var library = new ElfFile(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so")));
        foreach (VersionNeed need in library.VersionNeeds().Where(n => n.IsWeak).ToArray())
        {
            library.Image[need.FlagsOffset] &= 0xfd;
        }

        return library.Image;
    }

    private static HashSet<string> AllVersionsBut(string version) =>
        [.. new ElfFile(Original()).VersionNeeds().Select(n => n.Version).Where(v => v != version)];
}
