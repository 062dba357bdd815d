// scripts/nsc where few files may be open at once.

using System.Diagnostics;
using System.Globalization;

namespace Nsc.Tests.Build;

public sealed class ScriptTests : IDisposable
{
    private readonly string _root = Path.Combine(AppContext.BaseDirectory, $"script-{Environment.ProcessId}");

    [Theory]
    [InlineData(16)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Too_few_open_files_are_more_or_an_error_that_says_so(int most)
    {
        // In the place of nsc, a script that says how many files it may open.
        Write("artifacts/nsc/current/nsc", "#!/bin/sh\nulimit -n\n");
        Write("scripts/nsc", File.ReadAllText(Path.Combine(Repository.Root, "scripts", "nsc")));
        Directory.CreateDirectory(Path.Combine(_root, "src"));
        Write("Directory.Build.props", "");
        Write("artifacts/nsc/current/.built", ""); // The last, so that nothing is newer and nothing is built.
        var (code, output) = Run($"ulimit -n {most}; exec '{_root}/scripts/nsc' doctor");
        if (code == 0)
        {
            Assert.InRange(int.Parse(output, CultureInfo.InvariantCulture), 256, Math.Max(256, most));
        }
        else
        {
            Assert.InRange(most, 1, 255); // And this user may not raise the limit.
            Assert.Equal(4, code);
            Assert.Contains($"only {most} files may be open at once, and nsc needs 256", output);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static (int Code, string Output) Run(string command)
    {
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Process.Start("chmod", ["+x", path]).WaitForExit();
    }
}
