// How check, stats and coverage are told what is held out.

using System.CommandLine;
using Nsc.CommandLine;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Splitting;

namespace Nsc.Cli.Mining;

/// <summary>The options of one command that say what is held out.</summary>
internal sealed class SplitVerbOptions
{
    /// <param name="isRequired">Whether the command makes no sense without a corpus.</param>
    public SplitVerbOptions(bool isRequired = true) => Corpus = ExeStackOptions.Corpus(isRequired);

    private readonly Option<string> _packages = ExeStackOptions.HeldOutPackages();
    private readonly Option<DirectoryInfo[]> _also = new("--also")
    {
        Description = "Folder of C files that is held out too, such as data/parrot; repeat it for several.", HelpName = "DIR", DefaultValueFactory = _ => [],
    };

    private readonly Option<DirectoryInfo?> _idioms = new("--idioms")
    {
        Description = "The idiom library, such as data/idioms: one half is held out, the other one trains.", HelpName = "DIR",
    };

    public Option<DirectoryInfo> Corpus { get; }

    public void AddTo(Command command)
    {
        command.Add(Corpus);
        command.Add(_packages);
        command.Add(_also);
        command.Add(_idioms);
    }

    /// <summary>The corpus, split.</summary>
    /// <exception cref="CommandException">It is no corpus, something that is to be held out is not there, or nothing is left to train on.</exception>
    public Splits Load(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        string folder = ExeStackOptions.ExistingCorpus(parse.GetRequiredValue(Corpus)).FullName;
        SplitOptions options = Of(parse);
        string[] absent = [.. options.Packages.Except(ExeStack.Open(folder).Packages.Select(p => p.Package))];
        if (absent.Length > 0 && parse.GetResult(_packages) is { Implicit: false })
        {
            throw new CommandException(ExitCode.Refused, $"the corpus has no package {string.Join(", ", absent)}, which is to be held out");
        }

        Splits splits = Splits.Load(folder, options, SourceFiles.RequireToolchain(), cancellationToken);
        IEnumerable<(string Folder, string Name)> asked = options.Folders.Select(f => (f, Path.GetFileName(f.TrimEnd('/'))));
        asked = options.Idioms is { } idioms ? asked.Append((idioms, DefaultHeldOut.Idioms)) : asked;
        if (asked.FirstOrDefault(a => !splits.HeldOut.ContainsKey(a.Name)).Folder is { } unheld)
        {
            throw new CommandException(ExitCode.Refused, $"no function of '{unheld}' can be held out: none compiles, or all are held out already");
        }

        if (!splits.Training.All.Any())
        {
            throw new CommandException(ExitCode.Refused, "nothing is left to train on", "the corpus has functions of held-out and validation packages only");
        }

        if (absent.Length > 0)
        {
            terminal.Say($"not in the corpus, so not held out: {string.Join(", ", absent)}");
        }

        return splits;
    }

    private SplitOptions Of(ParseResult parse) => new(
        [.. parse.GetValue(_packages)!.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        [.. parse.GetValue(_also)!.Select(f => ExeStackOptions.Existing(f).FullName)],
        parse.GetValue(_idioms) is { } idioms ? ExeStackOptions.Existing(idioms).FullName : null);
}
