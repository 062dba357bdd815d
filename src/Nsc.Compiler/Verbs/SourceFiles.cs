// What several verbs do first: find the toolchain, read a file, stop when the diagnostics say so.

using System.Text;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Tools;

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

        string[] files = [.. Directory.GetFiles(path, "*.c").Where(f => FileIdentity.Of(f).Kind == FileKind.File)];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length > 0 ? files : throw new CommandException(ExitCode.Refused, $"there is no C file in '{path}'");
    }

    /// <summary>A C file's text; <c>-</c> is standard input.</summary>
    public static string ReadSource(string path)
    {
        if (path == "-")
        {
            return ReadBounded(Console.In, "standard input");
        }

        if (FileIdentity.ReadingObjection(path) is { } objection)
        {
            throw new CommandException(ExitCode.Refused, $"'{path}' is no C file: {objection}");
        }

        if (!File.Exists(path))
        {
            throw new CommandException(ExitCode.Refused, $"no such file: '{path}'");
        }

        using var reader = new StreamReader(path);
        return ReadBounded(reader, $"'{path}'");
    }

    private static string ReadBounded(TextReader reader, string name)
    {
        var text = new StringBuilder();
        var buffer = new char[1 << 16];
        while (reader.Read(buffer) is > 0 and int length)
        {
            text.Append(buffer, 0, length);
            if (text.Length > ClangFrontEnd.LargestSource)
            {
                throw new CommandException(ExitCode.Refused, $"{name} is longer than {ClangFrontEnd.LargestSource} characters");
            }
        }

        return text.ToString();
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
            throw new CommandException(ExitCode.Refused, $"'{file}' is not a usable surrogate: {damage.Message}", file.Extension == ".c" ? $"compile it first: nsc compile {file} -o {Path.ChangeExtension(file.Name, ".surrogate")}" : null);
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
