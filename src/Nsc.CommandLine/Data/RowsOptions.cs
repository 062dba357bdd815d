// The options about rows that a user has, which every verb that takes such rows has.

using System.CommandLine;
using Nsc.Compiler.Sampling;
using Nsc.Core.Programs;

namespace Nsc.CommandLine.Data;

/// <summary>The options <c>--inputs</c> and <c>--missing</c> and what they mean.</summary>
internal sealed class RowsOptions
{
    private const string Skip = "skip";

    /// <summary>A file with inputs to run the program on.</summary>
    public Option<FileInfo?> Profile { get; } = Options.Profile();

    public Option<string> Missing { get; } = new Option<string>("--missing")
    {
        Description = "What becomes of rows with a missing cell (empty, NA, NaN or null): they are skipped, with a note, or an error.", DefaultValueFactory = _ => "error",
    }.AcceptOnlyFromAmong("error", Skip);

    /// <summary>What takes rows with a missing cell out; null where these are an error.</summary>
    public RowsWithGaps? Gaps(ParseResult parse) => parse.GetValue(Missing) == Skip ? new RowsWithGaps() : null;

    /// <summary>The option that gives inputs, or null when they are drawn.</summary>
    public string? Given(ParseResult parse) => parse.GetValue(Profile) is null ? null : Profile.Name;

    /// <summary>Reads the inputs when it is known which ones a function has; null when they are drawn.</summary>
    public Func<ProgramSignature, InputProfile>? Reader(ParseResult parse) =>
        parse.GetValue(Profile) is { } file ? signature => SampleFile.ReadProfile(file, signature, Gaps(parse)) : null;
}
