// What scripts/package writes, installed into clean roots and used there.

using System.Diagnostics;
using Nsc.Core.Files;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Package;

public sealed class ToolchainPackageTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("nsc-install-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    [Trait("speed", "slow")]
    public void Each_package_is_installed_and_compiles()
    {
        Assert.SkipWhen(ExecutablePath.Find("dpkg-deb") is null, "there is no dpkg-deb");
        // Compiling ahead of time takes minutes: what scripts/nsc has compiled is taken, where there is such.
        Run([Repository.At("scripts/package"), "packages", .. Repository.CompiledNsc() is { } program ? [program] : (string[])[]]);
        File.WriteAllText(Path.Combine(_root, "half.c"), "double half(double x) { return x / 2; }\n");
        Run("sh", "-c", "mkdir tar deb && tar -C tar -xzf packages/nsc-*.tar.gz && dpkg-deb -x packages/nsc_*.deb deb");
        Run("dotnet", "tool", "install", "--tool-path", "tool", "--source", Path.Combine(_root, "packages"), "Nsc.Tool");
        string tar = Path.Combine(Directory.GetDirectories(Path.Combine(_root, "tar")).Single(), "bin/nsc");
        foreach (string nsc in (string[])[tar, "deb/usr/bin/nsc", "tool/nsc"])
        {
            Assert.Contains("half: 1-16-16-1", Run(nsc, "compile", "half.c", "-o", "half.surrogate"));
            Assert.Contains("\"return\": 0.", Run(nsc, "run", "half.surrogate", "x=1", "--json"));
            Assert.Contains("this takes the full nsc", Run(4, nsc, "bench", "data"));
        }

        Assert.True(File.Exists(Path.Combine(_root, "deb/usr/share/nsc/nsc.cmake")));
        Assert.True(File.Exists(Path.Combine(_root, "deb/usr/share/man/man1/nsc-compile.1")));
    }

    private string Run(params string[] command) => Run(0, command);

    private string Run(int code, params string[] command)
    {
        var start = new ProcessStartInfo("/usr/bin/env", command) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _root };
        start.Environment.Remove("NSC_MODEL"); // The packages bring it.
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        Assert.True(process.ExitCode == code, $"{string.Join(' ', command)}\n{output}");
        return output;
    }
}
