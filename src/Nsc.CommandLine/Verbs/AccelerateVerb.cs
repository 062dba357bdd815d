// nsc accelerate: the whole way from a C file to the same file with a function replaced by a guarded approximation, and what that gains.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler;
using Nsc.Compiler.Acceleration;
using Nsc.Compiler.Input;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Export;
using Nsc.Export.Approximations;
using Nsc.FrontEnd;

namespace Nsc.CommandLine.Verbs;

internal static class AccelerateVerb
{
    private static readonly Argument<FileInfo> s_file = new("FILE") { Description = "The C file." };
    private static readonly ReadingOptions s_reading = new();
    private static readonly Option<FileInfo> s_output = new Option<FileInfo>("--output", "-o")
    {
        Description = "Where the file with the surrogate goes; - is standard output.", HelpName = "OUT.c", Required = true,
    }.OrStandardOutput();

    private static readonly Option<string> s_method = new Option<string>("--method")
    {
        Description = "What takes the function's place: a net, a Chebyshev interpolant, a sparse polynomial, a table, or what measurement says is the fastest that keeps the bound.",
        DefaultValueFactory = _ => AccelerationMethods.Net,
    }.AcceptOnlyFromAmong([.. AccelerationMethods.Names]);

    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<int> s_samples = Options.Count("--samples", "Samples to fine-tune on.", 2048, FineTuneOptions.FewestSamples);
    private static readonly RowsOptions s_rows = new();
    private static readonly Option<bool> s_extend = Options.ExtendRanges();
    private static readonly Option<string?> s_sampling = Options.Sampling();
    private static readonly Option<OutputLoss?> s_loss = Options.Loss();
    private static readonly Option<int> s_heldOut = Options.Count("--held-out", "Samples that nothing is trained on: one half chooses the guard, the other one bounds the error.", 16384, 2);
    private static readonly Option<int> s_steps = Options.Count("--steps", "The most optimiser steps.", FineTuneOptions.DefaultSteps(Optimizer.Lm));
    private static readonly Option<ImmutableArray<int>?> s_topology = TopologyOptions.Create(
        $"the fastest of {string.Join(", ", NetSizes.All.Select(NetSizes.InWords))} that keeps the bound", "that of the model");

    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_keepLoops = new("--keep-loops") { Description = "Leave loops over arrays as they are that do nothing but call the function; else a net answers blocks of their rows at a time." };
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create(TensorLibrary library) => new Command("accelerate", "Replace a function of a C file by its guarded surrogate, or by another approximation, and measure what that gains.")
    {
        s_file, s_output, s_method, s_model, s_samples, s_rows.Profile, s_extend, s_sampling, s_loss, s_topology, s_heldOut, s_steps, s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_seed, s_keepLoops, s_force, s_json,
    }.With(s_rows).With(s_reading).WithAction((parse, terminal, cancellationToken) => Run(parse, terminal, library, cancellationToken));

    private static ExitCode Run(ParseResult parse, Terminal terminal, TensorLibrary library, CancellationToken cancellationToken)
    {
        var compile = new CompileOptions
        {
            Reading = s_reading.Of(parse), Model = parse.GetValue(s_model)?.FullName, Seed = parse.GetValue(s_seed), ToBaseline = library.ToNet,
        };
        var request = new AccelerateRequest(
            compile, s_limit.Of(parse), parse.GetValue(s_samples), parse.GetValue(s_heldOut), parse.GetValue(s_steps),
            Options.DesignOf(parse, s_sampling, s_rows.Given(parse)))
        {
            Method = parse.GetValue(s_method)!, Hidden = parse.GetValue(s_topology), Loss = parse.GetValue(s_loss) ?? OutputLoss.Squared,
            Profile = s_rows.Reader(parse), ExtendsRanges = parse.GetValue(s_extend), KeepsLoops = parse.GetValue(s_keepLoops),
        };
        if (request is { Hidden: not null, Method: not (AccelerationMethods.Net or AccelerationMethods.Auto) })
        {
            throw new CommandException(ExitCode.Usage, $"--topology is the size of a net; --method {request.Method} makes none");
        }

        CSource source = SourceFiles.Read(parse.GetRequiredValue(s_file).ToString(), s_reading.ProjectOf(parse));
        var diagnostics = new DiagnosticBag();
        Accelerated? accelerated = new Accelerator(request, diagnostics, line => terminal.Progress(() => line), cancellationToken).Run(source);
        diagnostics.ShowAndStopOnErrors(terminal);
        bool isWritten = accelerated!.Miss is null || parse.GetValue(s_force);
        string path = parse.GetRequiredValue(s_output).ToString();
        if (isWritten)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(accelerated.Text)));
        }

        Report(parse, terminal, accelerated, isWritten ? path : null);
        return ErrorLimitOptions.Conclude(accelerated.Miss, isWritten, terminal);
    }

    private static void Report(ParseResult parse, Terminal terminal, Accelerated found, string? path)
    {
        (IApproximation approximation, Surrogate? net) = (found.Approximation, (found.Approximation as NetApproximation)?.Surrogate);
        bool hasSecond = found.Approximation is NetApproximation { Second: not null };
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new AccelerateJson(
                approximation.Signature.Function, path, found.Method, approximation.Size, net?.Provenance.Init, approximation.Origin.Samples, hasSecond, found.Nmse,
                found.OriginalNs, found.AcceleratedNs, found.SpeedUp, found.Error, [.. found.Front.Select(p => new FrontPointJson(p.Method, p.Size, [.. p.Hidden], p.Nmse, p.Ns, p.IsOk, p.IsTaken))], [.. found.Loops]));
            return;
        }

        TextWriter output = terminal.Output;
        output.WriteLine($"{approximation.Signature.Function}: {(net is null ? $"{approximation.Kind}, " : "")}{approximation.Size}, {approximation.Origin.Samples} samples, NMSE {Reports.Short(found.Nmse)}{(path is null ? "" : $" -> {path}")}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  original {found.OriginalNs:F1} ns, with its surrogate {found.AcceleratedNs:F1} ns a call: {found.SpeedUp:F2} times as fast (clang -O2, least of {CandidateMeasurement.TimedRounds} rounds in turns)"));
        foreach (FrontPoint point in found.Front)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {point.Method,-10} {point.Size,-26} {point.Ns,8:F1} ns, NMSE {point.Nmse:G3}{(point.IsOk ? "" : ", no gain within the bound")}{(point.IsTaken ? "  <- taken" : "")}"));
        }

        output.WriteLine($"  guard: the inputs' ranges{(hasSecond ? " and a second surrogate's opinion" : net is not null ? "; the bound holds without a second opinion" : "")}");
        if (!found.Loops.IsEmpty)
        {
            output.WriteLine($"  by blocks of rows: the {(found.Loops.Length == 1 ? "loop in line" : "loops in lines")} {string.Join(", ", found.Loops)}");
        }

        foreach (string sentence in found.Error.Sentences())
        {
            output.WriteLine($"  {sentence}");
        }
    }
}
