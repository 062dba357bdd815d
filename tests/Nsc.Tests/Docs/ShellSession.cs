// Runs a document's commands in their order, in one shell and one folder, as a reader would who types them.

using System.Diagnostics;
using System.Globalization;
using System.Text;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Docs;

/// <summary>What a command printed, on standard output and standard error, and its exit code; null when it was not reached.</summary>
internal sealed record CommandResult(string[] Output, int? ExitCode);

/// <summary>A folder that looks like a clone: <c>data</c>, <c>models</c>, and <c>scripts/nsc</c>, which starts the nsc that a user would start, or the one that was built with the tests where the code has changed since.</summary>
internal sealed class ShellSession : IDisposable
{
    // Stands before and after what a command prints.
    private const char Mark = '\u001e';

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    // What is compiled ahead of time starts several times as fast.
    private static readonly Lazy<string> s_nsc = new(() =>
        Repository.CompiledNsc() is { } compiled ? $"'{compiled}/nsc'" : $"dotnet '{Path.Combine(AppContext.BaseDirectory, "nsc.dll")}'");

    private readonly DirectoryInfo _folder;

    public ShellSession(string name)
    {
        _folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, $"session-{name}-{Environment.ProcessId}"));
        foreach (string shared in (string[])["data", "models"])
        {
            Directory.CreateSymbolicLink(this[shared], Repository.At(shared));
        }

        Directory.CreateDirectory(this["scripts"]);
        File.WriteAllText(this["scripts/nsc"], $"#!/bin/sh\nexec {s_nsc.Value} \"$@\"\n");
    }

    private string this[string name] => Path.Combine(_folder.FullName, name);

    /// <summary>Runs the commands; each sees the exit code of the one before it as <c>$?</c>.</summary>
    public CommandResult[] Run(IReadOnlyList<string> commands)
    {
        File.WriteAllText(this["session.sh"], Script(commands));
        var start = new ProcessStartInfo("bash", [this["session.sh"]]) { WorkingDirectory = _folder.FullName, RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process shell = Process.Start(start)!;
        shell.StandardInput.Close();
        Task<string> reading = shell.StandardOutput.ReadToEndAsync();
        if (!shell.WaitForExit(s_patience))
        {
            shell.Kill(entireProcessTree: true);
        }

        string[] parts = reading.Result.Split(Mark);
        return [.. commands.Select((_, i) => (2 * i) + 2 < parts.Length
            ? new CommandResult(Lines(parts[(2 * i) + 1]), int.Parse(parts[(2 * i) + 2], CultureInfo.InvariantCulture))
            : new CommandResult(Lines(parts.ElementAtOrDefault((2 * i) + 1) ?? ""), null))];
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Script(IEnumerable<string> commands)
    {
        var script = new StringBuilder("exec 2>&1\nchmod +x scripts/nsc\nPATH=$PWD/scripts:$PATH\nlast=0\n");
        foreach (string command in commands)
        {
            script.Append(CultureInfo.InvariantCulture, $"printf '{Mark}'\n(exit $last)\n{command}\nlast=$?\nprintf '{Mark}%d' $last\n");
        }

        return script.ToString();
    }

    private static string[] Lines(string output) => output.TrimEnd('\n') is { Length: > 0 } text ? text.Split('\n') : [];
}
