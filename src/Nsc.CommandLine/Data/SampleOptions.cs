// The options that say where samples come from.

using System.CommandLine;
using Nsc.Compiler.Sampling;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Data;

/// <summary>The options <c>--program</c>, <c>--data</c> and <c>--samples</c> and what they mean.</summary>
internal sealed class SampleOptions(int defaultSamples)
{
    public Option<FileInfo?> Program { get; } = new("--program")
    {
        Description = "Sample this C file's function instead of the program that the surrogate carries.", HelpName = "FILE.c",
    };

    /// <summary>How that file is read.</summary>
    public ProjectFlagOptions Project { get; } = new();

    public Option<FileInfo?> Data { get; } = new("--data")
    {
        Description = "Take the samples from a CSV or Parquet file, its columns named after inputs and outputs; - is standard input.", HelpName = "FILE",
    };

    /// <summary>Inputs that a user has, and what becomes of gaps.</summary>
    public RowsOptions Rows { get; } = new();

    public Option<int?> Samples { get; } = new("--samples")
    {
        Description = $"How many samples to draw (default {defaultSamples}), or how many rows of --data or --inputs, which are drawn at random (default all).", HelpName = "N",
    };

    /// <exception cref="CommandException">The options make no sense, or a file cannot be read.</exception>
    /// <param name="seed">Draws rows of <c>--data</c>.</param>
    /// <param name="weights">The column of <c>--data</c> that says how much each row counts, or null.</param>
    public SampleSource Of(ParseResult parse, Surrogate surrogate, ulong seed, string? weights = null)
    {
        (FileInfo? data, FileInfo? program) = (parse.GetValue(Data), parse.GetValue(Program));
        FileInfo? profile = parse.GetValue(Rows.Profile);
        if (data is not null && (program ?? profile) is not null)
        {
            throw new CommandException(ExitCode.Usage, $"{(profile is null ? "--program" : "--inputs")} and --data exclude each other");
        }

        int? count = parse.GetValue(Samples) is <= 0 and int few
            ? throw new CommandException(ExitCode.Usage, $"--samples must be at least 1, not {few}")
            : parse.GetValue(Samples);
        return new SampleSource(
            program is null ? null : SourceFiles.Read(program.ToString(), Project.Read(parse)),
            data is null ? null : Table(data, parse, surrogate, weights, count is { } some ? new DrawnRows(some, seed) : null), count)
        {
            Profile = Rows.Reader(parse)?.Invoke(surrogate.Signature),
        };
    }

    private SampleTable Table(FileInfo data, ParseResult parse, Surrogate surrogate, string? weights, DrawnRows? draw)
    {
        TableReading reading = Rows.Reading(parse);
        SampleSet rows = SampleFile.Read(data.ToString(), surrogate.Signature, reading, weights, draw);
        return new SampleTable(rows, SampleFile.ShortName(data)) { Remarks = reading.Remarks(SampleFile.ShortName(data)) };
    }

    /// <summary>The option that gives rows, or null when samples are drawn.</summary>
    public string? RowsOf(ParseResult parse) => parse.GetValue(Data) is not null ? Data.Name : Rows.Given(parse);

    /// <summary>What all inputs are that samples speak of: of rows, inputs that are distributed alike; empty for those of the ranges.</summary>
    public string Population(ParseResult parse) => (parse.GetValue(Data) ?? parse.GetValue(Rows.Profile)) is { } rows ? $", for inputs that are distributed like the rows of '{SampleFile.ShortName(rows)}'" : "";
}
