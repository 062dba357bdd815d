// Where fine-tuning and evaluation get their samples: the surrogate's own program, another version of it, or a file.

using System.Collections.Immutable;
using System.CommandLine;
using Nsc.Cli.Data;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Clang;

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
        Description = "Take the samples from a CSV file, its columns named after inputs and outputs.", HelpName = "FILE.csv",
    };

    public Option<int?> Samples { get; } = new("--samples")
    {
        Description = $"How many samples to draw (default {defaultSamples}), or how many rows of --data to take (default all).", HelpName = "N",
    };

    /// <summary>The samples for a surrogate; ends the verb with a message when they cannot be had.</summary>
    public SampleSet Obtain(
        ParseResult parse, Surrogate surrogate, long seed, SamplePurpose purpose, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo? data = parse.GetValue(Data), program = parse.GetValue(Program);
        if (data is not null && program is not null)
        {
            throw new CommandException(ExitCode.Usage, "--program and --data exclude each other");
        }

        int? count = parse.GetValue(Samples);
        if (count <= 0)
        {
            throw new CommandException(ExitCode.Usage, $"--samples must be at least 1, not {count}");
        }

        return data is not null
            ? TakeRows(SampleFile.Read(data.FullName, surrogate.Signature), count, data.Name)
            : Draw(program, surrogate, count ?? defaultSamples, seed, purpose, terminal, cancellationToken);
    }

    private static SampleSet TakeRows(SampleSet samples, int? count, string file) => count is null
        ? samples
        : count <= samples.Count
            ? samples.Slice(0, count.Value)
            : throw new CommandException(ExitCode.Refused, $"'{file}' has {samples.Count} samples, not {count}");

    private static SampleSet Draw(
        FileInfo? program, Surrogate surrogate, int count, long seed, SamplePurpose purpose, Terminal terminal, CancellationToken cancellationToken)
    {
        var diagnostics = new DiagnosticBag();
        var pipeline = new Pipeline(SourceFiles.RequireToolchain(), diagnostics);
        string path = program?.ToString() ?? surrogate.Program.Path;
        string source = program is null ? surrogate.Program.Source : SourceFiles.ReadSource(path);

        // A surrogate's file is as hostile as any other: its program is checked again, and its stored entry is not used.
        var options = FrontEndOptions.Default with
        {
            Functions = [surrogate.Signature.Function],
            Ranges = surrogate.Signature.Inputs.ToImmutableDictionary(i => i.Name, i => i.Range),
        };
        ImmutableArray<CProgram> programs = pipeline.Parse(path, source, options);
        diagnostics.ShowAndStopOnErrors(terminal);
        RequireSameVariables(surrogate.Signature, programs[0].Signature);
        SampleSet? samples = pipeline.Sample(programs[0], count, seed, purpose, cancellationToken);
        terminal.Show(diagnostics);
        return samples is not null && !diagnostics.HasErrors
            ? samples
            : throw new CommandException(ExitCode.Refused, $"'{surrogate.Signature.Function}' could not be sampled");
    }

    private static void RequireSameVariables(ProgramSignature expected, ProgramSignature found)
    {
        if (!expected.Inputs.Select(i => i.Name).SequenceEqual(found.Inputs.Select(i => i.Name))
            || !expected.Outputs.Select(o => o.Name).SequenceEqual(found.Outputs.Select(o => o.Name)))
        {
            throw new CommandException(
                ExitCode.Refused,
                $"the program's inputs and outputs are not the surrogate's: ({Names(found)}) instead of ({Names(expected)})");
        }

        static string Names(ProgramSignature signature) =>
            $"{string.Join(", ", signature.Inputs.Select(i => i.Name))} -> {string.Join(", ", signature.Outputs.Select(o => o.Name))}";
    }
}
