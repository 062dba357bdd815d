// nsc build: what a project file asks for, as far as it is not there already. It is what continuous integration runs.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Text;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler.Building;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;

namespace Nsc.CommandLine.Verbs;

internal static class BuildVerb
{
    private static readonly Argument<FileInfo> s_project = new("PROJECT")
    {
        Description = $"The project file. Default: {ProjectFile.Name}.", Arity = ArgumentArity.ZeroOrOne, DefaultValueFactory = _ => new FileInfo(ProjectFile.Name),
    };

    private static readonly Option<DirectoryInfo?> s_output = new("--output", "-o") { Description = "Folder that outputs go to. Default: PROJECT's.", HelpName = "DIR" };
    private static readonly Option<DirectoryInfo?> s_root = new("--root") { Description = "Folder that the files of the project may lie in. Default: PROJECT's.", HelpName = "DIR" };
    private static readonly Option<DirectoryInfo?> s_cache = new("--cache") { Description = "Folder of trained nets, which checkouts and machines may share. Default: .nsc/nets among the outputs.", HelpName = "DIR" };
    private static readonly Option<FileInfo?> s_depfile = new("--depfile") { Description = "Write a rule for make and ninja: all outputs depend on all files that were read.", HelpName = "FILE" };
    private static readonly Option<FileInfo?> s_report = Reports.Option();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create(TensorLibrary library) => new Command("build", "Make what a project file asks for and what has changed, and verify every bound.")
    {
        s_project, s_output, s_root, s_cache, s_depfile, s_report, s_json,
    }.WithAction((parse, terminal, cancellationToken) => Run(parse, terminal, library, cancellationToken));

    private static ExitCode Run(ParseResult parse, Terminal terminal, TensorLibrary library, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        string path = parse.GetRequiredValue(s_project).ToString();
        var request = new BuildRequest(parse.GetValue(s_root)?.FullName, parse.GetValue(s_output)?.FullName, parse.GetValue(s_cache)?.FullName) { ToBaseline = library.ToNet };
        if (request.Cache is not null)
        {
            OutputPaths.RequireFolder("--cache", request.Cache);
        }

        var diagnostics = new DiagnosticBag();
        BuildResult? result = ProjectBuilder.Run(path, request, diagnostics, new ProgressLine(terminal), cancellationToken);
        diagnostics.ShowAndStopOnErrors(terminal);
        ImmutableArray<BuiltFunction> built = result!.Functions;
        foreach (BuiltFunction function in built)
        {
            terminal.Show(function.Diagnostics);
        }

        if (parse.GetValue(s_depfile) is { } depfile)
        {
            string rule = DependencyRule.Of([.. built.SelectMany(f => f.Asked.Outputs).Select(o => o.Path)], result.Read);
            AtomicFile.Write(depfile.ToString(), Encoding.UTF8.GetBytes(rule));
        }

        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, BuildReport.Page(built, Reports.Command(parse)), terminal);
        }

        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, BuildReport.Json(path, built, Stopwatch.GetElapsedTime(start)));
        }
        else
        {
            BuildReport.Say(built, terminal);
        }

        return CodeOf(built);
    }

    // A broken bound is the result; what cannot be built at all comes first.
    private static ExitCode CodeOf(ImmutableArray<BuiltFunction> built)
    {
        BuiltFunction[] refused = [.. built.Where(f => f.Status == BuildStatus.Refused)];
        if (refused.Length > 0)
        {
            refused.SelectMany(f => f.Diagnostics).ToArray().StopOnErrors();
        }

        return built.Any(f => f.Status == BuildStatus.Missed) ? ExitCode.QualityMissed : ExitCode.Success;
    }

    // Reports synchronously, unlike System.Progress, which would post to other threads.
    private sealed class ProgressLine(Terminal terminal) : IProgress<string>
    {
        public void Report(string value) => terminal.Progress(() => value);
    }
}
