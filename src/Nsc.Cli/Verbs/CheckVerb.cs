// nsc exestack check: proves that training sees no function that is held out, under whatever name.

using System.Collections.Immutable;
using System.CommandLine;
using Nsc.Cli.Output;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;

namespace Nsc.Cli.Verbs;

internal static class CheckVerb
{
    private const int MostListed = 100;
    private static readonly SplitVerbOptions s_split = new();
    private static readonly Option<bool> s_asStored = new("--as-stored")
    {
        Description = "Check the corpus as it is stored, before what leaks is dropped from training.",
    };

    public static Command Create()
    {
        var command = new Command("check", "Prove that no training function repeats a held-out one by tokens, graph or behaviour; exit code 5 if one does.") { s_asStored };
        s_split.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Splits splits = Splits.Load(s_split.CorpusFolder(parse), s_split.Of(parse), SourceFiles.RequireToolchain());
        ImmutableArray<ShardRow> training = [.. splits.Training.All];
        ImmutableArray<ShardRow> unseen = [.. splits.AllHeldOut, .. splits.Validation];
        terminal.Say($"training: {splits.Training.Real.Length} real functions, {splits.Training.Variants.Length} variants");
        terminal.Say($"validation: {splits.Validation.Length} functions of {string.Join(", ", splits.Validation.Select(r => r.Package).Distinct())}");
        foreach ((string name, ImmutableArray<ShardRow> rows) in splits.HeldOut)
        {
            terminal.Say($"held out: {rows.Length} functions of {name}");
        }

        terminal.Say($"dropped from training because they repeat one of those: {Counts(splits.Training.Leaking)}");
        cancellationToken.ThrowIfCancellationRequested();
        ImmutableArray<Duplicate> leaks = parse.GetValue(s_asStored)
            ? splits.Training.Leaking
            : Deduplication.Against(training, unseen).Dropped;
        foreach (Duplicate leak in leaks.Take(MostListed))
        {
            terminal.Output.WriteLine($"{NameOf(leak.Row)} repeats {NameOf(leak.Original)} ({leak.Kind.ToString().ToLowerInvariant()})");
        }

        terminal.Say(leaks.IsEmpty
            ? $"no leak: {training.Length} training functions against {unseen.Length} held-out ones"
            : $"{leaks.Length} leaks: {Counts(leaks)}");
        return leaks.IsEmpty ? ExitCode.Success : ExitCode.QualityMissed;
    }

    private static string Counts(ImmutableArray<Duplicate> duplicates) =>
        string.Join(", ", Enum.GetValues<DuplicateKind>().Select(k => $"{duplicates.Count(d => d.Kind == k)} by {k.ToString().ToLowerInvariant()}"));

    private static string NameOf(ShardRow row) =>
        $"{row.Package}/{row.File}:{row.Function}{(row.MadeFrom.Length > 0 ? $" (made from {row.MadeFrom})" : "")}";
}
