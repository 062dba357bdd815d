// What several verbs do first: find the toolchain, read a file, stop when the diagnostics say so.

using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;

namespace Nsc.Cli.Verbs;

internal static class SourceFiles
{
    /// <summary>The command that brings clang, libclang and libLLVM.</summary>
    public const string InstallClang = "apt-get update && apt-get install -y clang-19";

    public static Toolchain RequireToolchain() => Toolchain.Find() ?? throw new CommandException(
        ExitCode.Missing, $"clang, libclang and libLLVM (version {Toolchain.OldestVersion} or newer) were not found",
        InstallClang);

    /// <summary>The C files of a directory, by name; anything else is itself.</summary>
    public static IEnumerable<string> Expand(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = Directory.GetFiles(path, "*.c");
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new CommandException(ExitCode.Refused, $"there is no C file in '{path}'");
    }

    /// <summary>A C file's text; <c>-</c> is standard input.</summary>
    public static string ReadSource(string path)
    {
        if (path == "-")
        {
            return Console.In.ReadToEnd();
        }

        if (Directory.Exists(path))
        {
            throw new CommandException(ExitCode.Refused, $"'{path}' is a directory, not a C file");
        }

        return File.Exists(path) ? File.ReadAllText(path) : throw new CommandException(ExitCode.Refused, $"no such file: '{path}'");
    }

    public static Surrogate LoadSurrogate(FileInfo file)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"no such surrogate: '{file}'", "nsc compile FILE.c -o FILE.surrogate makes one");
        }

        try
        {
            return SurrogateFile.Load(file.FullName);
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{file}' is not a usable surrogate: {damage.Message}");
        }
    }

    /// <summary>Shows the diagnostics; ends the verb when there are errors among them.</summary>
    public static void ShowAndStopOnErrors(this DiagnosticBag diagnostics, Terminal terminal)
    {
        terminal.Show(diagnostics);
        int errors = diagnostics.Count(d => d.Severity == Severity.Error);
        if (errors > 0)
        {
            throw new CommandException(ExitCode.Refused, errors == 1 ? "1 error; nothing was written" : $"{errors} errors; nothing was written");
        }
    }
}
