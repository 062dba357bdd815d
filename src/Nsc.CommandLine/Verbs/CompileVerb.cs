// nsc compile: C functions to surrogates.

using System.Collections.Immutable;
using System.CommandLine;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler;
using Nsc.Compiler.Input;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Refining;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Projects;

namespace Nsc.CommandLine.Verbs;

internal static class CompileVerb
{
    private static readonly Argument<string[]> s_files = new("FILE")
    {
        Description = "C files, or directories of such; - is standard input.", Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> s_output = new("--output", "-o")
    {
        Description = "The surrogate's file, or - for standard output; a directory for several files or functions.", HelpName = "OUT", Required = true,
    };

    private static readonly Option<string> s_init = new Option<string>("--init")
    {
        Description = "Where the weights come from: compnet, or random for comparison.", DefaultValueFactory = _ => Provenance.CompNetInit,
    }.AcceptOnlyFromAmong(Provenance.CompNetInit, Provenance.RandomInit);

    private static readonly ReadingOptions s_reading = new();
    private static readonly Option<bool> s_all = new("--all")
    {
        Description = "Every function of each file, or every one that is not static; those that are not supported are passed over with a note.",
    };

    private static readonly Option<FileInfo?> s_model = Options.Model();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<ImmutableArray<int>?> s_topology = TopologyOptions.Create(auto: null, "that of the model");
    private static readonly Option<int?> s_refine = new("--refine")
    {
        Description = "Points of the dataflow, interpreted, that the emitted weights are refined on; the program does not run. 0 leaves what its text alone gives. Default: 256 for one or two outputs, 192 for up to four, 128 and few steps for more, of all functions together.",
        HelpName = "N",
    };

    private static readonly Option<bool> s_timings = new("--timings") { Description = "Say where the time went." };
    private static readonly Option<bool> s_json = Options.Json();
    private static readonly Option<FileInfo?> s_report = Reports.Option();

    // Ends of a range so far apart that its lower decades are hardly ever drawn.
    private const double Wide = 1000;

    public static Command Create(TensorLibrary library) => new Command("compile", "Compile C functions to surrogates.")
    {
        s_files, s_output, s_all, s_model, s_init, s_seed, s_topology, s_refine, s_timings, s_json, s_report,
    }.With(s_reading).WithAction((parse, terminal, cancellationToken) => Run(parse, terminal, library, cancellationToken));

    private static ExitCode Run(ParseResult parse, Terminal terminal, TensorLibrary library, CancellationToken cancellationToken)
    {
        var times = new PhaseTimes(terminal);
        CompileOptions options = ChooseOptions(parse, library);
        FrontEndOptions reading = options.Reading;
        string output = OutputPaths.Named(parse.GetRequiredValue(s_output));
        string[] arguments = parse.GetRequiredValue(s_files);
        string[] paths = [.. arguments.SelectMany(SourceFiles.Expand)];
        bool asArray = paths.Length > 1 || reading.Functions.Length > 1 || reading.AllFunctions;
        bool several = asArray || Directory.Exists(output) || arguments.Any(Directory.Exists);
        RequireOutput(output, several, paths, parse.GetValue(s_report));

        ProjectOptions project = s_reading.ProjectOf(parse);
        CSource[] sources = Array.ConvertAll(paths, path => SourceFiles.Read(path, project));
        Compilation compilation = SurrogateCompiler.Compile(sources, options, times, cancellationToken);
        compilation.Diagnostics.ShowAndStopOnErrors(terminal, compilation.Taken > 0 ? "not every function could be compiled; nothing was written" : null);
        Compiled[] compiled = [.. compilation.Functions];
        (Surrogate, string)[] named = several ? Named(compiled, output) : [(compiled[0].Surrogate, output)];
        times.Measure("save", () => Save(named, several ? output : null, paths, times, cancellationToken));
        if (parse.GetValue(s_timings))
        {
            terminal.Say(times.ToString());
        }

        if (parse.GetValue(s_report) is { } report)
        {
            Reports.Write(report, SurrogateReport.OfCompiled([.. compiled.Select(c => (c.Surrogate, c.Graph))], Reports.Command(parse)), terminal);
        }

        Report(parse, terminal, named, compiled, asArray);
        return ExitCode.Success;
    }

    private static CompileOptions ChooseOptions(ParseResult parse, TensorLibrary library)
    {
        FrontEndOptions reading = s_reading.Of(parse) with { AllFunctions = parse.GetValue(s_all) };
        int? refine = parse.GetValue(s_refine);
        if (refine is < 0 or > RefinementEffort.MostPoints)
        {
            throw new CommandException(ExitCode.Usage, $"--refine {refine}: expected 0 to {RefinementEffort.MostPoints}");
        }

        return reading.AllFunctions && reading.Functions.Length > 0
            ? throw new CommandException(ExitCode.Usage, "--all and --function exclude each other")
            : new CompileOptions
            {
                Reading = reading, Model = parse.GetValue(s_model)?.FullName, StartsRandom = parse.GetValue(s_init) == Provenance.RandomInit,
                Seed = parse.GetValue(s_seed), Refine = refine, Hidden = parse.GetValue(s_topology), ToBaseline = library.ToNet,
            };
    }

    // Before the work: where the result goes, as far as that is known.
    private static void RequireOutput(string output, bool several, string[] sources, FileInfo? report)
    {
        if (report is not null)
        {
            Array.ForEach([output, .. sources], other => OutputPaths.RequireApart("--report", report.ToString(), "the file", other));
        }

        if (several)
        {
            OutputPaths.RequireFolder("--output", output);
            return;
        }

        OutputPaths.Require("--output", output);
        Array.ForEach(sources, source => OutputPaths.RequireApart("--output", output, "FILE", source));
    }

    // Each surrogate has its function's name; functions of one name in several files have the files' names before it.
    private static (Surrogate Surrogate, string Path)[] Named(Compiled[] compiled, string folder)
    {
        HashSet<string> shared = [.. compiled.GroupBy(c => c.Surrogate.Signature.Function).Where(g => g.Count() > 1).Select(g => g.Key)];
        return [.. compiled.Select(c => (c.Surrogate, Path.Combine(folder, NameOf(c.Surrogate.Program))))];

        string NameOf(CProgram program) =>
            (shared.Contains(program.Signature.Function) ? $"{Path.GetFileNameWithoutExtension(program.Path)}." : "") + program.Signature.Function + ".surrogate";
    }

    private static int Save(
        (Surrogate Surrogate, string Path)[] compiled, string? directory, string[] sources, ICompileObserver observer, CancellationToken cancellationToken)
    {
        HashSet<FileIdentity> read = [.. sources.Select(FileIdentity.Of).Where(f => f.Kind == FileKind.File)];
        if (compiled.FirstOrDefault(c => read.Contains(FileIdentity.Of(c.Path))).Path is { } overwritten)
        {
            throw new CommandException(ExitCode.Usage, $"'{overwritten}' is one of the files to compile", "name another directory");
        }

        if (compiled.GroupBy(c => c.Path).FirstOrDefault(g => g.Count() > 1) is { } clash)
        {
            throw new CommandException(ExitCode.Usage, $"two functions would be written to '{clash.Key}'", "compile them to different directories");
        }

        if (directory is not null)
        {
            Directory.CreateDirectory(directory);
        }

        AllCores.ForAll(compiled.Length, "saving", observer, cancellationToken, i => SurrogateFile.Save(compiled[i].Path, compiled[i].Surrogate));
        return compiled.Length;
    }

    // What a surrogate is good for depends on its ranges, so they are said even when nobody chose them.
    private static string RangesOf(ProgramSignature signature) => string.Join("; ", signature.Inputs
        .GroupBy(i => i.Range)
        .Select(g => $"{string.Join(", ", g.Select(i => i.Parameter).Distinct())} in {g.Key}"));

    private static void Report(
        ParseResult parse, Terminal terminal, (Surrogate Surrogate, string Path)[] named, Compiled[] compiled, bool asArray)
    {
        if (parse.GetValue(s_json))
        {
            CompileJson[] rows = [.. named.Select((n, i) => ToJson(n.Path, compiled[i]))];
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

        foreach (((Surrogate surrogate, string path), Compiled made) in named.Zip(compiled))
        {
            terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} from {surrogate.Provenance.Model ?? "random weights"} -> {path}"
                + (made.Graph?.IsExact == false ? " (approximate graph)" : ""));
            if (made.Estimate is { } estimate)
            {
                string refined = surrogate.Provenance.Refined > 0 ? $", refined on {surrogate.Provenance.Refined} points" : "";
                terminal.Say($"  {estimate}{refined}{(made.Graph?.IsExact == false ? ", which is approximate" : "")}; the program did not run");
                if (estimate.Warning is { } warning)
                {
                    terminal.Say($"  warning: {warning}");
                }
            }

            terminal.Say($"  over {RangesOf(surrogate.Signature)} (#pragma nsc input or --range changes that)");
            foreach (InputVariable wide in surrogate.Signature.Inputs.Where(i => i.Range is { IsLogarithmic: false, Low: > 0 } && i.Range.High / i.Range.Low > Wide))
            {
                terminal.Say($"  hint: {wide.Name} spans {Math.Log10(wide.Range.High / wide.Range.Low):F0} decades; --range {wide.Name}={wide.Range.Low:R}:{wide.Range.High:R}:log draws and learns its logarithm");
            }
        }

        terminal.Say($"next: nsc finetune {named[0].Path}");
    }

    private static CompileJson ToJson(string path, Compiled compiled)
    {
        Surrogate surrogate = compiled.Surrogate;
        return new CompileJson(
            surrogate.Signature.Function,
            [.. surrogate.Signature.Inputs.Select(InputJson.Of)],
            [.. surrogate.Signature.Outputs.Select(o => o.Name)],
            [surrogate.Topology.Inputs, .. surrogate.Topology.Hidden, surrogate.Topology.Outputs],
            surrogate.Provenance.Init, surrogate.Provenance.Model, path, Math.Round(compiled.Milliseconds, 3),
            surrogate.Provenance.Refined, compiled.Estimate?.Nmse, compiled.Estimate is { } estimate ? [estimate.Low, estimate.High] : null,
            [.. compiled.Warnings.Select(w => w.Message), .. compiled.Estimate?.Warning is { } warning ? [$"estimated NMSE: {warning}"] : Array.Empty<string>()]);
    }
}
