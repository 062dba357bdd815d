// The ways in which a training can use the cores of one machine, and how a process of each is started.

using System.Diagnostics;
using Nsc.Core.Files;

namespace Nsc.Cli.TrainingRuns;

/// <summary>Ranks times workers times threads.</summary>
internal sealed record TrainingLayout(string Name, int Ranks, int Workers, int ThreadsEach)
{
    /// <summary>How many layouts there are where mpirun is installed.</summary>
    public const int Count = 3;

    /// <summary>Every layout that uses so many cores; ranks only where mpirun is.</summary>
    public static TrainingLayout[] AllOn(int cores)
    {
        TrainingLayout[] layouts =
        [
            new($"1 process, 1 worker, {cores} threads", 1, 1, cores), new($"1 process, {cores} workers", 1, cores, 1),
            new($"{cores} ranks, 1 worker each", cores, 1, 1),
        ];
        return ExecutablePath.Find("mpirun") is null ? layouts[..^1] : layouts;
    }

    /// <summary>Starts nsc itself in this layout. Its standard output is to be read.</summary>
    public Process Start(IEnumerable<string> arguments)
    {
        // dotnet runs nsc.dll, and the published nsc runs itself.
        string host = Environment.ProcessPath!, library = typeof(TrainingLayout).Assembly.Location;
        string[] nsc = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, library] : [host];
        string[] command = Ranks == 1
            ? [.. nsc, .. arguments]
            : [ExecutablePath.Find("mpirun")!, "--allow-run-as-root", "--oversubscribe", "-n", Ranks.ToString(System.Globalization.CultureInfo.InvariantCulture), .. nsc, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true };

        // As scripts/train has it.
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "1000000000";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8000000000";
        return Process.Start(start)!;
    }
}
