// The linker of this machine, which turns a compiled program into a shared object and the sandbox's runner into an executable.

namespace Nsc.FrontEnd.Tools;

public static class SystemLinker
{
    /// <summary>The command that brings it.</summary>
    public const string Install = "apt-get update && apt-get install -y binutils";

    // Where it lies when the path of a bare environment does not say so.
    private static readonly string[] s_usualFolders = ["/usr/local/bin", "/usr/bin", "/bin"];

    /// <summary>The full path of <c>ld</c>, or null.</summary>
    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Concat(s_usualFolders).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, "ld")).FirstOrDefault(File.Exists);

    /// <exception cref="MissingToolException">There is none.</exception>
    internal static string Require() => Find() ?? throw new MissingToolException("the linker, ld, was not found", Install);
}
