// From a surrogate to a file for programs that know nothing of nsc, and to what can be promised of that file.

using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Export;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Projects;
using System.Text;
using System.Text.RegularExpressions;

namespace Nsc.Compiler.Exporting;

internal static partial class ExportFlow
{
    /// <summary>How many samples bound the error when no number is given.</summary>
    public const int DefaultSamples = 8192;

    private const int MostTestRows = 1000;

    /// <summary>Writes a surrogate, measures what is written, and writes it again with the figures; null when something is refused.</summary>
    public static Exported? Run(Surrogate stored, ExportRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (Objection(request, request.Second is not null) is { } objection)
        {
            diagnostics.Refuse(Refusal.Request, objection);
            return null;
        }

        if (request.Exporter.Objection(stored, Options(request)) is { } refusal)
        {
            diagnostics.Refuse(Refusal.Input, refusal);
            return null;
        }

        Surrogate? surrogate = Weighted(stored, request, diagnostics), second = request.Second is null ? null : Twin(request.Second, stored, request, diagnostics);
        bool dropsIn = request.IsDropIn || request.IsGuarded;
        CProgram? program = dropsIn && surrogate is not null ? Replaceable(surrogate, request.Project, diagnostics) : null;
        if (diagnostics.HasErrors)
        {
            return null;
        }

        DomainGuard domain = request.IsGuarded ? Domain(program!) : DomainGuard.None;
        (SurrogateGuard? Guard, SampleSet? Proving)? sampled = request.Limit.MaxError is null
            ? (request.IsGuarded ? SurrogateGuard.OfRanges(surrogate!) : null, null)
            : Sample(surrogate!, second, domain, request, diagnostics, cancellationToken);
        if (sampled is not var (guard, proving))
        {
            return null;
        }

        ExportOptions options = Options(request) with { DropIn = program?.DropIn, Guard = guard, Domain = domain };
        byte[] content = Written([]);
        BoundedError? error = null;
        if (proving is not null)
        {
            if (Answers(content, surrogate!, program, request, proving, diagnostics, cancellationToken) is not { } answers)
            {
                return null;
            }

            error = BoundedError.Of(surrogate!.Signature, proving, answers, request.Limit.Allowed(surrogate.Signature)!, isAllowed: true, request.Limit);
            string f = surrogate.Signature.Function;
            content = Written(request.IsGuarded
                ? [$"Of {f}(), which calls the original for some inputs, on inputs drawn as its samples were:", .. error.Sentences(), $"{request.Name ?? f}_surrogate() by itself has no such bound."]
                : error.Sentences());
        }

        Proof? proof = request.ProofInputs is { } inputs ? Prove(content, program!, request, inputs, diagnostics, cancellationToken) : null;
        return diagnostics.HasErrors ? null : new Exported(
            content, request.Exporter.WriteDeclarations(surrogate!, options) is { } declarations ? Encoding.UTF8.GetBytes(declarations) : null, surrogate!, error, proof,
            request.Weights == WeightFormat.Float32 ? null : StoredWeights.Moved(stored, surrogate!, request.Seed), request.Limit.Objection(error) ?? proof?.Objection(request.Limit))
        {
            Footprint = request.Exporter.Computes && IsForSmallMachine(request) ? Footprint.Of(surrogate!, options) : null,
        };

        byte[] Written(IEnumerable<string> notes) => request.Exporter.Write(surrogate!, options with { Notes = [.. notes] });
    }

    /// <summary>What is asked of the exporter, without the program.</summary>
    public static ExportOptions Options(ExportRequest request) => new(Precision: request.Precision, Weights: request.Weights, HasJacobian: request.HasJacobian)
    {
        Name = request.Name, IsSingleThroughout = request.IsSingleThroughout, HasBatch = request.HasBatch, Section = request.Section, TestRows = request.TestRows,
    };

    /// <summary>What makes no sense in a request, or null.</summary>
    public static string? Objection(ExportRequest request, bool hasSecond)
    {
        IExporter exporter = request.Exporter;
        bool isProved = request.IsGuarded && request.Limit.MaxError is not null;
        return !exporter.CanDropIn && (request.IsDropIn || request.IsGuarded) ? $"--drop-in and --guard are for --format {Formats(e => e.CanDropIn)}"
            : !exporter.FixesOrder && request.Limit.MaxError is not null && request.Precision != Precision.Double
                ? $"--max-error with --format {exporter.Format} needs --precision double: in which order a runtime adds single-precision numbers is its own choice, and the bound would be of another order"
            : !exporter.CanShrink && IsForSmallMachine(request) ? $"--weights, --float, --no-batch, --section, --test-rows and --cpu are for --format {Formats(e => e.CanShrink)}"
            : !exporter.Computes && request.Limit.MaxError is not null ? $"--max-error is for what computes, and --format {exporter.Format} declares what C does"
            : request.IsSingleThroughout && (request.Precision != Precision.Single || request.IsDropIn || request.IsGuarded || request.Limit.MaxError is not null)
                ? "--float, where inputs and outputs are floats, goes with --precision single, and without --drop-in, --guard and --max-error, where they are doubles"
            : request.Name is { } name && !TextRules.IsIdentifier(name) ? $"--name '{PrintableText.OneLine(name)}' is no identifier"
            : request.Section is { } section && !SectionName().IsMatch(section) ? $"--section '{PrintableText.OneLine(section)}' is none: letters, digits, dots and underscores name one"
            : request.TestRows is < 0 or > MostTestRows ? $"--test-rows is a number from 0 to {MostTestRows}"
            : hasSecond && !isProved ? "--second needs --guard, and --max-error to say which disagreement is too much"
            : request.ProofInputs is { } inputs && !(isProved && inputs >= 2)
                ? "--prove needs --guard, --max-error to say what is to be proved, and at least 2 inputs"
            : null;
    }

    // Whether anything is asked for that small machines need.
    private static bool IsForSmallMachine(ExportRequest request) =>
        request.Weights != WeightFormat.Float32 || request.IsSingleThroughout || !request.HasBatch || request.Section is not null || request.TestRows != 0 || request.Processor is not null;

    [GeneratedRegex(@"\A[A-Za-z0-9._]{1,64}\z")]
    private static partial Regex SectionName();

    /// <summary>Names with "or" before the last one.</summary>
    public static string Listed(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";

    private static string Formats(Func<IExporter, bool> can) => Listed([.. Exporters.All.Where(can).Select(e => e.Format)]);

    /// <summary>Where the program gives a number, as far as its dataflow tells; a program without one has no conditions.</summary>
    public static DomainGuard Domain(CProgram program)
    {
        var ignored = new DiagnosticBag();
        return Tools.Find(ignored) is { } toolchain && GraphBuilder.Build(program, toolchain, GraphOptions.Default, ignored) is { } graph
            ? DomainGuard.Of(graph, program.Signature)
            : DomainGuard.None;
    }

    private static Surrogate? Weighted(Surrogate surrogate, ExportRequest request, DiagnosticBag diagnostics)
    {
        Surrogate? weighted = StoredWeights.Round(surrogate, request.Weights);
        if (weighted is null)
        {
            diagnostics.Refuse(Refusal.Input, $"the surrogate of '{surrogate.Signature.Function}' has a weight that is too large for 16 bits", "--weights float32");
        }

        return weighted;
    }

    private static Surrogate? Twin(Surrogate second, Surrogate first, ExportRequest request, DiagnosticBag diagnostics)
    {
        bool isTwin = second.Signature.Function == first.Signature.Function && second.Signature.Inputs.SequenceEqual(first.Signature.Inputs)
            && second.Signature.Outputs.SequenceEqual(first.Signature.Outputs);
        if (isTwin)
        {
            return Weighted(second, request, diagnostics);
        }

        diagnostics.Refuse(
            Refusal.Input, $"the second surrogate is none of '{first.Signature.Function}' with the same inputs, ranges and outputs",
            "fine-tune a copy of the compiled surrogate with another --seed");
        return null;
    }

    // The guard, its limit chosen on one half of the samples, and the other half. No surrogate was trained on either.
    private static (SurrogateGuard? Guard, SampleSet? Proving)? Sample(
        Surrogate surrogate, Surrogate? second, DomainGuard domain, ExportRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        (SampleSource source, ErrorLimit limit) = (request.Samples, request.Limit);
        SampleSet? rows = source is { Table: null, Profile: null }
            ? null
            : source.ObtainUnseen(surrogate, second, DefaultSamples, request.Seed, SamplePurpose.Bound, diagnostics, cancellationToken);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        int count = rows?.Count ?? source.Count ?? DefaultSamples, half = count / 2;
        SampleSet? Draw(int samples, SamplePurpose purpose) => source.Draw(surrogate, samples, request.Seed, purpose, diagnostics, cancellationToken);
        if (second is null)
        {
            SampleSet? all = rows ?? Draw(count, SamplePurpose.Bound);
            return all is null ? null : (request.IsGuarded ? SurrogateGuard.OfRanges(surrogate) : null, all);
        }

        (SampleSet? choosing, SampleSet? proving) = rows is null
            ? (Draw(half, SamplePurpose.GuardChoice), Draw(count - half, SamplePurpose.Bound))
            : RowFingerprints.HoldOut(rows, half, SampleSeeds.For(request.Seed, SamplePurpose.GuardChoice));
        return choosing is null || proving is null
            ? null
            : (SurrogateGuard.Choose(surrogate, second, domain.Without(choosing), limit.Allowed(surrogate.Signature)!, limit.Rate, limit.Confidence), proving);
    }

    private static FunctionAnswers? Answers(
        byte[] content, Surrogate surrogate, CProgram? program, ExportRequest request, SampleSet proving, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (request.Exporter.Evaluate(surrogate, proving.X, request.Precision) is { } outputs)
        {
            return FunctionAnswers.Everywhere(outputs, proving);
        }

        return Tools.Find(diagnostics) is { } toolchain
            ? ExportedRun.Of(
                Encoding.UTF8.GetString(content), program ?? surrogate.Program, request.Project, program is not null, request.IsGuarded, proving, toolchain, diagnostics, cancellationToken, request.Name)
            : null;
    }

    private static Proof? Prove(byte[] content, CProgram program, ExportRequest request, int inputs, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        Tools.Find(diagnostics) is { } toolchain && ExportedRun.Rebuild(Encoding.UTF8.GetString(content), program, request.Project, isDropIn: true, toolchain, diagnostics) is { } exported
            ? new GuardProof(program, exported, request.Limit.Allowed(program.Signature)!, request.Limit, toolchain, diagnostics, request.Progress)
                .Run(inputs, request.Seed, cancellationToken)
            : null;

    private static CProgram? Replaceable(Surrogate surrogate, ProjectOptions project, DiagnosticBag diagnostics)
    {
        if (Tools.Find(diagnostics) is not { } toolchain || CarriedProgram.Parse(surrogate, null, toolchain, diagnostics) is not { } carried)
        {
            return null;
        }

        (CProgram program, string? obstacle) = CarriedProgram.AsWritten(carried, project, toolchain);
        if (obstacle is not null)
        {
            diagnostics.Remark($"{obstacle}: what is written is the function and what it needs, as the surrogate carries them");
        }

        if (program.DropIn is null)
        {
            diagnostics.Refuse(
                Refusal.Input, $"the definition of '{surrogate.Signature.Function}' cannot be replaced: its name or its body comes from a macro",
                "without --drop-in and --guard the surrogate alone is written");
            return null;
        }

        return program;
    }
}
