// What nsc doctor says of this kernel is what a program finds that tries it.

using System.Runtime.InteropServices;
using System.Text.Json;
using Nsc.FrontEnd.Tools;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Cli;

public sealed class DoctorTests
{
    private static readonly Lazy<Dictionary<string, JsonElement>> s_checks = new(() =>
        Workplace.Run("doctor", "--json").Json.EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!));

    [Fact]
    public void The_time_stamp_counter_is_tried_and_not_asked_about() =>
        Assert.StartsWith(Machine.TrapsTimeStampCounter ? "the time-stamp counter is trapped" : "the time-stamp counter is not trapped", Found("counter"));

    [Fact]
    public void System_calls_of_32_bits_are_tried() =>
        Assert.StartsWith(Machine.Has32BitSystemCalls ? "the kernel has 32-bit" : "the kernel has no 32-bit", Found("calls32"));

    [Fact]
    public void The_linker_the_sandbox_and_the_place_of_temporary_files_are_named()
    {
        Assert.Equal(SystemLinker.Find(), Found("linker"));
        Assert.Contains("seccomp", Found("sandbox"));
        Assert.True(Directory.Exists(Found("scratch")));
        Assert.Equal(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "x86-64" : "not found", Found("processor"));
        Assert.Matches("^(ABI [1-9]|none)", Found("landlock"));
    }

    private static string Found(string check) => s_checks.Value[check].GetProperty("found").GetString()!;
}
