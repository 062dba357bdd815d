// The options about rows that a user has, which every verb that takes such rows has.

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Nsc.Compiler.Sampling;
using Nsc.Core.Programs;

namespace Nsc.CommandLine.Data;

/// <summary>The options about rows, and what they mean.</summary>
internal sealed class RowsOptions
{
    private const string Skip = "skip";

    /// <summary>A file with inputs to run the program on.</summary>
    public Option<FileInfo?> Profile { get; } = Options.Profile();

    private readonly Option<string> _missing = new Option<string>("--missing")
    {
        Description = "What becomes of rows with a missing cell (empty, NA, NaN or null): they are skipped, with a note, or an error.", DefaultValueFactory = _ => "error",
    }.AcceptOnlyFromAmong("error", Skip);

    private readonly Option<char?> _separator = new("--separator")
    {
        Description = "What separates the cells of a text: comma, semicolon, tab, bar, space or another character. Default: what its first lines have.", HelpName = "CHAR",
        CustomParser = result => CsvDialect.Parse(result.Tokens[0].Value) is { } separator ? separator : Unusable(result),
    };

    private readonly Option<string[]> _rename = new("--rename")
    {
        Description = "Take an input or output from a column of another name; repeat it for several.", HelpName = "NAME=COLUMN", DefaultValueFactory = _ => [],
    };

    /// <summary>How a table is read; a new one for each.</summary>
    public TableReading Reading(ParseResult parse) => new()
    {
        SkipsGaps = parse.GetValue(_missing) == Skip, Separator = parse.GetValue(_separator), Renamed = Renamed(parse),
    };

    /// <summary>The option that gives inputs, or null when they are drawn.</summary>
    public string? Given(ParseResult parse) => parse.GetValue(Profile) is null ? null : Profile.Name;

    /// <summary>Reads the inputs when it is known which ones a function has; null when they are drawn.</summary>
    public Func<ProgramSignature, InputProfile>? Reader(ParseResult parse) =>
        parse.GetValue(Profile) is { } file ? signature => SampleFile.ReadProfile(file, signature, Reading(parse)) : null;

    /// <summary>A verb with the options about how rows are read.</summary>
    public Command AddTo(Command verb)
    {
        foreach (Option option in (Option[])[_missing, _separator, _rename])
        {
            verb.Options.Add(option);
        }

        return verb;
    }

    private ImmutableDictionary<string, string> Renamed(ParseResult parse)
    {
        var renamed = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (string text in parse.GetValue(_rename)!)
        {
            if (text.Split('=', 2, StringSplitOptions.TrimEntries) is not [{ Length: > 0 } name, { Length: > 0 } column] || !renamed.TryAdd(name, column))
            {
                throw new CommandException(ExitCode.Usage, $"--rename {text}: expected NAME=COLUMN, each NAME once, such as out=heat");
            }
        }

        return renamed.ToImmutable();
    }

    private static char? Unusable(ArgumentResult result)
    {
        result.AddError($"--separator {result.Tokens[0].Value}: expected comma, semicolon, tab, bar, space or one character that numbers and quotes do not have.");
        return null;
    }
}

internal static class RowsVerbs
{
    /// <summary>The verb with these options.</summary>
    public static Command With(this Command verb, RowsOptions rows) => rows.AddTo(verb);
}
