// Trainings as a user runs them: real processes, killed without warning.

using System.Diagnostics;

namespace Nsc.Tests.Cli;

[Trait("speed", "slow")]
public sealed class TrainingProcessTests(WholeTraining whole) : IClassFixture<WholeTraining>, IDisposable
{
    private readonly Workplace _work = new();
    private readonly Random _random = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_training_that_is_killed_and_resumed_ends_with_the_weights_of_one_that_is_not()
    {
        whole.CopyCorpus(_work);
        FinishThoughKilled("killed", ranks: 1, WholeTraining.TwoWorkers);
        AssertSameResult("killed");
    }

    [Fact]
    public void Two_ranks_that_are_killed_and_resumed_end_with_the_weights_of_one_process_with_two_workers()
    {
        Assert.SkipUnless(Mpirun() is not null, "Open MPI's mpirun is not installed (apt-get install openmpi-bin)");
        FinishThoughKilled("ranks", ranks: 2);
        AssertSameResult("ranks");
        Assert.Equal(File.ReadAllBytes(whole.Corpus), File.ReadAllBytes(WholeTraining.CorpusOf(_work))); // The ranks built it together.
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
        whole.CopyCorpus(_work);
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

    private void AssertSameResult(string name)
    {
        foreach (string ending in (string[])[".safetensors", ".last.safetensors", ".svg"])
        {
            Assert.Equal(File.ReadAllBytes(whole.Work[WholeTraining.Name + ending]), File.ReadAllBytes(_work[name + ending]));
        }

        Assert.Equal(CurveWithoutTime(whole.Work[WholeTraining.Name + ".csv"]), CurveWithoutTime(_work[name + ".csv"]));
        Assert.False(File.Exists(_work[name + ".best.safetensors"]));
    }

    private static string[][] CurveWithoutTime(string path) =>
        [.. File.ReadAllLines(path).Select(l => l.Split(',').Where((_, i) => i != 1).ToArray())];

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

        WholeTraining.Finish(Start(name, ranks, more));
    }

    private Process Start(string name, int ranks, params string[] more)
    {
        string[] launcher = ranks == 1 ? [] : [Mpirun()!, "--allow-run-as-root", "--oversubscribe", "-n", $"{ranks}"];
        bool isResumed = File.Exists(_work[name + ".safetensors"]) && name != "taken"; // Without its options, which the checkpoint carries.
        return isResumed ? WholeTraining.Resume(_work, name, launcher) : WholeTraining.Start(_work, name, launcher, more);
    }

    private static string? Mpirun() => Nsc.Core.Files.ExecutablePath.Find("mpirun");
}
