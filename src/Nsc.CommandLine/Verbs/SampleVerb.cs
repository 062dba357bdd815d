// nsc sample: a function's inputs and outputs as a table, for whoever fits something to them.

using System.CommandLine;
using System.Globalization;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.Compiler;
using Nsc.Compiler.Sampling;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;

namespace Nsc.CommandLine.Verbs;

internal static class SampleVerb
{
    private static readonly Argument<FileInfo> s_file = new("FILE") { Description = "A C file, or a surrogate, which carries its program." };
    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "Where the table goes: Parquet where the name ends in .parquet, else CSV; - is standard output.", HelpName = "OUT", Required = true,
    };

    private static readonly Option<int?> s_samples = new("--samples", "-n")
    {
        Description = $"How many samples to draw (default {SampleRequest.DefaultCount}), or how many rows of --inputs, which are drawn at random (default all).", HelpName = "N",
    };

    private static readonly Option<string?> s_sampling = Options.Sampling();
    private static readonly RowsOptions s_rows = new();
    private static readonly ReadingOptions s_reading = new();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("sample", "Write samples of a function, its inputs and outputs, as a table.")
    {
        s_file, s_output, s_samples, s_sampling, s_rows.Profile, s_seed, s_json,
    }.With(s_rows).With(s_reading).WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo file = parse.GetRequiredValue(s_file);
        string output = parse.GetRequiredValue(s_output);
        RequireOutput(parse, output, file);
        SampleRequest request = Choose(parse);
        Sampled sampled = Sample(parse, file, request, cancellationToken).Require(terminal);
        bool isStandardOutput = OutputPaths.IsStandardOutput(parse);
        if (isStandardOutput)
        {
            SampleTables.WriteCsv(PrintableWriter.Over(parse.InvocationConfiguration.Output), sampled);
        }
        else
        {
            SampleTables.Write(output, sampled);
        }

        Report(parse, terminal, sampled, request, isStandardOutput ? null : output);
        return ExitCode.Success;
    }

    private static void RequireOutput(ParseResult parse, string output, FileInfo file)
    {
        output = OutputPaths.Named(output);
        OutputPaths.Require("--output", output);
        OutputPaths.RequireApart("--output", output, "FILE", file.ToString());
        if (parse.GetValue(s_rows.Profile) is { } profile)
        {
            OutputPaths.RequireApart("--output", output, s_rows.Profile.Name, profile.ToString());
        }
    }

    private static SampleRequest Choose(ParseResult parse) => parse.GetValue(s_samples) is <= 0 and int few
        ? throw new CommandException(ExitCode.Usage, $"--samples must be at least 1, not {few}")
        : new SampleRequest(parse.GetValue(s_samples), Options.DesignOf(parse, s_sampling, s_rows.Given(parse)), parse.GetValue(s_seed))
        {
            Profile = s_rows.Reader(parse), Reading = s_reading.Of(parse),
        };

    // A surrogate has its function and its ranges.
    private static Result<Sampled> Sample(ParseResult parse, FileInfo file, SampleRequest request, CancellationToken cancellationToken)
    {
        if (!TensorContainer.MayBe(file.FullName))
        {
            return SurrogateCompiler.Sample(SourceFiles.Read(file.ToString(), s_reading.ProjectOf(parse)), request, cancellationToken);
        }

        return s_reading.Given(parse) is not { } forSource
            ? SurrogateCompiler.Sample(SourceFiles.LoadSurrogate(file), request, null, cancellationToken)
            : throw new CommandException(ExitCode.Usage, $"{forSource} is for C files; '{file}' is a surrogate, whose inputs and ranges are what they are");
    }

    private static void Report(ParseResult parse, Terminal terminal, Sampled sampled, SampleRequest request, string? path)
    {
        ProgramSignature signature = sampled.Signature;
        SampleSet rows = sampled.Rows;
        string? design = request.Profile is null ? request.Design.Name() : null;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new SampleJson(
                signature.Function, rows.Count, design, [.. signature.Inputs.Select(i => i.Name)], [.. signature.Outputs.Select(o => o.Name)], path));
            return;
        }

        terminal.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{signature.Function}: {rows.Count} samples of {rows.InputCount} inputs and {rows.OutputCount} outputs{(design is null ? "" : $", {design}")}{(path is null ? "" : $" -> {path}")}"));
    }
}
