// A function of a project with folders, flags and a callee in another file is replaced where it stands: the project builds as before, and gives
// the same within the bound. The project is Fixtures/Projects/oven.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nsc.FrontEnd.Tools;
using Nsc.Tests.Cli;

namespace Nsc.Tests.Export;

[Trait("speed", "slow")]
public sealed class AccelerateProjectTests : IDisposable
{
    private const double MaxError = 0.5;

    private static readonly string[] s_flags = ["-O2", "-std=c11", "-Wall", "-Wextra", "-Werror", "-Iinclude", "-DOVEN_STEPS=300"];
    private static readonly string[] s_ranges = ["oven.plate=50:370", "oven.air=20:190", "power=0:1000", "door=0:1"];

    private readonly Workplace _work = new();

    public AccelerateProjectTests()
    {
        string from = Path.Combine(AppContext.BaseDirectory, "Fixtures", "Projects", "oven");
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            string to = _work[Path.GetRelativePath(from, file)];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_project_builds_with_the_rewritten_file_and_stays_within_the_bound()
    {
        string[] original = Configure();
        string fast = _work["control/oven.nn.c"];
        Outcome outcome = Workplace.Run([
            "accelerate", "-p", _work["build"], _work["control/oven.c"], "--function", "oven_step", .. s_ranges.SelectMany(r => (string[])["--range", r]),
            "--samples", "512", "--held-out", "2048", "--max-error", MaxError.ToString(CultureInfo.InvariantCulture), "-o", fast, "--model", _work.Model, "--json"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        Assert.Contains("'surface_loss' is taken from", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(
            [("oven.plate.next", true), ("oven.air.next", true)],
            outcome.Json.GetProperty("error").GetProperty("bounds").EnumerateArray().Select(b => (b.GetProperty("output").GetString()!, b.GetProperty("maxError").GetDouble() <= MaxError)));
        Assert.Contains("#error \"how many steps a second has is said by the project\"", File.ReadAllText(fast), StringComparison.Ordinal);

        double[] exact = Numbers(original);
        foreach (string compiler in (string[])["gcc", Toolchain.Find()!.ClangPath])
        {
            double[] replaced = Numbers(Build(compiler, "control/oven.nn.c"));
            Assert.Equal(exact.Length, replaced.Length);
            double[] errors = [.. exact.Zip(replaced, (a, b) => Math.Abs(a - b))];
            Assert.InRange(errors.Count(e => e > MaxError), 0, exact.Length / 50); // 1% of all inputs, and these are some.
            Assert.Contains(errors, e => e > 0); // It is the surrogate that answers.
        }
    }

    // The compilation database, by CMake where there is one, else as CMake would write it; and what the program prints.
    private string[] Configure()
    {
        if (Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "cmake"))))
        {
            Run("cmake", "-S", ".", "-B", "build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON");
            Run("cmake", "--build", "build");
            return Run(_work["build/oven"]);
        }

        string[] sources = ["app/main.c", "control/oven.c", "physics/loss.c"];
        Directory.CreateDirectory(_work["build"]);
        _work.Write("build/compile_commands.json", JsonSerializer.Serialize(sources.Select(s => new Dictionary<string, object>
        {
            ["directory"] = _work["."], ["file"] = s, ["arguments"] = (string[])["gcc", .. s_flags, "-c", s],
        })));
        return Build("gcc", "control/oven.c");
    }

    private string[] Build(string compiler, string oven)
    {
        Run(compiler, [.. s_flags, "app/main.c", oven, "physics/loss.c", "-lm", "-o", "oven"]);
        return Run(_work["oven"]);
    }

    // Each line has two numbers and a label, which the function must leave alone.
    private static double[] Numbers(string[] lines)
    {
        Assert.Equal(500, lines.Length);
        Assert.All(lines, line => Assert.EndsWith(" oven", line, StringComparison.Ordinal));
        return [.. lines.SelectMany(line => line.Split(' ')[..2]).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];
    }

    private string[] Run(string tool, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { WorkingDirectory = _work["."], RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{tool}: {output}{errors.Result}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
