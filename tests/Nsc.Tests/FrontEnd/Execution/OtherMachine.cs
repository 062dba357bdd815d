// Runs nsc as a process of its own, on this machine or on one that has been made to lack something: in a namespace of mounts that
// only that process sees. Where the kernel gives no such namespaces, the process runs on this machine as it is.

using System.Diagnostics;

namespace Nsc.Tests.FrontEnd.Execution;

/// <summary>A folder outside the usual places of temporary files, and processes that may see other mounts.</summary>
public sealed class OtherMachine : IDisposable
{
    private static readonly Lazy<bool> s_canMount = new(() => Start("unshare", ["-rm", "sh", "-c", "mount -t tmpfs none /tmp"], []).Code == 0);

    private readonly string _folder = Path.Combine(AppContext.BaseDirectory, $"other-machine-{Environment.ProcessId}-{Interlocked.Increment(ref s_made)}");

    private static int s_made;

    public OtherMachine() => Directory.CreateDirectory(_folder);

    /// <summary>Whether <see cref="Run"/> hides what it is asked to hide.</summary>
    public static bool CanMount => s_canMount.Value;

    public string this[string name] => Path.Combine(_folder, name);

    public string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>Runs a command line of nsc's after some commands of the shell that change what is mounted.</summary>
    public (int Code, string Output) Run(string mounts, string[] arguments, params (string Name, string? Value)[] environment) => CanMount && mounts.Length > 0
        ? Start("unshare", ["-rm", "sh", "-c", $"set -e\n{mounts}\nexec \"$@\"", "sh", .. Nsc(arguments)], environment)
        : Start("dotnet", [.. Nsc(arguments).Skip(1)], environment);

    /// <summary>The words that start nsc.</summary>
    public static string[] Nsc(params string[] arguments) => ["dotnet", Path.Combine(AppContext.BaseDirectory, "nsc.dll"), .. arguments];

    /// <summary>The same, for a process that is sent signals: one that is started in the background inherits that it ignores interrupts.</summary>
    public static string[] Interruptible(params string[] arguments) => ["env", "--default-signal=INT,TERM", .. Nsc(arguments)];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static (int Code, string Output) Start(string tool, string[] arguments, (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }
}
