// What several verbs do first: find the toolchain, read a file, stop when the diagnostics say so.

using Nsc.Compiler;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Tools;

namespace Nsc.CommandLine;

internal static class SourceFiles
{
    /// <exception cref="CommandException">There is none.</exception>
    public static Toolchain RequireToolchain()
    {
        var diagnostics = new DiagnosticBag();
        Toolchain? toolchain = Tools.Find(diagnostics);
        diagnostics.StopOnErrors();
        return toolchain!;
    }

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

    /// <summary>A C file; <c>-</c> is standard input.</summary>
    /// <param name="project">What is said of the project that it belongs to.</param>
    /// <exception cref="CommandException">It cannot be read.</exception>
    public static CSource Read(string path, ProjectOptions? project = null)
    {
        var diagnostics = new DiagnosticBag();
        CSource? source = path == "-" ? CSource.Read(Console.In, path, "standard input", diagnostics) : CSource.Read(path, diagnostics);
        diagnostics.StopOnErrors();
        return source! with { Project = project ?? ProjectOptions.None };
    }

    /// <exception cref="CommandException">It is no surrogate.</exception>
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
    public static void ShowAndStopOnErrors(this IReadOnlyCollection<Diagnostic> diagnostics, Terminal terminal, string? conclusion = null)
    {
        terminal.Show(diagnostics);
        diagnostics.StopOnErrors(conclusion);
    }

    /// <summary>What a call of the library gave; ends the verb, with messages, when it gave nothing.</summary>
    public static T Require<T>(this Result<T> result, Terminal terminal)
        where T : class
    {
        result.Diagnostics.ShowAndStopOnErrors(terminal);
        return result.Value!;
    }

    /// <summary>Ends the verb when there are errors: with the refusal, or else with the number of those that were shown.</summary>
    public static void StopOnErrors(this IReadOnlyCollection<Diagnostic> diagnostics, string? conclusion = null)
    {
        if (diagnostics.FirstOrDefault(d => d.RefusalKind() is not null) is { } refusal)
        {
            throw new CommandException(CodeOf(refusal.RefusalKind()!.Value), refusal.Message, refusal.Hint);
        }

        int errors = diagnostics.Count(d => d.Severity == Severity.Error);
        if (errors > 0)
        {
            throw new CommandException(ExitCode.Refused, conclusion ?? (errors == 1 ? "1 error; nothing was written" : $"{errors} errors; nothing was written"));
        }
    }

    private static ExitCode CodeOf(Refusal kind) => kind switch
    {
        Refusal.Request => ExitCode.Usage,
        Refusal.Missing => ExitCode.Missing,
        _ => ExitCode.Refused,
    };
}
