// Where fine-tuning and evaluation get their samples: the surrogate's own program, another version of it, or a file.

using System.CommandLine;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Cli.Verbs;

/// <summary>The options <c>--program</c>, <c>--data</c> and <c>--samples</c> and what they mean.</summary>
internal sealed class SampleSource(int defaultSamples)
{
    public Option<FileInfo?> Program { get; } = new("--program")
    {
        Description = "Sample this C file's function instead of the program that the surrogate carries.", HelpName = "FILE.c",
    };

    public Option<FileInfo?> Data { get; } = new("--data")
    {
        Description = "Take the samples from a CSV or Parquet file, its columns named after inputs and outputs.", HelpName = "FILE",
    };

    public Option<int?> Samples { get; } = new("--samples")
    {
        Description = $"How many samples to draw (default {defaultSamples}), or how many rows of --data to take (default all).", HelpName = "N",
    };

    /// <summary>
    /// Samples that none of the surrogates was trained on: of a file, the rows that they have not seen, with a message when others are left out.
    /// Ends the verb when there are none.
    /// </summary>
    public SampleSet ObtainUnseen(
        ParseResult parse, Surrogate surrogate, Surrogate? second, long seed, SamplePurpose purpose, Terminal terminal, CancellationToken cancellationToken)
    {
        SampleSet samples = Obtain(parse, surrogate, seed, purpose, terminal, cancellationToken);
        if (parse.GetValue(Data) is not { } data)
        {
            return samples;
        }

        SampleSet unseen = surrogate.Provenance.SeenRows().Union(second?.Provenance.SeenRows() ?? RowFingerprints.None).Unseen(samples);
        if (unseen.Count == 0)
        {
            throw new CommandException(
                ExitCode.Refused, $"all {samples.Count} samples of '{data.Name}' were trained on; they say nothing of the error on others",
                "hold some out: nsc finetune --data FILE --held-out N, then use the same file here");
        }

        if (unseen.Count < samples.Count)
        {
            terminal.Say($"{samples.Count - unseen.Count} of {samples.Count} rows of '{data.Name}' were trained on and are left out");
        }

        return unseen;
    }

    /// <summary>The samples for a surrogate; ends the verb with a message when they cannot be had.</summary>
    public SampleSet Obtain(
        ParseResult parse, Surrogate surrogate, long seed, SamplePurpose purpose, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo? data = parse.GetValue(Data), program = parse.GetValue(Program);
        if (data is not null && program is not null)
        {
            throw new CommandException(ExitCode.Usage, "--program and --data exclude each other");
        }

        int? count = Count(parse);
        return data is not null
            ? TakeRows(SampleFile.Read(data.FullName, surrogate.Signature), count, data.Name)
            : Draw(parse, surrogate, count ?? defaultSamples, seed, purpose, terminal, cancellationToken);
    }

    /// <summary>What the user asks for; null for the default.</summary>
    public int? Count(ParseResult parse) => parse.GetValue(Samples) is <= 0 and int count
        ? throw new CommandException(ExitCode.Usage, $"--samples must be at least 1, not {count}")
        : parse.GetValue(Samples);

    /// <summary>So many samples of the program, the carried one or the one that the user names, whatever <c>--samples</c> says.</summary>
    public SampleSet Draw(
        ParseResult parse, Surrogate surrogate, int count, long seed, SamplePurpose purpose, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var pipeline = new Pipeline(SourceFiles.RequireToolchain(), diagnostics);
        CProgram parsed = CarriedProgram.Parse(surrogate, parse.GetValue(Program), pipeline, diagnostics, terminal);
        SampleSet? samples = pipeline.Sample(parsed, count, seed, purpose, cancellationToken);
        terminal.Show(diagnostics);
        return samples is not null && !diagnostics.HasErrors
            ? samples
            : throw new CommandException(ExitCode.Refused, $"'{surrogate.Signature.Function}' could not be sampled");
    }

    private static SampleSet TakeRows(SampleSet samples, int? count, string file) => count is null
        ? samples
        : count <= samples.Count
            ? samples.Slice(0, count.Value)
            : throw new CommandException(ExitCode.Refused, $"'{file}' has {samples.Count} samples, not {count}");
}
