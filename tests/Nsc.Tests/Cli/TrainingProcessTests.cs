// Trainings as a user runs them: real processes, killed without warning.

using System.Diagnostics;

namespace Nsc.Tests.Cli;

public sealed class TrainingProcessTests : IDisposable
{
    private static readonly string[] s_training =
    [
        "--programs", "100", "--steps", "120", "--batch", "8", "--width", "32", "--surrogate-width", "8", "--look-every", "15",
        "--save-every", "1", "--seed", "3",
    ];

    private readonly Workplace _work = new();
    private readonly Random _random = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_training_that_is_killed_and_resumed_ends_with_the_weights_of_one_that_is_not()
    {
        string[] twoWorkers = ["--workers", "2"];
        Finish("whole", ranks: 1, twoWorkers);
        FinishThoughKilled("killed", ranks: 1, twoWorkers);
        AssertSameResult("whole", "killed");
    }

    [Fact]
    public void Two_ranks_that_are_killed_and_resumed_end_with_the_weights_of_one_process_with_two_workers()
    {
        Assert.SkipUnless(Mpirun() is not null, "Open MPI's mpirun is not installed (apt-get install openmpi-bin)");
        FinishThoughKilled("ranks", ranks: 2);
        File.Delete(Directory.GetFiles(_work["cache"]).Single()); // The ranks built it together; it must come out the same.
        Finish("whole", ranks: 1, "--workers", "2");
        AssertSameResult("whole", "ranks");
    }

    [Fact]
    public void What_one_rank_finds_wrong_ends_all_of_them_with_its_exit_code()
    {
        Assert.SkipUnless(Mpirun() is not null, "Open MPI's mpirun is not installed (apt-get install openmpi-bin)");
        _work.Write("taken.safetensors", "something");
        using Process process = Start("taken", ranks: 2);
        Assert.Contains("exists already", process.StandardError.ReadToEnd());
        process.WaitForExit();
        Assert.Equal((int)Nsc.CommandLine.ExitCode.Usage, process.ExitCode);
    }

    [Fact]
    public void A_signal_ends_a_training_and_a_second_one_does_no_harm()
    {
        using Process process = Start("ended", ranks: 1);
        while (!File.Exists(_work["ended.safetensors"]) && !process.HasExited)
        {
            Thread.Sleep(5);
        }

        for (int signal = 0; signal < 2; signal++)
        {
            using Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
            kill.WaitForExit();
        }

        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.DoesNotContain("Unhandled", said, StringComparison.Ordinal);
        Assert.Contains(process.ExitCode, (int[])[(int)Nsc.CommandLine.ExitCode.Cancelled, 128 + 15]);
    }

    private void AssertSameResult(string one, string other)
    {
        foreach (string ending in (string[])[".safetensors", ".last.safetensors", ".svg"])
        {
            Assert.Equal(File.ReadAllBytes(_work[one + ending]), File.ReadAllBytes(_work[other + ending]));
        }

        Assert.Equal(CurveWithoutTime(one), CurveWithoutTime(other));
        Assert.False(File.Exists(_work[other + ".best.safetensors"]));
    }

    private string[][] CurveWithoutTime(string name) =>
        [.. File.ReadAllLines(_work[name + ".csv"]).Select(l => l.Split(',').Where((_, i) => i != 1).ToArray())];

    private void Finish(string name, int ranks, params string[] more)
    {
        using Process process = Start(name, ranks, more);
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    // Kills it some moments after it has written a checkpoint, twice, and lets it finish.
    private void FinishThoughKilled(string name, int ranks, params string[] more)
    {
        string checkpoint = _work[name + ".safetensors"];
        for (int kill = 0; kill < 2; kill++)
        {
            DateTime before = File.GetLastWriteTimeUtc(checkpoint);
            using Process process = Start(name, ranks, more);
            while (File.GetLastWriteTimeUtc(checkpoint) == before && !process.HasExited)
            {
                Thread.Sleep(5);
            }

            Thread.Sleep(_random.Next(400));
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Finish(name, ranks, more);
    }

    private Process Start(string name, int ranks, params string[] more)
    {
        string checkpoint = _work[name + ".safetensors"];
        string[] launcher = ranks == 1 ? [] : [Mpirun()!, "--allow-run-as-root", "--oversubscribe", "-n", $"{ranks}"];
        string[] resume = File.Exists(checkpoint) && name != "taken" ? ["--resume"] : [];
        string[] command =
        [
            .. launcher, "dotnet", Path.Combine(AppContext.BaseDirectory, "nsc.dll"), "train-compnet", "-o", checkpoint, "--cache", _work["cache"],
            .. s_training, .. more, .. resume,
        ];
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private static string? Mpirun() => Nsc.Core.Files.ExecutablePath.Find("mpirun");
}
