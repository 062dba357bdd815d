// nsc export: a surrogate as source code or as a model file, for programs that know nothing of nsc.

using System.CommandLine;
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
    private const string Float16 = "float16", Double = "double";
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to export." };
    private static readonly Option<string> s_format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => Exporters.All[0].Format };
    private static readonly Option<FileInfo?> s_output = new("--output", "-o") { Description = "Where to write it. Default: beside SURROGATE.", HelpName = "OUT" };
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
        Description = "C: how weights are stored; float16 takes half the space and is converted at use, on any machine.", DefaultValueFactory = _ => "float32",
    }.AcceptOnlyFromAmong("float32", Float16);

    private static readonly Option<string> s_precision = new Option<string>("--precision")
    {
        Description = "What the export computes in: single is fast and within some millionths of a deviation of nsc run, double is as exact as that and takes up to four times as long.",
        DefaultValueFactory = _ => "single",
    }.AcceptOnlyFromAmong("single", Double);

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
            s_surrogate, s_format, s_precision, s_weights, s_jacobian, s_output, s_dropIn, s_guard, s_second, s_prove, s_source.Program, s_source.Data, s_source.Profile, s_source.Missing, s_source.Samples,
            s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_seed, s_force, s_json,
        }.With(s_source.Project).WithAction(Run);
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
        bool hasHeader = request.Exporter.WriteDeclarations(stored, request.HasJacobian) is not null && FileIdentity.Of(path).Kind is (FileKind.File or FileKind.Missing);
        string? header = hasHeader ? HeaderBeside(path) : null;
        request = request with
        {
            Second = parse.GetValue(s_second) is { } second ? SourceFiles.LoadSurrogate(second) : null,
            Samples = request.Limit.MaxError is null ? request.Samples : s_source.Of(parse, stored),
        };
        Exported exported = SurrogateCompiler.Export(stored, request, cancellationToken).Require(terminal);
        bool isWritten = exported.Miss is null || parse.GetValue(s_force);
        if (isWritten)
        {
            AtomicFile.Write(path, stream => stream.Write(exported.Content));
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
        HasHalfWeights = parse.GetValue(s_weights) == Float16,
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
                exported.Error, exported.Proof));
            return;
        }

        terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} as {format}{(path is null ? "" : $" -> {path}")}{(header is null ? "" : $", {header}")}");
        if (exported.Moved is { } most)
        {
            terminal.Say($"  on {HalfWeights.Probes} random inputs, float16 weights move no output by more than {DirectedRounding.Up(most, 3)} of its deviation");
        }

        foreach (string sentence in (IEnumerable<string>)[.. exported.Error?.Sentences() ?? [], .. exported.Proof?.Sentences() ?? []])
        {
            terminal.Say($"  {sentence}");
        }
    }

    // The declarations lie beside the file, unless that would replace a header that nsc has not written.
    private static string HeaderBeside(string path)
    {
        string header = Path.ChangeExtension(path, ".h");
        OutputPaths.Require("the header", header);
        bool isForeign = header == path
            || (FileIdentity.Of(header).Kind == FileKind.File && !File.ReadLines(header).FirstOrDefault("").StartsWith(CExport.DeclarationsStart.TrimEnd(), StringComparison.Ordinal));
        return isForeign
            ? throw new CommandException(ExitCode.Usage, $"the declarations would be written to '{header}', which is not nsc's", "choose another name with -o, such as NAME.nn.c")
            : header;
    }
}
