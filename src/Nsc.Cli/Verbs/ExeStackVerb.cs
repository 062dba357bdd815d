// nsc exestack: the corpus of real, executable C functions.

using System.CommandLine;
using Nsc.Cli.Output;
using Nsc.Corpus.Mining;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Mining;

namespace Nsc.Cli.Verbs;

internal static class ExeStackVerb
{
    private static readonly Option<DirectoryInfo> s_packages = new("--packages")
    {
        Description = "Folder of unpacked source packages, one folder each, as scripts/corpus makes it.", HelpName = "DIR", Required = true,
    };

    private static readonly Option<DirectoryInfo> s_output = new("--output", "-o") { Description = "The corpus.", HelpName = "DIR", Required = true };
    private static readonly Option<int> s_maxNodes = Options.Count("--max-values", "Functions with a larger dataflow graph are left out.", 512);
    private static readonly Option<int> s_workers = Options.Count("--workers", "Files at the same time.", Environment.ProcessorCount);

    public static Command Create() => new("exestack", "Build the corpus of real functions that CompNet can be trained on.")
    {
        new Command("build", "Mine source packages; what is done already is not done again.")
        {
            s_packages, s_output, s_maxNodes, s_workers,
        }.WithAction(Build),
    };

    private static ExitCode Build(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        DirectoryInfo packages = parse.GetRequiredValue(s_packages);
        if (!packages.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"no such folder: '{packages}'", "scripts/corpus downloads Debian source packages");
        }

        Toolchain toolchain = SourceFiles.RequireToolchain();
        ExeStack corpus = ExeStack.Open(parse.GetRequiredValue(s_output).FullName);
        var report = new ProgressReport(terminal);
        foreach (DirectoryInfo folder in packages.GetDirectories().Where(d => !d.Name.StartsWith('.')).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            var package = new SourcePackage(folder.Name, folder.FullName);
            bool isNew = corpus.Add(
                package, VersionOf(folder), parse.GetValue(s_maxNodes), parse.GetValue(s_workers), toolchain, report, cancellationToken);
            MiningFunnel funnel = corpus.Packages.Single(p => p.Package == folder.Name).Funnel;
            terminal.Say($"{folder.Name}: {funnel.Kept} of {funnel.Functions} functions{(isNew ? "" : " (done before)")}");
        }

        Show(corpus.Packages.Aggregate(MiningFunnel.Empty, (sum, p) => sum + p.Funnel), terminal);
        Show(corpus.Packages.Aggregate(MiningEffort.None, (sum, p) => sum + p.Effort), terminal);
        return ExitCode.Success;
    }

    private static string VersionOf(DirectoryInfo folder)
    {
        string stamp = Path.Combine(folder.FullName, ".unpacked");
        return File.Exists(stamp) ? File.ReadAllText(stamp).Trim() : "unknown";
    }

    private static void Show(MiningFunnel funnel, Terminal terminal)
    {
        terminal.Say($"{funnel.Files} files, {funnel.Unreadable} of them unreadable; {funnel.Functions} functions");
        terminal.Say($"  {funnel.NotNumerical,7} take or give no numbers");
        terminal.Say($"  {funnel.Repeated,7} the same text as one before, as in headers");
        foreach ((string reason, int count) in funnel.Refused.OrderByDescending(r => r.Value))
        {
            terminal.Say($"  {count,7} refused: {reason}");
        }

        terminal.Say($"  {funnel.TooLarge,7} too large");
        terminal.Say($"  {funnel.NoRange,7} without a range over which they are finite and varied");
        terminal.Say($"  {funnel.Disagreeing,7} executed, do not do what their graph says");
        terminal.Say($"  {funnel.Duplicate,7} behave like another of the same package");
        terminal.Say($"  {funnel.Kept,7} kept");
    }

    private static void Show(MiningEffort effort, Terminal terminal)
    {
        double rate = effort.Examined / Math.Max(effort.Seconds, 1e-9), share = effort.ClangSeconds / Math.Max(effort.BusySeconds, 1e-9);
        terminal.Say($"{effort.Examined} functions examined in {effort.Seconds:F0} s: {rate:F1} functions/s, {share:P0} of the work clang's own");
    }

    private sealed class ProgressReport(Terminal terminal) : IProgress<ExeStackProgress>
    {
        public void Report(ExeStackProgress value) => terminal.Progress(() =>
            $"{value.Package}: function {value.Function}/{value.Functions}");
    }
}
