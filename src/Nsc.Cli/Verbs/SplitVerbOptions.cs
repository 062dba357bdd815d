// How check, stats and coverage are told what is held out.

using System.CommandLine;
using Nsc.Corpus.Mining;

namespace Nsc.Cli.Verbs;

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

    public string CorpusFolder(ParseResult parse) => ExeStackOptions.Existing(parse.GetRequiredValue(Corpus)).FullName;

    public SplitOptions Of(ParseResult parse) => new(
        [.. parse.GetValue(_packages)!.Split(',', StringSplitOptions.RemoveEmptyEntries)],
        [.. parse.GetValue(_also)!.Select(f => ExeStackOptions.Existing(f).FullName)],
        parse.GetValue(_idioms) is { } idioms ? ExeStackOptions.Existing(idioms).FullName : null);
}
