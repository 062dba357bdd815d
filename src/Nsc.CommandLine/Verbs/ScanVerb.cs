// nsc scan: which functions of a project can be compiled, and what each would gain. Ranks of an MPI job share the files.

using System.CommandLine;
using System.Diagnostics;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler;
using Nsc.Compiler.Building;
using Nsc.Compiler.Scanning;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Ranks;
using Nsc.FrontEnd.Projects;

namespace Nsc.CommandLine.Verbs;

internal static class ScanVerb
{
    // Only nsc itself says it, to the processes that it starts.
    private const string Serving = "--serve";

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(30);
    private static readonly Argument<string[]> s_paths = new("FILE")
    {
        Description = "C files, or folders of them. Default: all files of -p, else the working folder.", Arity = ArgumentArity.ZeroOrMore, DefaultValueFactory = _ => [],
    };

    private static readonly ProjectFlagOptions s_project = new();
    private static readonly Option<int> s_workers = Options.Count("--workers", "Files at the same time.", Environment.ProcessorCount);
    private static readonly Option<int> s_limit = Options.Count("--limit", "Seconds that a file may take; what was found by then is kept.", 120);
    private static readonly Option<FileInfo?> s_write = new("--write") { Description = "Add the functions that gain, of each file the first, to a project file for nsc build.", HelpName = "nsc.json" };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<bool> s_serve = new(Serving) { Hidden = true };

    /// <param name="asRanks">Runs the action as one process of a job.</param>
    public static Command Create(Func<Terminal, Func<IRanks, Terminal, ExitCode>, ExitCode> asRanks) => new Command("scan", "Find the functions of a project that can be compiled, and what each would gain.")
    {
        s_paths, s_workers, s_limit, s_write, s_json, s_serve,
    }.With(s_project).WithAction(
        (parse, terminal, cancellationToken) => parse.GetValue(s_serve)
            ? Serve()
            : asRanks(terminal, (ranks, shown) => Run(parse, shown, ranks, cancellationToken)),
        _ => s_grace);

    private static ExitCode Run(ParseResult parse, Terminal terminal, IRanks ranks, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var diagnostics = new DiagnosticBag();
        ProjectSources sources = ProjectSources.Of(parse.GetValue(s_paths)!, s_project.Read(parse), SourceFiles.RequireToolchain(), diagnostics);
        diagnostics.ShowAndStopOnErrors(terminal);
        if (sources.Files.IsEmpty)
        {
            throw new CommandException(ExitCode.Refused, "there is no C file", "name files or folders, or a compile_commands.json with -p");
        }

        var request = new ScanRequest(sources, parse.GetValue(s_workers), TimeSpan.FromSeconds(parse.GetValue(s_limit)), Self);
        ScanResult found = ProjectScanner.Scan(request, ranks, new ProgressReport(terminal), cancellationToken).Require(terminal);
        terminal.ClearProgress();
        if (parse.GetValue(s_json))
        {
            ScanReport.WriteJson(found, sources.Files.Length, Stopwatch.GetElapsedTime(start), terminal);
        }
        else
        {
            ScanReport.Write(found, sources.Files.Length, terminal);
        }

        if (parse.GetValue(s_write) is { } project && ranks.Rank == 0)
        {
            Write(project.ToString(), found, terminal);
        }

        if (found.IsCancelled)
        {
            terminal.Say("nsc: cancelled");
        }

        return found.IsCancelled ? ExitCode.Cancelled : ExitCode.Success;
    }

    private static void Write(string path, ScanResult found, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        ScannedProject? project = ScannedProject.With(path, found.Compilable, diagnostics);
        diagnostics.ShowAndStopOnErrors(terminal);
        if (project!.Added.Count > 0)
        {
            AtomicFile.Write(path, project.Content);
        }

        terminal.Say($"{path}: {project.Added.Count} functions added{(project.LeftOut > 0 ? $", {project.LeftOut} left out because their files are not below its folder" : "")}");
        if (project.Added.Count > 0)
        {
            terminal.Say("next: look at the ranges that were guessed, add \"maxError\", then nsc build");
        }
    }

    private static ExitCode Serve()
    {
        ScanWorker.Serve(Console.In, Console.Out, SourceFiles.RequireToolchain());
        return ExitCode.Success;
    }

    // nsc as it was published or built, whatever runs this assembly; not as a rank of its own.
    internal static ProcessStartInfo Self()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "nsc");
        (program, string[] arguments) = File.Exists(program) ? (program, []) : (Environment.ProcessPath!, (string[])[program + ".dll"]); // A tool of dotnet's has no program of its own.
        var start = new ProcessStartInfo(program, [.. arguments, "scan", Serving]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_gcConcurrent"] = "0";
        return start;
    }

    private sealed class ProgressReport(Terminal terminal) : IProgress<ScanProgress>
    {
        public void Report(ScanProgress value) => terminal.Progress(() =>
            $"{value.Done}/{value.Files} files, {value.Compilable} functions can be compiled, {value.Refused} cannot: {value.File}");
    }
}
