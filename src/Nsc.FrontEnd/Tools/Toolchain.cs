// Finds clang, libclang and libLLVM of one version on this machine.

namespace Nsc.FrontEnd.Tools;

/// <summary>The LLVM tools that the front end uses, all of one major version (17 or newer).</summary>
/// <param name="ClangPath">The <c>clang</c> executable.</param>
/// <param name="LibClangPath">The <c>libclang</c> shared library.</param>
/// <param name="LibLlvmPath">The <c>libLLVM</c> shared library.</param>
public sealed record Toolchain(int MajorVersion, string ClangPath, string LibClangPath, string LibLlvmPath)
{
    /// <summary>The oldest LLVM whose IR and C API the front end reads.</summary>
    public const int OldestVersion = 17;

    /// <summary>The folders in which clang finds the system's headers.</summary>
    public IEnumerable<string> HeaderFolders =>
    [
        "/usr/include", .. Directory.GetDirectories("/usr/include", "*-linux-gnu*"), .. Directory.GetDirectories($"/usr/lib/llvm-{MajorVersion}/lib/clang").Select(f => Path.Combine(f, "include")),
    ];

    /// <summary>The newest complete toolchain on this machine, version 19 preferred, or null.</summary>
    public static Toolchain? Find()
    {
        var versions = Enumerable.Range(OldestVersion, 14).Where(v => v != 19).OrderDescending().Prepend(19);
        foreach (int version in versions)
        {
            string clang = $"/usr/lib/llvm-{version}/bin/clang";
            string libraries = $"/usr/lib/llvm-{version}/lib";
            string? libClang = FirstExisting($"{libraries}/libclang-{version}.so.1", $"{libraries}/libclang.so.1");
            string? libLlvm = FirstExisting([.. LibLlvmFolders(libraries).SelectMany(f => new[] { $"{f}/libLLVM.so.{version}.1", $"{f}/libLLVM-{version}.so", $"{f}/libLLVM-{version}.so.1" })]);
            if (File.Exists(clang) && libClang is not null && libLlvm is not null)
            {
                return new Toolchain(version, clang, libClang, libLlvm);
            }
        }

        return null;
    }

    // clang-N alone leaves libLLVM in the folder of the machine's architecture; other packages link it beside libclang.
    private static IEnumerable<string> LibLlvmFolders(string libraries) =>
        Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Order(StringComparer.Ordinal).Prepend(libraries);

    private static string? FirstExisting(params string[] candidates) => Array.Find(candidates, File.Exists);
}
