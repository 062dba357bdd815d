// A small training as a process of its own, once from its beginning to its end: what others are compared with.

using System.Diagnostics;

namespace Nsc.Tests.Cli;

/// <summary>The folder of a training that nobody disturbed.</summary>
public sealed class WholeTraining : IDisposable
{
    /// <summary>What its files are called.</summary>
    public const string Name = "whole";

    private static readonly string[] s_training =
    [
        "--programs", "100", "--steps", "60", "--batch", "8", "--width", "32", "--surrogate-width", "8", "--look-every", "15",
        "--save-every", "1", "--seed", "3",
    ];

    public WholeTraining() => Finish(Start(Work, Name, [], TwoWorkers));

    public static string[] TwoWorkers => ["--workers", "2"];

    public Workplace Work { get; } = new();

    /// <summary>The file of the generated programs that it is trained on.</summary>
    public string Corpus => CorpusOf(Work);

    public static string CorpusOf(Workplace work) => Directory.GetFiles(work["cache"]).Single();

    /// <summary>Gives another training the programs, which take longer to build than to train on.</summary>
    public void CopyCorpus(Workplace work) =>
        File.Copy(Corpus, Path.Combine(Directory.CreateDirectory(work["cache"]).FullName, Path.GetFileName(Corpus)));

    /// <summary>Starts the training, whose files are in the folder.</summary>
    /// <param name="launcher">Words before the command, such as those of mpirun.</param>
    /// <param name="more">Options beside those of every training here.</param>
    public static Process Start(Workplace work, string name, string[] launcher, string[] more) =>
        Start([.. launcher, .. Command(work, name), "--cache", work["cache"], .. s_training, .. more]);

    /// <summary>Goes on with the training whose files are in the folder.</summary>
    public static Process Resume(Workplace work, string name, string[] launcher) => Start([.. launcher, .. Command(work, name), "--resume"]);

    private static string[] Command(Workplace work, string name) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "nsc.dll"), "train-compnet", "-o", work[name + ".safetensors"]];

    private static Process Start(string[] command)
    {
        Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Waits until it is done.</summary>
    public static void Finish(Process training)
    {
        using Process process = training;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);
    }

    public void Dispose() => Work.Dispose();
}
