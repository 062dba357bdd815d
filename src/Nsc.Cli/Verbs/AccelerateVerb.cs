// nsc accelerate: the whole way from a C file to the same file with a function replaced by its guarded surrogate, and what that gains.

using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using Nsc.Cli.Output;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Engine.Trainers;
using Nsc.Engine.FineTuning;
using Nsc.Export;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;
using Nsc.Training.HyperNetworks;

namespace Nsc.Cli.Verbs;

internal static class AccelerateVerb
{
    private const int TimedRows = 256, TimedRounds = 9;

    /// <summary>Without --max-error, what counts as an error: this part of an output's standard deviation.</summary>
    private const double DefaultErrorInDeviations = 0.1;

    private static readonly Argument<FileInfo> s_file = new("FILE") { Description = "The C file." };
    private static readonly Option<string[]> s_function = Options.Function();
    private static readonly Option<FileInfo> s_output = new("--output", "-o") { Description = "Where the file with the surrogate goes.", HelpName = "OUT.c", Required = true };
    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<ImmutableDictionary<string, Interval>> s_ranges = Options.Range();
    private static readonly Option<int> s_samples = Options.Count("--samples", "Samples to fine-tune on.", 2048, FineTuneOptions.FewestSamples);
    private static readonly Option<string> s_sampling = Options.Sampling();
    private static readonly Option<int> s_heldOut = Options.Count("--held-out", "Samples that nothing is trained on: one half chooses the guard, the other one bounds the error.", 16384, 2);
    private static readonly Option<int> s_steps = Options.Count("--steps", "The most optimiser steps.", FineTuneOptions.DefaultSteps(Optimizer.Lm));
    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("accelerate", "Replace a function of a C file by its guarded surrogate, and measure what that gains.")
    {
        s_file, s_function, s_output, s_model, s_ranges, s_samples, s_sampling, s_heldOut, s_steps, s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_seed, s_force, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        ErrorLimit limit = s_limit.Of(parse);
        var work = new Work(parse, terminal, cancellationToken);
        CProgram program = work.Parse();
        Surrogate compiled = work.Compile(program);
        (SampleSet training, SampleSet twinTraining, SampleSet choosing, SampleSet proving) = work.Sample(program);
        (Surrogate surrogate, Surrogate second) = work.FineTune(compiled, training, twinTraining);
        double[] allowed = limit.Allowed(program.Signature) ?? [.. work.Deviations(surrogate, choosing).Select(d => DefaultErrorInDeviations * d)];
        DomainGuard domain = ExportVerb.Domain(program);
        choosing = domain.Without(choosing);
        SurrogateGuard guard = SurrogateGuard.OfRanges(surrogate);
        if (!guard.Keeps(choosing, allowed, limit.Rate, limit.Confidence))
        {
            guard = SurrogateGuard.Choose(surrogate, second, choosing, allowed, limit.Rate, limit.Confidence);
        }

        string Written(ImmutableArray<string> notes) => CExport.Write(surrogate, new CExportOptions(program.DropIn, guard, Notes: notes, Domain: domain));
        Acceleration found = work.Measure(program, Written([]), proving, allowed, limit);
        string text = Written([.. Promise(surrogate, allowed, limit), $"Of {surrogate.Signature.Function}(), on other inputs drawn alike:", .. found.Error.Sentences()]);

        string? miss = limit.Objection(found.Error) ?? found.Objection();
        bool isWritten = miss is null || parse.GetValue(s_force);
        string path = parse.GetRequiredValue(s_output).ToString();
        if (isWritten)
        {
            AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        }

        Report(parse, terminal, guard, found, isWritten ? path : null);
        return ErrorLimit.Conclude(miss, isWritten, terminal);
    }

    private static ImmutableArray<string> Promise(Surrogate surrogate, double[] allowed, ErrorLimit limit) =>
    [
        $"The guard is chosen for at most {DirectedRounding.Percent(limit.Rate)}% of inputs to err at any output by more than this:",
        .. surrogate.Signature.Outputs.Select((output, k) => $"  {output.Name}: {DirectedRounding.Up(allowed[k], 4)}"),
    ];

    private static void Report(ParseResult parse, Terminal terminal, SurrogateGuard guard, Acceleration found, string? path)
    {
        Surrogate surrogate = guard.First;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new AccelerateJson(
                surrogate.Signature.Function, path, surrogate.Provenance.Init, surrogate.Provenance.Samples, guard.Second is not null, found.Nmse,
                found.OriginalNs, found.AcceleratedNs, found.SpeedUp, found.Error));
            return;
        }

        TextWriter output = terminal.Output;
        output.WriteLine($"{surrogate.Signature.Function}: {surrogate.Topology}, {surrogate.Provenance.Samples} samples, NMSE {Reports.Short(found.Nmse)}{(path is null ? "" : $" -> {path}")}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  original {found.OriginalNs:F1} ns, with its surrogate {found.AcceleratedNs:F1} ns a call: {found.SpeedUp:F2} times as fast (clang -O2, median of {TimedRounds} rounds in turns)"));
        output.WriteLine($"  guard: the inputs' ranges{(guard.Second is null ? "; the bound holds without a second opinion" : " and a second surrogate's opinion")}");
        foreach (string sentence in found.Error.Sentences())
        {
            output.WriteLine($"  {sentence}");
        }
    }

    // What was measured on the file that is written.
    private sealed record Acceleration(double Nmse, double OriginalNs, double AcceleratedNs, BoundedError Error)
    {
        public double SpeedUp => OriginalNs / AcceleratedNs;

        public string? Objection() => SpeedUp > 1
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"the program itself is faster: {OriginalNs:F1} ns a call against {AcceleratedNs:F1} ns; keep the program");
    }

    // One invocation: the phases in the order in which Run calls them.
    private sealed class Work(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        // Another seed for the twin, far from those that a user counts through.
        private const long TwinSeed = 1L << 32;

        private readonly DiagnosticBag _diagnostics = new();
        private readonly Toolchain _toolchain = SourceFiles.RequireToolchain();

        private bool IsSpread => parse.GetValue(s_sampling) == Options.Paths;

        private FineTuneOptions Tuning => new(
            Steps: parse.GetValue(s_steps), Seed: parse.GetValue(s_seed), InOrder: IsSpread, Optimizer: Optimizer.Lm);

        private Pipeline Pipeline => field ??= new Pipeline(_toolchain, _diagnostics);

        public CProgram Parse()
        {
            string path = parse.GetRequiredValue(s_file).ToString();
            CProgram program = ParseOne(path, SourceFiles.ReadSource(path), parse.GetValue(s_function)!, parse.GetValue(s_ranges)!);
            return program.DropIn is not null ? program : AsUnit(program);
        }

        // Where macros or conditions cut through the definition, the function with what it needs takes the file's place.
        private CProgram AsUnit(CProgram program)
        {
            CProgram unit = Pipeline.ParseUnit(program.Path, program.Source, FrontEndOptions.For(program.Signature)).Single();
            terminal.Say($"the definition of '{program.Signature.Function}' cannot be replaced in the file's own text, since macros or conditions cut through it: what is written is the function and what it needs, preprocessed");
            return unit;
        }

        private CProgram ParseOne(string path, string source, string[] functions, ImmutableDictionary<string, Interval> ranges)
        {
            ImmutableArray<CProgram> programs = Pipeline.Parse(path, source, FrontEndOptions.Default with { Functions = [.. functions], Ranges = ranges });
            _diagnostics.ShowAndStopOnErrors(terminal);
            return programs.Length == 1 ? programs[0] : throw new CommandException(ExitCode.Usage, "one function at a time can be accelerated; name it with --function");
        }

        // A program that is only too long for a dataflow graph can still be learned from its samples.
        public Surrogate Compile(CProgram program)
        {
            LoadedModel model = LoadedModel.Load(parse.GetValue(s_model), TorchCheckpoint.ToNet);
            var found = new DiagnosticBag();
            var pipeline = new Pipeline(_toolchain, found);
            if (pipeline.Lower(program) is { } graph)
            {
                Surrogate? emitted = Batch.Sound(pipeline.Emit(program, graph, model, parse.GetValue(s_seed)), found);
                found.ShowAndStopOnErrors(terminal);
                return emitted!;
            }

            if (found.FirstOrDefault(d => d.Severity == Severity.Error && !Pipeline.IsAboutSize(d)) is not null)
            {
                found.ShowAndStopOnErrors(terminal);
            }

            terminal.Say($"{found.First(d => d.Severity == Severity.Error).Message}: it starts from random weights, not from CompNet's");
            return Pipeline.EmitRandom(program, graph: null, model.Net.Options.Nets, parse.GetValue(s_seed));
        }

        public (SampleSet Training, SampleSet Twin, SampleSet Choosing, SampleSet Proving) Sample(CProgram program)
        {
            terminal.Progress(() => "sampling");
            int count = parse.GetValue(s_samples);
            DataflowGraph? graph = IsSpread ? Pipeline.Lower(program) : null;
            using NativeProgram? native = NativeProgram.Compile(program, _toolchain, _diagnostics);
            _diagnostics.ShowAndStopOnErrors(terminal);
            (SampleSet training, SampleSet twin) = (Training(SamplePurpose.FineTuning), Training(SamplePurpose.Twin));
            int heldOut = parse.GetValue(s_heldOut);
            (SampleSet choosing, SampleSet proving) = (Uniform(SamplePurpose.GuardChoice, heldOut / 2), Uniform(SamplePurpose.Bound, heldOut - (heldOut / 2)));
            _diagnostics.ShowAndStopOnErrors(terminal);
            return (training, twin, choosing, proving);

            ulong Seed(SamplePurpose purpose) => SampleSeeds.For(parse.GetValue(s_seed), purpose);
            SampleSet Uniform(SamplePurpose purpose, int rows) => ProgramSampler.Draw(program, native!, rows, Seed(purpose), _diagnostics, cancellationToken);
            SampleSet Training(SamplePurpose purpose)
            {
                int watched = Tuning.HeldOutCount(count);
                return graph is null
                    ? Uniform(purpose, count)
                    : ProgramSampler.DrawOverPaths(program, native!, graph, count - watched, watched, Seed(purpose), _diagnostics, cancellationToken);
            }
        }

        public (Surrogate Surrogate, Surrogate Second) FineTune(Surrogate compiled, SampleSet training, SampleSet twinTraining)
        {
            if ((SurrogateFineTuner.Objection(compiled, training) ?? SurrogateFineTuner.Objection(compiled, twinTraining)) is { } objection)
            {
                throw new CommandException(ExitCode.Refused, objection);
            }

            terminal.Progress(() => "fine-tuning the surrogate and its twin");
            Surrogate twin = Pipeline.EmitRandom(compiled.Program, graph: null, Nsc.Engine.NetShape.Of(compiled.Topology), parse.GetValue(s_seed) + TwinSeed);
            FineTuned[] tuned = SurrogateFineTuner.RunAll(
                [(compiled, training), (twin, twinTraining)], Tuning, null, cancellationToken);
            return (tuned[0].Surrogate, tuned[1].Surrogate);
        }

        // Of the outputs over all inputs: samples that are spread over the paths would not tell.
        public IEnumerable<double> Deviations(Surrogate surrogate, SampleSet heldOut) =>
            IsSpread ? Enumerable.Range(0, heldOut.OutputCount).Select(k => ErrorMetrics.Scale(heldOut, k)) : surrogate.OutputDeviation;

        // On the file itself: its text is compiled, run and timed.
        public Acceleration Measure(CProgram original, string text, SampleSet samples, double[] allowed, ErrorLimit limit)
        {
            terminal.Progress(() => "measuring");
            FunctionAnswers answers = ExportedRun.Of(text, original, isDropIn: true, isGuarded: true, samples, _toolchain, terminal, cancellationToken);
            int rows = Math.Min(TimedRows, samples.Count);
            double[]? times = ProgramTimer.Measure([original, Pipeline.Rebuild(original, text, original.Signature.Function)], samples.Slice(0, rows).X, TimedRounds, _toolchain, _diagnostics, cancellationToken);
            _diagnostics.ShowAndStopOnErrors(terminal);
            var error = BoundedError.Of(original.Signature, samples, answers, allowed, isAllowed: true, limit);
            return new Acceleration(ErrorMetrics.Measure(samples, answers.Outputs).Nmse, times![0], times[1], error);
        }
    }
}
