// nsc export: a surrogate as source code or as a model file, for programs that know nothing of nsc.

using System.CommandLine;
using System.Globalization;
using System.Text;
using Nsc.CommandLine.Data;
using Nsc.CommandLine.Json;
using Nsc.Compiler;
using Nsc.Compiler.Exporting;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Export;

namespace Nsc.CommandLine.Verbs;

internal static class ExportVerb
{
    private const string Double = "double";
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to export." };
    private static readonly Option<string> s_format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => Exporters.All[0].Format };
    private static readonly Option<FileInfo?> s_output = new Option<FileInfo?>("--output", "-o")
    {
        Description = "Where to write it; - is standard output. Default: beside SURROGATE.", HelpName = "OUT",
    }.OrStandardOutput();

    private static readonly Option<bool> s_dropIn = new("--drop-in") { Description = "C: also write the program, with the function defined by its surrogate." };
    private static readonly Option<bool> s_guard = new("--guard") { Description = "C: like --drop-in, and call the original where an input is out of range." };
    private static readonly Option<FileInfo?> s_second = new("--second")
    {
        Description = "With --guard and --max-error: a surrogate of the same function made from other samples; where the two disagree too much, the original is called.",
        HelpName = "SURROGATE",
    };

    private static readonly Option<int?> s_prove = new("--prove")
    {
        Description = "With --guard and --max-error: prove the promise on so many new random inputs, one half of them out of range, with the file that is written, compiled by clang -O2 and run in the sandbox.",
        HelpName = "N",
    };

    private static readonly Option<string> s_weights = new Option<string>("--weights")
    {
        Description = "C: how weights are stored: float32; float16, half the space, converted at use on any machine; q15 and int8, whole numbers of 16 and 8 bits with a factor for each unit.",
        DefaultValueFactory = _ => Named(WeightFormat.Float32),
    }.AcceptOnlyFromAmong([.. Enum.GetValues<WeightFormat>().Select(Named)]);

    private static readonly Option<string> s_precision = new Option<string>("--precision")
    {
        Description = "What the export computes in: single is fast and within some millionths of a deviation of nsc run, double is as exact as that and takes up to four times as long.",
        DefaultValueFactory = _ => "single",
    }.AcceptOnlyFromAmong("single", Double);

    private static readonly Option<string?> s_name = new("--name") { Description = "What the names in the file begin with. Default: the function's name.", HelpName = "NAME" };
    private static readonly Option<bool> s_float = new("--float") { Description = "C: inputs, outputs and all that is computed are floats, for processors that have nothing wider." };
    private static readonly Option<bool> s_noBatch = new("--no-batch") { Description = "C and Fortran: without the function for many rows." };
    private static readonly Option<string?> s_section = new("--section") { Description = "C: the section of the object file where the tables lie, such as .rodata.net.", HelpName = "NAME" };
    private static readonly Option<int> s_testRows = new("--test-rows") { Description = "C: so many random inputs with what nsc run answers, as arrays that are there where F_SURROGATE_TEST is defined.", HelpName = "N" };
    private static readonly Option<string?> s_cpu = new Option<string?>("--cpu") { Description = "C: also say how many cycles a row takes on such a processor, roughly." }
        .AcceptOnlyFromAmong([.. Processor.All.Select(p => p.Name)]);

    private static readonly Option<bool> s_jacobian = new("--jacobian") { Description = "Also the derivatives of the outputs by the inputs: a function in C and C#, an output in ONNX." };
    private static readonly SampleOptions s_source = new(ExportFlow.DefaultSamples);
    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        s_format.AcceptOnlyFromAmong([.. Exporters.All.Select(e => e.Format)]);
        return new Command("export", $"Write a surrogate as {ExportFlow.Listed([.. Exporters.All.Select(e => e.Title)])}.")
        {
            s_surrogate, s_format, s_precision, s_weights, s_jacobian, s_name, s_float, s_noBatch, s_section, s_testRows, s_cpu, s_output, s_dropIn, s_guard, s_second, s_prove, s_source.Program, s_source.Data, s_source.Rows.Profile, s_source.Samples,
            s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_seed, s_force, s_json,
        }.With(s_source.Rows).With(s_source.Project).WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        ExportRequest request = Choose(parse, terminal);
        RequireSense(parse, request);
        string path = (parse.GetValue(s_output) ?? new FileInfo(Path.ChangeExtension(file.ToString(), request.Exporter.Extension))).ToString();
        OutputPaths.Require("the export", path);
        OutputPaths.RequireApart("the export", path, "SURROGATE", file.ToString());
        Surrogate stored = SourceFiles.LoadSurrogate(file);
        if (OutputPaths.SourceOf(stored) is { } source)
        {
            OutputPaths.RequireApart("the export", path, "the file that was compiled,", source);
        }

        bool hasHeader = request.Exporter.WriteDeclarations(stored, ExportFlow.Options(request)) is not null && !FileIdentity.IsOpenStream(path) && FileIdentity.Of(path).Kind is (FileKind.File or FileKind.Missing);
        string? header = hasHeader ? HeaderBeside(path) : null;
        request = request with
        {
            Second = parse.GetValue(s_second) is { } second ? SourceFiles.LoadSurrogate(second) : null,
            Samples = request.Limit.MaxError is null ? request.Samples : s_source.Of(parse, stored, SampleSeeds.For(request.Seed, SamplePurpose.Bound)),
        };
        Exported exported = SurrogateCompiler.Export(stored, request, cancellationToken).Require(terminal);
        bool isWritten = exported.Miss is null || parse.GetValue(s_force);
        if (isWritten)
        {
            AtomicFile.Write(path, stream => stream.Write(exported.Content));
            header = exported.Header is null ? null : header;
            if (header is not null)
            {
                AtomicFile.Write(header, stream => stream.Write(exported.Header));
            }
        }

        Report(parse, terminal, exported, request.Exporter.Format, isWritten ? path : null, isWritten ? header : null);
        return ErrorLimitOptions.Conclude(exported.Miss, isWritten, terminal);
    }

    private static ExportRequest Choose(ParseResult parse, Terminal terminal) => new()
    {
        Exporter = Exporters.Of(parse.GetValue(s_format)!),
        Precision = parse.GetValue(s_precision) == Double ? Precision.Double : Precision.Single,
        HasJacobian = parse.GetValue(s_jacobian),
        Weights = Enum.GetValues<WeightFormat>().Single(w => Named(w) == parse.GetValue(s_weights)),
        Name = parse.GetValue(s_name),
        IsSingleThroughout = parse.GetValue(s_float),
        HasBatch = !parse.GetValue(s_noBatch),
        Section = parse.GetValue(s_section),
        TestRows = parse.GetValue(s_testRows),
        Processor = CpuOf(parse),
        Project = s_source.Project.Read(parse),
        IsDropIn = parse.GetValue(s_dropIn),
        IsGuarded = parse.GetValue(s_guard),
        Limit = s_limit.Of(parse),
        ProofInputs = parse.GetValue(s_prove),
        Seed = parse.GetValue(s_seed),
        Progress = line => terminal.Progress(() => line),
    };

    // Before anything is read. Whether there is a second surrogate is known; which one, not yet.
    private static void RequireSense(ParseResult parse, ExportRequest request)
    {
        string? objection = request.Limit.MaxError is null && (s_source.RowsOf(parse) is not null || parse.GetValue(s_source.Samples) is not null || parse.GetValue(s_source.Program) is not null)
            ? "--data, --inputs, --samples and --program are for --max-error, which says what is to be proved"
            : ExportFlow.Objection(request, hasSecond: parse.GetValue(s_second) is not null);
        if (objection is not null)
        {
            throw new CommandException(ExitCode.Usage, objection);
        }
    }

    private static void Report(ParseResult parse, Terminal terminal, Exported exported, string format, string? path, string? header)
    {
        Surrogate surrogate = exported.Surrogate;
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new ExportJson(
                surrogate.Signature.Function, format, parse.GetValue(s_precision)!, parse.GetValue(s_weights)!, exported.Moved, path, header, exported.Content.Length,
                exported.Error, exported.Proof, exported.Footprint));
            return;
        }

        terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} as {format}{(path is null ? "" : $" -> {path}")}{(header is null ? "" : $", {header}")}");
        if (exported.Moved is { } most)
        {
            terminal.Say($"  on {StoredWeights.Probes} random inputs, {parse.GetValue(s_weights)} weights move no output by more than {DirectedRounding.Up(most, 3)} of its deviation");
        }

        if (exported.Footprint is { } footprint)
        {
            string cycles = CpuOf(parse) is { } cpu ? $", some {Rounded(footprint.Cycles(cpu))} cycles on a {cpu.Name}" : "";
            terminal.Say($"  {footprint.TableBytes} bytes of tables, {footprint.StackBytes} bytes of stack, {footprint.MultiplyAdds} multiply-adds and {footprint.Activations} activations for a row{cycles}");
        }

        foreach (string sentence in (IEnumerable<string>)[.. exported.Error?.Sentences() ?? [], .. exported.Proof?.Sentences() ?? []])
        {
            terminal.Say($"  {sentence}");
        }
    }

    private static string Named(WeightFormat format) => format.ToString().ToLowerInvariant();

    private static Processor? CpuOf(ParseResult parse) => Processor.All.SingleOrDefault(p => p.Name == parse.GetValue(s_cpu));

    // Two figures: it is an estimate.
    private static string Rounded(long cycles)
    {
        long unit = (long)Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(cycles, 1))) - 1));
        return (((cycles + (unit / 2)) / unit) * unit).ToString(CultureInfo.InvariantCulture);
    }

    // The declarations lie beside the file, unless that would replace a header that nsc has not written.
    private static string HeaderBeside(string path)
    {
        OutputPaths.Require("the header", DeclarationsFile.Beside(path));
        return DeclarationsFile.Objection(path) is { } objection
            ? throw new CommandException(ExitCode.Usage, objection, "choose another name with -o, such as NAME.nn.c")
            : DeclarationsFile.Beside(path);
    }
}
