// What this machine's kernel gives to the sandbox, measured by probe.c.

using System.Diagnostics;
using System.Globalization;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

/// <summary>What a kernel gives.</summary>
/// <param name="FiltersSystemCalls">seccomp works; without it no program is executed.</param>
/// <param name="TrapsTimeStampCounter">Reading the counter is a fault. Otherwise a program that reads it is found to be not deterministic.</param>
/// <param name="Has32BitSystemCalls"><c>int 0x80</c> calls the system, where the filter refuses it.</param>
/// <param name="LandlockAbi">The version of Landlock, or 0 when there is none.</param>
public sealed record KernelProbe(bool FiltersSystemCalls, bool TrapsTimeStampCounter, bool Has32BitSystemCalls, int LandlockAbi)
{
    /// <summary>Compiles the probe and runs it.</summary>
    /// <exception cref="MissingToolException">It cannot be compiled on this machine.</exception>
    public static KernelProbe Run(Toolchain toolchain)
    {
        using var folder = new ScratchFolder();
        SandboxRunner.CompileResourceAsync("probe.c", toolchain, folder, []).GetAwaiter().GetResult();
        using Process process = Process.Start(new ProcessStartInfo(folder["probe"]) { RedirectStandardOutput = true })!;
        var answers = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ')).ToDictionary(words => words[0], words => int.Parse(words[1], CultureInfo.InvariantCulture));
        return new KernelProbe(answers["seccomp"] != 0, answers["counter"] == 0, answers["calls32"] != 0, answers["landlock"]);
    }
}
