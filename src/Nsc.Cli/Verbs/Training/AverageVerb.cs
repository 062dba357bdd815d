// nsc average: two CompNets of one shape become one, which is often better than either when one was trained from the other.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Cli.Verbs.Training;

internal static class AverageVerb
{
    // What they measure is not what their average measures.
    private const string FigurePrefix = "held-out";
    private const string Note = "average";
    private static readonly Argument<FileInfo> s_first = new("START") { Description = "A checkpoint." };
    private static readonly Argument<FileInfo> s_second = new("END") { Description = "A checkpoint that was trained from it." };
    private static readonly Option<double> s_share = new("--share")
    {
        Description = "How much of END the result is, from 0 to 1.", HelpName = "S", DefaultValueFactory = _ => 0.75,
    };

    private static readonly Option<FileInfo> s_output = new Option<FileInfo>("--output", "-o") { Description = "The result; - is standard output.", HelpName = "OUT", Required = true }.OrStandardOutput();

    public static Command Create() => new Command("average", "Average the weights of two CompNets, such as where a training began and where it ended.")
    {
        s_first, s_second, s_share, s_output,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        double share = parse.GetValue(s_share);
        if (!(share >= 0 && share <= 1))
        {
            throw new CommandException(ExitCode.Usage, "--share must lie between 0 and 1");
        }

        (CompNetCheckpoint first, string firstHash) = Load(parse.GetRequiredValue(s_first));
        (CompNetCheckpoint second, string secondHash) = Load(parse.GetRequiredValue(s_second));
        string note = string.Create(CultureInfo.InvariantCulture, $"{1 - share:R} of {firstHash}, {share:R} of {secondHash}");
        FileInfo output = parse.GetRequiredValue(s_output);
        try
        {
            ImmutableSortedDictionary<string, string> notes = second.Notes
                .RemoveRange(second.Notes.Keys.Where(k => k.StartsWith(FigurePrefix, StringComparison.Ordinal))).SetItem(Note, note);
            first.Average(second, (float)share, notes).Save(output.FullName);
        }
        catch (ContainerException difference)
        {
            throw new CommandException(ExitCode.Refused, difference.Message);
        }

        terminal.Say($"{note} -> {output}");
        return ExitCode.Success;
    }

    private static (CompNetCheckpoint Checkpoint, string Hash) Load(FileInfo file) => file.Exists
        ? LoadedModels.Read(file)
        : throw new CommandException(ExitCode.Refused, $"no such file: '{file}'");
}
