// nsc compile: C functions to surrogates.

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Nsc.Cli.Output;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Clang;
using Nsc.Nets;
using Nsc.Nets.CompNets;

namespace Nsc.Cli.Verbs;

internal static class CompileVerb
{
    private static readonly Argument<string[]> s_files = new("FILE")
    {
        Description = "C files; - is standard input.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "The surrogate's file; a directory for several files or functions.", HelpName = "OUT", Required = true,
    };

    private static readonly Option<string> s_init = new Option<string>("--init")
    {
        Description = "Where the weights come from: compnet, or random for comparison.", DefaultValueFactory = _ => Provenance.CompNetInit,
    }.AcceptOnlyFromAmong(Provenance.CompNetInit, Provenance.RandomInit);

    private static readonly Option<string[]> s_functions = Options.Function();
    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<ImmutableDictionary<string, Interval>> s_ranges = Options.Range();
    private static readonly Option<bool> s_timings = new("--timings") { Description = "Say where the time went." };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();

    private sealed record Compiled(Surrogate Surrogate, DataflowGraph Graph, string Path, double Milliseconds);

    /// <param name="toBaseline">Makes a network of a baseline's checkpoint, for whoever names one.</param>
    public static Command Create(Func<CompNetCheckpoint, IEmitter> toBaseline) => new Command("compile", "Compile C functions to surrogates.")
    {
        s_files, s_output, s_functions, s_model, s_init, s_seed, s_ranges, s_timings, s_json, s_report,
    }.WithAction((parse, terminal, cancellationToken) => Run(parse, terminal, toBaseline, cancellationToken));

    private static ExitCode Run(ParseResult parse, Terminal terminal, Func<CompNetCheckpoint, IEmitter> toBaseline, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var diagnostics = new DiagnosticBag();
        PhaseTimes times = PhaseTimes.SinceProcessStart();
        var pipeline = new Pipeline(SourceFiles.RequireToolchain(), diagnostics, times);
        var options = FrontEndOptions.Default with
        {
            Functions = [.. parse.GetValue(s_functions)!], Ranges = parse.GetValue(s_ranges)!,
        };
        string[] files = parse.GetRequiredValue(s_files);
        ImmutableArray<CProgram> programs = [.. files.SelectMany(file => pipeline.Parse(file, SourceFiles.ReadSource(file), options))];
        diagnostics.ShowAndStopOnErrors(terminal);

        Func<CProgram, DataflowGraph, Surrogate> emit = Emitter(parse, pipeline, times, toBaseline);
        var compiled = new List<Compiled>();
        foreach (CProgram program in programs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pipeline.Lower(program) is { } graph)
            {
                compiled.Add(new Compiled(emit(program, graph), graph, "", clock.Elapsed.TotalMilliseconds));
                clock.Restart();
            }
        }

        terminal.Show(diagnostics.Where(d => d.Severity != Severity.Error || compiled.Count < programs.Length));
        if (compiled.Count < programs.Length)
        {
            throw new CommandException(ExitCode.Refused, "not every function could be compiled; nothing was written");
        }

        string output = parse.GetRequiredValue(s_output);
        bool several = files.Length > 1 || options.Functions.Length > 1 || Directory.Exists(output);
        compiled = compiled.ConvertAll(c => c with { Path = several ? Path.Combine(output, c.Surrogate.Signature.Function + ".surrogate") : output });
        times.Measure("save", () => Save(compiled, several ? output : null));
        if (parse.GetValue(s_timings))
        {
            terminal.Say(times.ToString());
        }

        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, SurrogateReport.OfCompiled([.. compiled.Select(c => (c.Surrogate, c.Graph))], Reports.Command(parse)), terminal);
        }

        Report(parse, terminal, compiled, files.Length > 1 || options.Functions.Length > 1);
        return ExitCode.Success;
    }

    private static Func<CProgram, DataflowGraph, Surrogate> Emitter(ParseResult parse, Pipeline pipeline, PhaseTimes times, Func<CompNetCheckpoint, IEmitter> toBaseline)
    {
        if (parse.GetValue(s_init) == Provenance.RandomInit)
        {
            NetShape shape = LoadedModel.ShapeOf(parse.GetValue(s_model)).Nets;
            return (program, graph) => Pipeline.EmitRandom(program, graph, shape, parse.GetValue(s_seed));
        }

        LoadedModel model = times.Measure("model", () => LoadedModel.Load(parse.GetValue(s_model), toBaseline));
        return (program, graph) => pipeline.Emit(program, graph, model);
    }

    private static int Save(List<Compiled> compiled, string? directory)
    {
        if (compiled.GroupBy(c => c.Path).FirstOrDefault(g => g.Count() > 1) is { } clash)
        {
            throw new CommandException(ExitCode.Usage, $"two functions would be written to '{clash.Key}'", "compile them to different directories");
        }

        if (directory is not null)
        {
            Directory.CreateDirectory(directory);
        }

        foreach ((Surrogate surrogate, _, string path, _) in compiled)
        {
            SurrogateFile.Save(path, surrogate);
        }

        return compiled.Count;
    }

    // What a surrogate is good for depends on its ranges, so they are said even when nobody chose them.
    private static string RangesOf(ProgramSignature signature) => string.Join("; ", signature.Inputs
        .GroupBy(i => i.Range)
        .Select(g => $"{string.Join(", ", g.Select(i => i.Parameter).Distinct())} in {g.Key}"));

    private static void Report(
        ParseResult parse, Terminal terminal, List<Compiled> compiled, bool asArray)
    {
        if (parse.GetValue(s_json))
        {
            CompileJson[] rows = [.. compiled.Select(c => ToJson(c.Surrogate, c.Path, c.Milliseconds))];
            if (asArray)
            {
                CompileJsonContext.Write(terminal.Output, rows);
            }
            else
            {
                CompileJsonContext.Write(terminal.Output, rows[0]);
            }

            return;
        }

        foreach ((Surrogate surrogate, _, string path, _) in compiled)
        {
            terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} from {surrogate.Provenance.Model ?? "random weights"} -> {path}"
                + (surrogate.Provenance.IsGraphExact ? "" : " (approximate graph)"));
            terminal.Say($"  over {RangesOf(surrogate.Signature)} (#pragma nsc input or --range changes that)");
        }

        terminal.Say($"next: nsc finetune {compiled[0].Path}");
    }

    private static CompileJson ToJson(Surrogate surrogate, string path, double milliseconds) => new(
        surrogate.Signature.Function,
        [.. surrogate.Signature.Inputs.Select(i => new InputJson(i.Name, i.Range.Low, i.Range.High))],
        [.. surrogate.Signature.Outputs.Select(o => o.Name)],
        [surrogate.Topology.Inputs, .. surrogate.Topology.Hidden, surrogate.Topology.Outputs],
        surrogate.Provenance.Init, surrogate.Provenance.Model, path, Math.Round(milliseconds, 3));
}
