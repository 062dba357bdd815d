// The options of a training, which its checkpoints carry, so that resuming it needs none of them again.

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Cli.TrainingRuns;

internal static class ResumedOptions
{
    // What belongs to one start of the process.
    private static readonly string[] s_own = ["--output", "--resume", "--verbose", "--quiet", "--log-format"];

    /// <summary>The options that were given, and the number of workers, which the result depends on; for <see cref="With"/>.</summary>
    public static string Of(ParseResult parse, Option<int> workers)
    {
        var given = Given(parse).ToDictionary(o => o.Option.Name, Words);
        given[workers.Name] = [workers.Name, parse.GetValue(workers).ToString(CultureInfo.InvariantCulture)];
        return JsonSerializer.Serialize(given.Values);
    }

    /// <summary>The command line with what the checkpoint's training was started with, where it says nothing else.</summary>
    /// <exception cref="CommandException">The checkpoint is none, or what it carries makes no sense.</exception>
    public static ParseResult With(ParseResult parse, FileInfo checkpoint)
    {
        CompNetCheckpoint stored;
        try
        {
            stored = CompNetCheckpoint.Load(checkpoint.FullName);
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{checkpoint}': {damage.Message}");
        }

        string[] said = [.. Given(parse).Select(o => o.Option.Name), .. s_own];
        IEnumerable<string> own = parse.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit).SelectMany(Words);
        string command = parse.CommandResult.Command.Name;
        ParseResult whole = parse.RootCommandResult.Command.Parse([command, .. own, .. Stored(stored).Where(words => !said.Contains(words[0])).SelectMany(words => words)], parse.Configuration);
        return whole.Errors.Count == 0 && whole.CommandResult.Command.Name == command ? whole
            : throw new CommandException(ExitCode.Refused, $"'{checkpoint}' carries options that make no sense here: {string.Join(" ", whole.Errors.Select(e => e.Message))}");
    }

    // Each an option's name and its values; empty for a checkpoint that carries none.
    private static string[][] Stored(CompNetCheckpoint checkpoint)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<string[]?[]>(checkpoint.Notes.GetValueOrDefault(CompNetCheckpoint.CommandNote, "[]")) ?? []).OfType<string[]>().Where(words => words.Length > 0 && words[0].StartsWith("--", StringComparison.Ordinal))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<OptionResult> Given(ParseResult parse) =>
        parse.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit && !s_own.Contains(o.Option.Name));

    // Paths are those of the folder where it was started.
    private static string[] Words(OptionResult option)
    {
        bool isPath = typeof(FileSystemInfo).IsAssignableFrom(option.Option.ValueType);
        return [option.Option.Name, .. option.Tokens.Select(t => isPath ? Path.GetFullPath(t.Value) : t.Value)];
    }
}
