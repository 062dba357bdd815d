// nsc exestack: the corpus of real, executable C functions.

using System.CommandLine;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Core.Text;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Stack;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli.Verbs.Corpus;

internal static class ExeStackVerb
{
    private static readonly Option<DirectoryInfo?> s_packages = new("--packages")
    {
        Description = "Folder of unpacked source packages, one folder each, as scripts/corpus makes it.", HelpName = "DIR",
    };

    private static readonly Option<FileInfo[]> s_stack = new("--stack")
    {
        Description = "JSON Lines or Parquet file with C sources in a column 'content'; repeat it for several.", HelpName = "FILE", DefaultValueFactory = _ => [],
    };

    private static readonly Option<DirectoryInfo> s_output = new("--output", "-o") { Description = "The corpus.", HelpName = "DIR", Required = true };
    private static readonly Option<int> s_maxNodes = Options.Count("--max-values", "Functions with a larger dataflow graph are left out.", 512);
    private static readonly Option<int> s_workers = Options.Count("--workers", "Files at the same time.", Environment.ProcessorCount);

    public static Command Create() => new("exestack", "Build the corpus of real functions that CompNet can be trained on.")
    {
        new Command("build", "Mine source packages; what is done already is not done again.")
        {
            s_packages, s_stack, s_output, s_maxNodes, s_workers,
        }.WithAction(Build),
        VariantsVerb.Create(), CheckVerb.Create(), AuditVerb.Create(), StatsVerb.Create(), CoverageVerb.Create(),
    };

    private static ExitCode Build(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        DirectoryInfo? packages = parse.GetValue(s_packages);
        FileInfo[] stack = parse.GetValue(s_stack)!;
        if (packages is null && stack.Length == 0)
        {
            throw new CommandException(ExitCode.Usage, "give --packages DIR or --stack FILE", "scripts/corpus downloads Debian source packages");
        }

        Toolchain toolchain = SourceFiles.RequireToolchain();
        ExeStack corpus = ExeStack.Open(parse.GetRequiredValue(s_output).FullName);
        if (packages is not null)
        {
            AddPackages(ExeStackOptions.Existing(packages), corpus, parse, terminal, toolchain, cancellationToken);
        }

        foreach (FileInfo file in stack)
        {
            AddStack(file, corpus, parse, terminal, toolchain, cancellationToken);
        }

        Show(corpus.Packages.Aggregate(MiningFunnel.Empty, (sum, p) => sum + p.Funnel), terminal);
        Show(corpus.Packages.Aggregate(MiningEffort.None, (sum, p) => sum + p.Effort), terminal);
        return ExitCode.Success;
    }

    private static void AddPackages(
        DirectoryInfo packages, ExeStack corpus, ParseResult parse, Terminal terminal, Toolchain toolchain, CancellationToken cancellationToken)
    {
        var report = new ProgressReport(terminal);
        foreach (DirectoryInfo folder in packages.GetDirectories().Where(d => !d.Name.StartsWith('.')).OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            var package = new SourcePackage(folder.Name, folder.FullName);
            bool isNew = corpus.Add(
                package, VersionOf(folder), parse.GetValue(s_maxNodes), parse.GetValue(s_workers), toolchain, report, cancellationToken);
            MiningFunnel funnel = corpus.Packages.Single(p => p.Package == folder.Name).Funnel;
            terminal.Say($"{folder.Name}: {funnel.Kept} of {funnel.Functions} functions{(isNew ? "" : " (done before)")}");
        }
    }

    private static void AddStack(
        FileInfo file, ExeStack corpus, ParseResult parse, Terminal terminal, Toolchain toolchain, CancellationToken cancellationToken)
    {
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"no such file: '{file}'");
        }

        try
        {
            StackFunnel funnel = StackImport.Add(
                file.FullName, corpus, parse.GetValue(s_maxNodes), parse.GetValue(s_workers), toolchain, new ProgressReport(terminal), cancellationToken);
            terminal.Say($"{file.Name}: {funnel.Rows} rows in {funnel.Packages} packages, {funnel.NewPackages} of them new; {funnel.BadRows} unusable rows");
        }
        catch (InvalidDataException damage)
        {
            throw new CommandException(ExitCode.Refused, damage.Message);
        }
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
            $"{value.Package}: {value.Functions} functions, {PrintableText.OneLine(value.File)}");
    }
}
