// The front end's messages about parameters and results.

using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Text;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal static class SignatureMessages
{
    /// <summary>What is reported where nobody says how far a pointer reaches.</summary>
    public const string MissingExtent = "missing-extent", SubscriptedScalar = "subscripted-scalar";

    public static void ReportNoInputs(this DiagnosticBag diagnostics, SourcePlace place, string function) =>
        diagnostics.Report(place, "no-inputs", $"'{function}' has no inputs, so there is nothing to learn", "give it a parameter");

    public static void ReportNoOutputs(this DiagnosticBag diagnostics, SourcePlace place, string function) =>
        diagnostics.Report(place, "no-outputs", $"'{function}' has no outputs", "return a value, or write through a pointer such as 'double *y'");

    public static void ReportTooMany(this DiagnosticBag diagnostics, SourcePlace place, string function, string what, int count, int most) =>
        diagnostics.Report(place, $"too-many-{what}", $"'{function}' has {count} {what}; at most {most} fit");

    public static void ReportPointerResult(this DiagnosticBag diagnostics, SourcePlace place, string function) =>
        diagnostics.Report(place, "pointer-result", $"'{function}' returns a pointer", "return a number or a struct of numbers");

    public static void ReportPointerParameter(this DiagnosticBag diagnostics, SourcePlace place, string name, bool toVoid) =>
        diagnostics.Report(
            place,
            "pointer-parameter",
            $"'{name}' is a pointer to {(toVoid ? "void" : "a pointer")}",
            "use arrays of constant extent, or pointers to numbers or structs");

    public static void ReportMissingExtent(this DiagnosticBag diagnostics, SourcePlace place, string name, string element, bool isRow) =>
        diagnostics.Report(place, MissingExtent, $"how many elements '{name}' has is not known", isRow ? $"say it with --extent {name}=NxM, rows and what each has" : $"say it with --extent {name}=N or '#pragma nsc extent({name}, N)', or write '{element} {name}[N]' with a constant N");

    public static void ReportImpossibleExtent(this DiagnosticBag diagnostics, SourcePlace place, string name, double extent, int most) =>
        diagnostics.Report(place, "extent", FormattableString.Invariant($"'{name}' cannot have {extent} elements: it is a whole number from 1 to {most}"));

    public static void ReportUnfitValue(this DiagnosticBag diagnostics, SourcePlace place, string name, double value, ScalarKind kind) =>
        diagnostics.Report(place, "unfit-value", FormattableString.Invariant($"'{name}' of type {kind.Spelling()} cannot be {value}"));

    public static void ReportUnknownBinding(this DiagnosticBag diagnostics, SourcePlace place, string name, string function) =>
        diagnostics.Report(place, "unknown-parameter", $"'{function}' has no parameter '{SourceMessages.Printable(name)}' that this could be about");

    public static void ReportUnknownOutput(
        this DiagnosticBag diagnostics, SourcePlace place, string name, string function, IReadOnlyCollection<string> outputs) =>
        diagnostics.Report(place, "unknown-output", $"'{function}' has no output '{SourceMessages.Printable(name)}'", $"its outputs are {Names.List(outputs)}");

    public static void ReportLeftOut(this DiagnosticBag diagnostics, SourcePlace place, string function, IReadOnlyCollection<string> names) =>
        diagnostics.Report(place, "left-out", $"no output of '{function}' depends on {Names.List(names)}: left out", severity: Severity.Note);

    public static void ReportHandles(
        this DiagnosticBag diagnostics, SourcePlace place, string function, IReadOnlyCollection<string> tested, IReadOnlyCollection<string> nulls)
    {
        if (tested.Count > 0)
        {
            diagnostics.Report(place, "handles", $"'{function}' only tests {Names.List(tested)}: taken for a function that is not called", "--fix NAME=0 makes it null", Severity.Note);
        }

        if (nulls.Count > 0)
        {
            diagnostics.Report(place, "handles", $"'{function}' tests {Names.List(nulls)} before it calls it: taken for null", severity: Severity.Note);
        }
    }

    public static void ReportUntold(this DiagnosticBag diagnostics, SourcePlace place, string function, IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            diagnostics.Report(place, "untold-pointers", $"'{function}' does not say what {Names.List(names)} {(names.Count == 1 ? "points" : "point")} to: taken for null", severity: Severity.Note);
        }
    }

    public static void ReportPointerLeftOut(this DiagnosticBag diagnostics, SourcePlace place, string function, string name) =>
        diagnostics.Report(place, "pointer-left-out", $"'{name}' of '{function}' is a pointer, and no number: it is left out", severity: Severity.Note);

    public static void ReportFixed(this DiagnosticBag diagnostics, SourcePlace place, string function, IEnumerable<FixedVariable> values) =>
        diagnostics.Report(
            place, "fixed-inputs", $"the other inputs of '{function}' have one value: {string.Join(", ", values.Select(v => FormattableString.Invariant($"{v.Name} = {v.Value:R}")))}",
            "--fix NAME=VALUE chooses another one", Severity.Note);

    public static void ReportHiddenVariable(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "static-local", $"'{name}' keeps its value between calls, and something else has its name, so it cannot be an input", "rename it");

    public static void ReportSubscriptedScalar(this DiagnosticBag diagnostics, SourcePlace place, string name, string element) =>
        diagnostics.Report(
            place, SubscriptedScalar, $"'{name}' stands for one value, and this reaches beyond it", $"say how many there are with --extent {name}=N, or write '{element} {name}[N]' with a constant N");

    public static void ReportNamelessType(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(place, "nameless-type", $"'{name}' has a struct type without a name", "give the struct a tag or a typedef");
}
