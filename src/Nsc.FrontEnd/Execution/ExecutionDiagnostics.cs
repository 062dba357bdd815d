// Every message of the execution phase.

using System.Globalization;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

internal static partial class ExecutionDiagnostics
{
    public static Diagnostic LoadTimeCode(CProgram program, string reason) => new(
        Severity.Error, "load-time-code", SourceLocation.InFile(program.Path),
        $"the program has {reason}; only the function itself may run");

    /// <summary>The compiler's errors, at their places in the user's source where they have one.</summary>
    public static IEnumerable<Diagnostic> DoesNotCompile(CProgram program, ToolResult result)
    {
        MatchCollection errors = CompilerError().Matches(result.Errors);
        return errors.Count == 0
            ? [NotBuilt(program, "compile", result)]
            : errors.Select(e => new Diagnostic(Severity.Error, "does-not-compile", Location(program, e), e.Groups["text"].Value));
    }

    /// <summary>The linker's errors: one for each function or object that is declared and used, but defined nowhere.</summary>
    public static IEnumerable<Diagnostic> DoesNotLink(CProgram program, ToolResult result)
    {
        var undefined = UndefinedReference().Matches(result.Errors).Select(m => m.Groups["name"].Value).Distinct().ToList();
        return undefined.Count == 0
            ? [NotBuilt(program, "link", result)]
            : undefined.Select(name => new Diagnostic(
                Severity.Error, "undefined-symbol", SourceLocation.InFile(program.Path),
                $"'{name}' is used, but neither this file nor the C library defines it"));
    }

    /// <summary>Samples of one status that were drawn and left out.</summary>
    public static void ReportLeftOut(
        this DiagnosticBag diagnostics, CProgram program, SampleStatus status, int count, int drawn, string firstInputs, string? incident) =>
        diagnostics.Add(new Diagnostic(
            Severity.Warning, $"sample-{Id(status)}", SourceLocation.InFile(program.Path),
            string.Create(CultureInfo.InvariantCulture, $"{count} of {drawn} samples {Predicate(status)} and were left out, first at {firstInputs}"),
            incident is null ? null : $"the first incident was {incident}"));

    /// <summary>Fewer good samples than were asked for.</summary>
    public static void ReportTooFewSamples(
        this DiagnosticBag diagnostics, CProgram program, int wanted, int drawn, IReadOnlyDictionary<SampleStatus, int> counts, string? incident)
    {
        int good = counts.GetValueOrDefault(SampleStatus.Ok);
        var bad = counts.Where(c => c.Key != SampleStatus.Ok && c.Value > 0).OrderByDescending(c => c.Value).ToList();
        string reasons = bad.Count == 1 && good == 0
            ? $"every sample {Predicate(bad[0].Key)}"
            : $"of {drawn} samples " + string.Join(", ", bad.Select(b => $"{b.Value} {Predicate(b.Key)}"));
        diagnostics.Add(new Diagnostic(
            Severity.Error, "too-few-samples", SourceLocation.InFile(program.Path),
            $"only {good} of {wanted} samples could be drawn: {reasons}",
            (incident is null ? "" : $"the first incident was {incident}; ")
            + "narrow the inputs' ranges to where the function is defined, with #pragma nsc input or --range"));
    }

    /// <summary>Samples on which a program did something that C leaves undefined.</summary>
    /// <param name="firstInputs">Those of the first one.</param>
    public static void ReportUndefined(
        this DiagnosticBag diagnostics, CProgram program, UndefinedOperation operation, int count, int drawn, ReadOnlySpan<double> firstInputs) =>
        diagnostics.Add(new Diagnostic(
            Severity.Warning, "undefined-behaviour", new SourceLocation(program.Path, operation.Line, operation.Column),
            string.Create(CultureInfo.InvariantCulture, $"on {count} of {drawn} samples {operation.Words}, which C leaves undefined, first at {InWords(program.Signature, firstInputs)}"),
            "what is learned there is what this compiler made of it: narrow the inputs' ranges with #pragma nsc input or --range, or mend the program",
            UnitText.LineOf(program.Source, operation.Line)));

    /// <summary>The program can be sampled, but not in a build that notices what is undefined.</summary>
    public static void ReportNotSanitized(this DiagnosticBag diagnostics, CProgram program, Diagnostic problem) => diagnostics.Add(new Diagnostic(
        Severity.Note, "not-sanitized", SourceLocation.InFile(program.Path), $"undefined behaviour is not looked for, since the program cannot be built with clang's sanitizer: {problem.Message}"));

    /// <summary>A row of inputs, such as <c>x=0.5, n=3</c>.</summary>
    public static string InWords(ProgramSignature signature, ReadOnlySpan<double> inputs)
    {
        var words = new List<string>();
        for (int i = 0; i < inputs.Length; i++)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"{signature.Inputs[i].Name}={inputs[i]:R}"));
        }

        return string.Join(", ", words);
    }

    /// <summary>The place of the first warning in what the compiler said of a unit, or null.</summary>
    public static (int Line, int Column)? FirstWarning(string said) =>
        CompilerWarning().Match(said) is { Success: true } warning
        && int.TryParse(warning.Groups["line"].Value, CultureInfo.InvariantCulture, out int line)
        && int.TryParse(warning.Groups["column"].Value, CultureInfo.InvariantCulture, out int column)
            ? (line, column) : null;

    private static string Predicate(SampleStatus status) => status switch
    {
        SampleStatus.NotRun => "did not run, because the run was cut short",
        SampleStatus.NotFinite => "gave NaN or infinity",
        SampleStatus.Crashed => "crashed",
        SampleStatus.TimedOut => "took too long",
        SampleStatus.ForbiddenCall => "tried to call the operating system",
        SampleStatus.NotDeterministic => "gave different outputs in a second call",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static string Id(SampleStatus status) => status switch
    {
        SampleStatus.NotRun => "not-run",
        SampleStatus.NotFinite => "not-finite",
        SampleStatus.Crashed => "crashed",
        SampleStatus.TimedOut => "timed-out",
        SampleStatus.ForbiddenCall => "forbidden-call",
        SampleStatus.NotDeterministic => "not-deterministic",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static Diagnostic NotBuilt(CProgram program, string verb, ToolResult result) => new(
        Severity.Error, $"does-not-{verb}", SourceLocation.InFile(program.Path),
        result.ExitCode > 128
            ? $"the program does not {verb} within the limits on time, memory and size (signal {result.ExitCode - 128})"
            : $"the program does not {verb}: {FirstLine(result.Errors)}");

    private static SourceLocation Location(CProgram program, Match error) =>
        int.TryParse(error.Groups["line"].Value, CultureInfo.InvariantCulture, out int line)
        && int.TryParse(error.Groups["column"].Value, CultureInfo.InvariantCulture, out int column)
            ? new SourceLocation(program.Path, line, column)
            : SourceLocation.InFile(program.Path);

    public static string FirstLine(string text) => text.Split('\n')[0].Trim() is { Length: > 0 } line ? line : "no reason given";

    [GeneratedRegex(@"^unit\.c:(?<line>\d+):(?<column>\d+): (fatal )?error: (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex CompilerError();

    [GeneratedRegex(@"^unit\.c:(?<line>\d+):(?<column>\d+): warning: ", RegexOptions.Multiline)]
    private static partial Regex CompilerWarning();

    [GeneratedRegex(@"undefined reference to [`'](?<name>[^']*)'")]
    private static partial Regex UndefinedReference();
}
