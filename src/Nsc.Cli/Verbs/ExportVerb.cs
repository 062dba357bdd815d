// nsc export: a surrogate as source code or as a model file, for programs that know nothing of nsc.

using System.CommandLine;
using System.Text;
using Nsc.Cli.Output;
using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Export;
using Nsc.FrontEnd;

namespace Nsc.Cli.Verbs;

internal static class ExportVerb
{
    private const int DefaultSamples = 8192;
    private const string Float16 = "float16", Double = "double";
    private static readonly Argument<FileInfo> s_surrogate = new("SURROGATE") { Description = "The surrogate to export." };
    private static readonly Option<string> s_format = new("--format") { Description = "What to write.", DefaultValueFactory = _ => "c" };
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

    private static readonly SampleSource s_source = new(DefaultSamples);
    private static readonly ErrorLimitOptions s_limit = new();
    private static readonly Option<long> s_seed = Options.Seed();
    private static readonly Option<bool> s_force = Options.Force();
    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create()
    {
        s_format.AcceptOnlyFromAmong("c", "csharp", "onnx");
        return new Command("export", "Write a surrogate as C, C# or ONNX.")
        {
            s_surrogate, s_format, s_precision, s_weights, s_output, s_dropIn, s_guard, s_second, s_prove, s_source.Program, s_source.Data, s_source.Samples,
            s_limit.MaxError, s_limit.Rate, s_limit.Confidence, s_seed, s_force, s_json,
        }.WithAction(Run);
    }

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo file = parse.GetRequiredValue(s_surrogate);
        string format = parse.GetValue(s_format)!;
        bool guarded = parse.GetValue(s_guard), dropsIn = guarded || parse.GetValue(s_dropIn);
        ErrorLimit limit = s_limit.Of(parse);
        RequireSense(parse, format, dropsIn, guarded, limit);
        string path = (parse.GetValue(s_output) ?? new FileInfo(Path.ChangeExtension(file.ToString(), format switch { "csharp" => ".cs", "onnx" => ".onnx", _ => ".nn.c" }))).ToString();
        OutputPaths.Require("the export", path);
        OutputPaths.RequireApart("the export", path, "SURROGATE", file.ToString());
        string? header = format == "c" && FileIdentity.Of(path).Kind is (FileKind.File or FileKind.Missing) ? HeaderBeside(path) : null;
        Surrogate stored = SourceFiles.LoadSurrogate(file);
        bool isHalf = parse.GetValue(s_weights) == Float16;
        Precision precision = parse.GetValue(s_precision) == Double ? Precision.Double : Precision.Single;
        Surrogate surrogate = isHalf ? Rounded(stored, file) : stored;
        Surrogate? second = parse.GetValue(s_second) is { } other ? LoadSecond(other, surrogate) : null;
        second = isHalf && second is not null ? Rounded(second, parse.GetValue(s_second)!) : second;
        SurrogateGuard? guard = guarded ? SurrogateGuard.OfRanges(surrogate) : null;
        CProgram? program = dropsIn ? Replaceable(surrogate, terminal) : null;
        DomainGuard domain = guarded ? Domain(program!) : DomainGuard.None;
        SampleSet? proving = null;
        if (limit.MaxError is not null)
        {
            (guard, proving) = Sample(parse, surrogate, second, guard, domain, limit, terminal, cancellationToken);
        }

        byte[] Written(IEnumerable<string> notes) => format switch
        {
            "onnx" => OnnxExport.Write(surrogate, precision),
            "csharp" => Encoding.UTF8.GetBytes(CSharpExport.Write(surrogate, precision)),
            _ => Encoding.UTF8.GetBytes(CExport.Write(surrogate, new CExportOptions(program?.DropIn, guard, precision, isHalf, [.. notes], domain))),
        };
        byte[] content = Written([]);
        BoundedError? error = null;
        if (proving is not null)
        {
            FunctionAnswers answers = format == "c"
                ? ExportedRun.Of(Encoding.UTF8.GetString(content), program ?? surrogate.Program, dropsIn, guarded, proving, SourceFiles.RequireToolchain(), terminal, cancellationToken)
                : FunctionAnswers.Everywhere(format == "csharp" ? CSharpExport.Evaluate(surrogate, proving.X, precision) : new SurrogateEvaluator(surrogate).Evaluate(proving.X), proving);
            error = BoundedError.Of(surrogate.Signature, proving, answers, limit.Allowed(surrogate.Signature)!, isAllowed: true, limit);
            string f = surrogate.Signature.Function;
            content = Written(guarded
                ? [$"Of {f}(), which calls the original for some inputs, on inputs drawn as its samples were:", .. error.Sentences(), $"{f}_surrogate() by itself has no such bound."]
                : error.Sentences());
        }

        ProofJson? proof = parse.GetValue(s_prove) is { } inputs
            ? new GuardProof(
                program!, ExportedRun.Rebuild(Encoding.UTF8.GetString(content), program!, isDropIn: true, SourceFiles.RequireToolchain(), terminal),
                limit.Allowed(surrogate.Signature)!, limit, SourceFiles.RequireToolchain(), terminal)
                .Run(inputs, parse.GetValue(s_seed), cancellationToken)
            : null;
        string? miss = limit.Objection(error) ?? proof?.Objection(limit);
        bool isWritten = miss is null || parse.GetValue(s_force);
        if (isWritten)
        {
            AtomicFile.Write(path, stream => stream.Write(content));
            if (header is not null)
            {
                AtomicFile.Write(header, stream => stream.Write(Encoding.UTF8.GetBytes(CExport.WriteDeclarations(surrogate))));
            }
        }

        double? moved = isHalf ? HalfWeights.Moved(stored, surrogate, parse.GetValue(s_seed)) : null;
        Report(parse, terminal, surrogate, format, moved, isWritten ? path : null, isWritten ? header : null, content.Length, error, proof);
        return ErrorLimit.Conclude(miss, isWritten, terminal);
    }

    private static void RequireSense(ParseResult parse, string format, bool dropsIn, bool guarded, ErrorLimit limit)
    {
        if (dropsIn && format != "c")
        {
            throw new CommandException(ExitCode.Usage, "--drop-in and --guard are for --format c");
        }

        if (format == "onnx" && limit.MaxError is not null && parse.GetValue(s_precision) != Double)
        {
            throw new CommandException(
                ExitCode.Usage, "--max-error with --format onnx needs --precision double: in which order a runtime adds single-precision numbers is its own choice, and the bound would be of another order");
        }

        if (format != "c" && parse.GetValue(s_weights) == Float16)
        {
            throw new CommandException(ExitCode.Usage, "--weights float16 is for --format c");
        }

        if (limit.MaxError is null && (parse.GetValue(s_source.Data) is not null || parse.GetValue(s_source.Samples) is not null || parse.GetValue(s_source.Program) is not null))
        {
            throw new CommandException(ExitCode.Usage, "--data, --samples and --program are for --max-error, which says what is to be proved");
        }

        if (parse.GetValue(s_second) is not null && !(guarded && limit.MaxError is not null))
        {
            throw new CommandException(ExitCode.Usage, "--second needs --guard, and --max-error to say which disagreement is too much");
        }

        if (parse.GetValue(s_prove) is { } inputs && !(guarded && limit.MaxError is not null && inputs >= 2))
        {
            throw new CommandException(ExitCode.Usage, "--prove needs --guard, --max-error to say what is to be proved, and at least 2 inputs");
        }
    }

    private static Surrogate Rounded(Surrogate surrogate, FileInfo file) => HalfWeights.Round(surrogate)
        ?? throw new CommandException(ExitCode.Refused, $"'{file}' has a weight that is too large for 16 bits", "--weights float32");

    private static Surrogate LoadSecond(FileInfo file, Surrogate first)
    {
        Surrogate second = SourceFiles.LoadSurrogate(file);
        bool isTwin = second.Signature.Function == first.Signature.Function && second.Signature.Inputs.SequenceEqual(first.Signature.Inputs)
            && second.Signature.Outputs.SequenceEqual(first.Signature.Outputs);
        return isTwin ? second : throw new CommandException(
            ExitCode.Refused, $"'{file}' is no surrogate of '{first.Signature.Function}' with the same inputs, ranges and outputs",
            "fine-tune a copy of the compiled surrogate with another --seed");
    }

    // The guard, its limit chosen on one half of the samples, and the other half. No surrogate was trained on either.
    private static (SurrogateGuard? Guard, SampleSet Proving) Sample(
        ParseResult parse, Surrogate surrogate, Surrogate? second, SurrogateGuard? guard, DomainGuard domain, ErrorLimit limit, Terminal terminal, CancellationToken cancellationToken)
    {
        long seed = parse.GetValue(s_seed);
        SampleSet? rows = parse.GetValue(s_source.Data) is null ? null : s_source.ObtainUnseen(parse, surrogate, second, seed, SamplePurpose.Bound, terminal, cancellationToken);
        int count = rows?.Count ?? s_source.Count(parse) ?? DefaultSamples, half = count / 2;
        SampleSet Draw(int samples, SamplePurpose purpose) => s_source.Draw(parse, surrogate, samples, seed, purpose, terminal, cancellationToken);
        if (second is null)
        {
            return (guard, rows ?? Draw(count, SamplePurpose.Bound));
        }

        (SampleSet choosing, SampleSet proving) = rows is null
            ? (Draw(half, SamplePurpose.GuardChoice), Draw(count - half, SamplePurpose.Bound))
            : RowFingerprints.HoldOut(rows, half, SampleSeeds.For(seed, SamplePurpose.GuardChoice));
        return (SurrogateGuard.Choose(surrogate, second, domain.Without(choosing), limit.Allowed(surrogate.Signature)!, limit.Rate, limit.Confidence), proving);
    }

    private static void Report(ParseResult parse, Terminal terminal, Surrogate surrogate, string format, double? moved, string? path, string? header, int bytes, BoundedError? error, ProofJson? proof)
    {
        if (parse.GetValue(s_json))
        {
            NscJson.Write(terminal.Output, new ExportJson(
                surrogate.Signature.Function, format, parse.GetValue(s_precision)!, parse.GetValue(s_weights)!, moved, path, header, bytes, error, proof));
            return;
        }

        terminal.Say($"{surrogate.Signature.Function}: {surrogate.Topology} as {format}{(path is null ? "" : $" -> {path}")}{(header is null ? "" : $", {header}")}");
        if (moved is { } most)
        {
            terminal.Say($"  on {HalfWeights.Probes} random inputs, float16 weights move no output by more than {DirectedRounding.Up(most, 3)} of its deviation");
        }

        foreach (string sentence in (IEnumerable<string>)[.. error?.Sentences() ?? [], .. proof?.Sentences() ?? []])
        {
            terminal.Say($"  {sentence}");
        }
    }

    /// <summary>Where the program gives a number, as far as its dataflow tells; a program without one has no conditions.</summary>
    internal static DomainGuard Domain(CProgram program) =>
        new Pipeline(SourceFiles.RequireToolchain(), new DiagnosticBag()).Lower(program) is { } graph ? DomainGuard.Of(graph, program.Signature) : DomainGuard.None;

    // In the file that was compiled, when that is still there and gives the same unit.
    private static CProgram AsWritten(CProgram carried)
    {
        if (FileIdentity.Of(carried.Path).Kind != FileKind.File)
        {
            return carried;
        }

        var programs = new Pipeline(SourceFiles.RequireToolchain(), new DiagnosticBag())
            .Parse(carried.Path, SourceFiles.ReadSource(carried.Path), FrontEndOptions.For(carried.Signature));
        return programs is [{ DropIn: not null } written] && written.Source == carried.Source ? written : carried;
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

    private static CProgram Replaceable(Surrogate surrogate, Terminal terminal)
    {
        var diagnostics = new DiagnosticBag();
        CProgram carried = CarriedProgram.Parse(surrogate, null, new Pipeline(SourceFiles.RequireToolchain(), diagnostics), diagnostics, terminal);
        CProgram program = AsWritten(carried);
        if (ReferenceEquals(program, carried))
        {
            terminal.Say($"'{carried.Path}' is not the file that was compiled: what is written is the function and what it needs, as the surrogate carries them");
        }

        return program.DropIn is not null
            ? program
            : throw new CommandException(
                ExitCode.Refused, $"the definition of '{surrogate.Signature.Function}' cannot be replaced: its name or its body comes from a macro",
                "without --drop-in and --guard the surrogate alone is written");
    }
}
