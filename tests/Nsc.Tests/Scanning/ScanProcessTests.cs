// Scans as a user runs them: cancelled, and as ranks of an MPI job.

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nsc.CommandLine.Verbs;
using Nsc.Compiler.Scanning;
using Nsc.Core.Files;
using Nsc.Core.Ranks;
using Nsc.FrontEnd.Projects;
using Nsc.Tests.Cli;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Scanning;

public sealed class ScanProcessTests : IDisposable
{
    private const int Files = 12;

    private readonly Workplace _work = new();

    public ScanProcessTests()
    {
        for (int i = 0; i < Files; i++)
        {
            _work.Write(string.Create(CultureInfo.InvariantCulture, $"f{i:D2}.c"), $"double f{i}(double x) {{ return x * {i} + 1; }}\n");
        }
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_scan_that_is_cancelled_keeps_what_it_found()
    {
        using var cancellation = new CancellationTokenSource();
        var request = new ScanRequest(new ProjectSources([.. Directory.GetFiles(_work[""], "*.c")], ProjectOptions.None), Workers: 1, TimeSpan.FromMinutes(1), ScanVerb.Self);
        ScanResult found = ProjectScanner.Scan(request, new SingleRank(), new After(3, cancellation), cancellation.Token).Value!;
        Assert.True(found.IsCancelled);
        Assert.Equal(3, found.Files);
        Assert.Equal(3, found.Compilable.Length);
        Assert.All(found.Compilable, f => Assert.True(f.SpeedUp is null or > 0)); // Null where a busy machine has stopped the timing.
    }

    [Theory]
    [InlineData("read job; exit 1")]
    [InlineData("read job; read file; kill -SEGV $$")]
    [InlineData("read job; read file; echo '{}'; echo damage")]
    public void A_worker_that_comes_to_grief_is_replaced_and_its_file_is_named(string script)
    {
        ProcessStartInfo Self() => new("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var request = new ScanRequest(new ProjectSources([.. Directory.GetFiles(_work[""], "*.c")], ProjectOptions.None), Workers: 2, TimeSpan.FromMinutes(1), Self);
        ScanResult found = ProjectScanner.Scan(request, new SingleRank(), progress: null, TestContext.Current.CancellationToken).Value!;
        Assert.Equal((Files, Files), (found.Files, found.Troubles.Length));
        Assert.All(found.Troubles, t => Assert.Equal("nsc came to grief over it", t.Message));
        Assert.Empty(found.Compilable);
    }

    [Fact]
    public void A_signal_ends_a_scan_with_its_table()
    {
        using Process process = Start(OtherMachine.Interruptible("scan", _work[""]));
        while (!HasChild(process.Id))
        {
            Assert.False(process.HasExited, "it has ended before its child was seen");
            Thread.Sleep(1);
        }

        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((int)Nsc.CommandLine.ExitCode.Cancelled, process.ExitCode);
        Assert.Contains($" of {Files} files", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_ranks_find_what_one_process_finds()
    {
        Assert.SkipUnless(ExecutablePath.Find("mpirun") is not null, "Open MPI's mpirun is not installed (apt-get install openmpi-bin)");
        JsonElement alone = Workplace.Run("scan", _work[""], "--json").Json;
        using Process process = Start(["mpirun", "--allow-run-as-root", "--oversubscribe", "-n", "2", .. OtherMachine.Nsc("scan", _work[""], "--json")]);
        JsonElement shared = JsonDocument.Parse(process.StandardOutput.ReadToEnd()).RootElement;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Functions(alone), Functions(shared));
        Assert.Equal(Files, shared.GetProperty("scanned").GetInt32());
    }

    private static IEnumerable<string> Functions(JsonElement json) => json.GetProperty("functions").EnumerateArray().Select(f => f.GetProperty("function").GetString()!).Order(StringComparer.Ordinal);

    private static Process Start(string[] command)
    {
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static bool HasChild(int parent) => File.ReadAllText($"/proc/{parent}/task/{parent}/children").Length > 0 || Directory.GetDirectories($"/proc/{parent}/task").Any(task => HasChildOf(task));

    private static bool HasChildOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "children")).Length > 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // A thread that has ended meanwhile.
        }
    }

    private sealed class After(int files, CancellationTokenSource cancellation) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value)
        {
            if (value.Done == files)
            {
                cancellation.Cancel();
            }
        }
    }
}
