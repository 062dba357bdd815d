// The files of scripts/integration, each with the real tool: what CMake, make and a continuous integration run is what they say.

using System.Diagnostics;
using Nsc.Core.Files;
using Nsc.Tests.Cli;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Build;

[Trait("speed", "slow")]
public sealed class IntegrationTests : IDisposable
{
    private const string Settle = """
        #include <math.h>
        #include "settle.h"
        double settle(double x)
        {
            for (int i = 0; i < STEPS; i++)
                x -= 1e-3 * sin(x + i * 0.001);
            return x;
        }
        """;

    private readonly Workplace _work = new();

    public IntegrationTests()
    {
        Directory.CreateDirectory(_work["bin"]);
        _work.Write("bin/nsc", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "nsc.dll")}' \"$@\"\n");
        Process.Start("chmod", ["+x", _work["bin/nsc"]]).WaitForExit();
        _work.Write("settle.c", Settle);
        _work.Write("settle.h", "#define STEPS 1000\n");
        _work.Write("main.c", "#include <stdio.h>\ndouble settle(double);\nint main(void) { printf(\"%d\\n\", settle(0.5) > -1 && settle(0.5) < 0.5); return 0; }\n");
        _work.Write("nsc.json", """
            {
              "model": "model.safetensors",
              "functions": [ { "file": "settle.c", "samples": 64, "heldOut": 2048, "maxError": 0.05, "outputs": { "accelerated": "accelerated/settle.c" } } ]
            }
            """);
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void CMake_builds_a_target_with_the_accelerated_source()
    {
        Assert.SkipWhen(ExecutablePath.Find("cmake") is null, "there is no cmake");
        _work.Write("CMakeLists.txt", $"""
            cmake_minimum_required(VERSION 3.20)
            project(demo C)
            include("{Repository.At("scripts/integration/nsc.cmake")}")
            add_executable(demo main.c settle.c)
            target_link_libraries(demo m)
            nsc_accelerate(demo CACHE "{_work["cache"]}")
            """);
        Assert.Equal(0, Run("cmake -S . -B build -DCMAKE_BUILD_TYPE=Release && cmake --build build").Code);
        Assert.Contains("settle_original", File.ReadAllText(_work["build/nsc-demo/accelerated/settle.c"]));
        Assert.Equal("1", Run("build/demo").Output.Trim());
        Assert.DoesNotContain("nsc build", Run("cmake --build build").Output); // Nothing has changed, and nobody is asked.

        _work.Write("settle.h", "#define STEPS (x = 5 * sin(1e5 * x), 1)\n");
        (int code, string output) = Run("cmake --build build");
        Assert.NotEqual(0, code);
        Assert.Contains("settle: missed", output);
        Assert.Contains("what was made before is as it was", output);
        Assert.Equal("1", Run("build/demo").Output.Trim());
    }

    [Fact]
    public void Make_asks_each_time_and_compiles_only_what_is_new()
    {
        _work.Write("Makefile", $"""
            demo: main.c accelerated/settle.c
            	cc -O2 -I. $^ -lm -o $@
            NSC_OUTPUTS = accelerated/settle.c
            include {Repository.At("scripts/integration/nsc.mk")}
            """);
        Assert.Equal(0, Run("make demo").Code);
        Assert.Equal("1", Run("./demo").Output.Trim());
        string again = Run("make demo").Output;
        Assert.Contains("settle: current", again);
        Assert.DoesNotContain("cc -O2", again);
    }

    [Theory]
    [InlineData("github.yml", "run: nsc build ")]
    [InlineData("gitlab.yml", "- nsc build ")]
    public void The_steps_of_a_continuous_integration_run_and_write_a_report(string file, string start)
    {
        string line = Assert.Single(File.ReadLines(Repository.At($"scripts/integration/{file}")), l => l.Contains(start, StringComparison.Ordinal));
        Assert.Equal(0, Run(line[(line.IndexOf("nsc build", StringComparison.Ordinal))..]).Code);
        Assert.Contains("settle", File.ReadAllText(_work["nsc.html"]));
        Assert.Contains("\"status\": \"trained\"", File.ReadAllText(_work["nsc-build.json"]));
    }

    private (int Code, string Output) Run(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"({command}) 2>&1"]) { RedirectStandardOutput = true, WorkingDirectory = _work[""] };
        start.Environment["PATH"] = $"{_work["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
