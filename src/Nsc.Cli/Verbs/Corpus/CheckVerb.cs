// nsc exestack check: looks for training functions that give a held-out one away, under whatever name.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nsc.Cli.Mining;
using Nsc.CommandLine;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;

namespace Nsc.Cli.Verbs.Corpus;

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
        var command = new Command("check", "Look for training functions that repeat a held-out one, or nearly, by tokens, graph or behaviour; exit code 5 if one does.") { s_asStored };
        s_split.AddTo(command);
        return command.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        Splits splits = s_split.Load(parse, terminal, cancellationToken);
        ImmutableArray<ShardRow> training = [.. splits.Training.All];
        ImmutableArray<ShardRow> unseen = [.. splits.AllHeldOut, .. splits.Validation];
        if (unseen.IsEmpty)
        {
            throw new CommandException(ExitCode.Refused, "nothing is held out, so there is nothing to check", "name packages with --hold-out, folders with --also and --idioms");
        }

        terminal.Say($"training: {splits.Training.Real.Length} real functions, {splits.Training.Variants.Length} variants");
        terminal.Say($"validation: {splits.Validation.Length} functions of {string.Join(", ", splits.Validation.Select(r => r.Package).Distinct())}");
        foreach ((string name, ImmutableArray<ShardRow> rows) in splits.HeldOut)
        {
            terminal.Say($"held out: {rows.Length} functions of {name}");
        }

        terminal.Say($"dropped from training because they repeat one of those: {Counts(splits.Training.Leaking)}");
        ImmutableArray<Duplicate> leaks = parse.GetValue(s_asStored)
            ? splits.Training.Leaking
            : Deduplication.Against(training, unseen, cancellationToken).Dropped;
        foreach (Duplicate leak in leaks.Take(MostListed))
        {
            terminal.Output.WriteLine($"{NameOf(leak.Row)} repeats {NameOf(leak.Original)} ({HowOf(leak)})");
        }

        terminal.Say(leaks.IsEmpty
            ? $"no leak found: {training.Length} training functions against {unseen.Length} held-out ones by {Deduplication.LeakCriteria}"
            : $"{leaks.Length} leaks: {Counts(leaks)}");
        return leaks.IsEmpty ? ExitCode.Success : ExitCode.QualityMissed;
    }

    private static string Counts(ImmutableArray<Duplicate> duplicates) =>
        string.Join(", ", Enum.GetValues<DuplicateKind>().Select(k => $"{duplicates.Count(d => d.Kind == k)} by {k.ToString().ToLowerInvariant()}"));

    private static string HowOf(Duplicate leak) => leak.Kind == DuplicateKind.Behaviour
        ? string.Create(CultureInfo.InvariantCulture, $"behaviour, NMSE {leak.Nmse:E1}") : leak.Kind.ToString().ToLowerInvariant();

    private static string NameOf(ShardRow row) =>
        $"{row.Package}/{row.File}:{row.Function}{(row.MadeFrom.Length > 0 ? $" (made from {row.MadeFrom})" : "")}";
}
