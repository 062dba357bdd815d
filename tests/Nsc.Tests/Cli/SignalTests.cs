// The first SIGTERM or SIGINT ends nsc with 130, whatever it is doing: also when it waits, or a child of its works.

using System.Diagnostics;
using System.Globalization;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Cli;

[Trait("speed", "slow")]
public sealed class SignalTests : IDisposable
{
    private const string Source = "#pragma nsc inputs(-1, 1)\ndouble f(double x, double y) { return x * y + 1; }\n";
    private const int Cancelled = 130;

    // Only so that a signal that is swallowed fails a test, and does not hang it.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly OtherMachine _machine = new();

    [Theory]
    [InlineData("TERM", "compile", "-", "--init", "random", "-o", "x.surrogate")]
    [InlineData("INT", "compile", "-", "--init", "random", "-o", "x.surrogate")]
    [InlineData("TERM", "graph", "-")]
    [InlineData("INT", "tokens", "-")]
    public void A_verb_that_waits_for_its_input_ends(string signal, params string[] arguments)
    {
        using Process process = Start(arguments);
        process.StandardInput.Write(new string('\n', 1 << 20)); // More than a pipe holds: when it is written, the verb reads.
        process.StandardInput.Flush();
        AssertEnds(process, signal);
    }

    [Theory]
    [InlineData("TERM", "compile", "slow.c", "--init", "random", "-o", "x.surrogate")]
    [InlineData("INT", "graph", "slow.c")]
    [InlineData("TERM", "finetune", "f.surrogate", "-o", "x.surrogate")]
    [InlineData("INT", "eval", "f.surrogate", "--samples", "1000000")]
    public void A_verb_whose_child_works_ends(string signal, params string[] arguments)
    {
        // Some of clang's time: a macro of 2^26 words.
        string[] doubling = [.. Enumerable.Range(1, 26).Select(i => string.Create(CultureInfo.InvariantCulture, $"#define A{i} A{i - 1} A{i - 1}\n"))];
        File.WriteAllText(_machine["slow.c"], "#define A0 +x\n" + string.Concat(doubling) + "double f(double x) { return x A26; }\n");
        File.WriteAllText(_machine["f.c"], Source);
        Assert.Equal(0, Workplace.Run("compile", _machine["f.c"], "-o", _machine["f.surrogate"], "--init", "random").ExitCode);

        using Process process = Start([.. arguments.Select(a => a.Contains('.') ? _machine[a] : a)]);
        while (!HasChild(process.Id))
        {
            Assert.False(process.HasExited, "it has ended before its child was seen");
            Thread.Sleep(1);
        }

        AssertEnds(process, signal);
        Assert.False(File.Exists(_machine["x.surrogate"]));
    }

    public void Dispose() => _machine.Dispose();

    private Process Start(params string[] arguments)
    {
        string[] command = OtherMachine.Interruptible(arguments);
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _machine.Folder("."),
        };
        start.Environment["TMPDIR"] = _machine.Folder("tmp");
        return Process.Start(start)!;
    }

    private void AssertEnds(Process process, string signal)
    {
        Process.Start("/bin/kill", ["-s", signal, process.Id.ToString(CultureInfo.InvariantCulture)]).WaitForExit();
        bool ended = process.WaitForExit(s_patience);
        if (!ended)
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(ended, "the signal was swallowed");
        Assert.Contains("nsc: cancelled", process.StandardError.ReadToEnd());
        Assert.Equal(Cancelled, process.ExitCode);
        Assert.Empty(Directory.GetDirectories(_machine["tmp"]));
    }

    private static bool HasChild(int parent) => Directory.GetDirectories("/proc").Any(process => ParentOf(process) == parent);

    // "PID (NAME) STATE PARENT ..." of a process, whose name may have blanks.
    private static int? ParentOf(string process)
    {
        try
        {
            string status = File.ReadAllText(Path.Combine(process, "stat"));
            return int.Parse(status[(status.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null; // No process, or one that has ended meanwhile.
        }
    }
}
