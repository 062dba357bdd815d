// The front end's messages about a text as a whole: its size, inclusions, pragmas, ranges, and choice of a function.

using Nsc.Core.Diagnostics;
using Nsc.Core.Files;
using Nsc.Core.Programs;
using Nsc.Core.Text;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Sources;

internal static class SourceMessages
{
    public static void Report(
        this DiagnosticBag diagnostics, SourcePlace place, string id, string message, string? hint = null, Severity severity = Severity.Error) =>
        diagnostics.Add(new Diagnostic(severity, id, place.Location, message, hint, place.Quote));

    public static void ReportSourceTooLarge(this DiagnosticBag diagnostics, string path, long size) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error, "source-too-large", SourceLocation.InFile(path), $"the file has {size} bytes; at most {SourceText.Largest} are read"));

    public static void ReportNulByte(this DiagnosticBag diagnostics, SourceText source, int offset) =>
        diagnostics.Report(source.PlaceAt(offset), "nul-byte", "the file holds a NUL byte, so it is no C text");

    public static void ReportForbiddenDirective(this DiagnosticBag diagnostics, SourcePlace place, string flaw) =>
        diagnostics.Report(place, "forbidden-directive", $"the text has {flaw} after preprocessing, which is not supported");

    public static void ReportForeignInclude(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place,
            "foreign-include",
            $"'{Printable(name)}' is no regular file in the project's folder, the folders of -I and -isystem, or the system's include folders",
            "name a folder of headers with -I, or the project's with --root");

    public static void ReportMissingHeader(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "missing-header", $"'{Printable(name)}' is not found and is read as empty", "name its folder with -I if the function needs it", Severity.Note);

    public static void ReportHeaderOfProject(this DiagnosticBag diagnostics, SourcePlace place, string name, string folder) =>
        diagnostics.Report(
            place, "header-of-project", $"'{Printable(name)}' is found by no flag, and is read from {Printable(Folders.Shown(folder))}", "name its folder with -I to be sure", Severity.Note);

    public static void ReportSectionOpened(this DiagnosticBag diagnostics, SourcePlace place, string macro) =>
        diagnostics.Report(place, "section-opened", $"the function stands where {Printable(macro)} is defined: it is taken to be", $"say so with -D {Printable(macro)}", Severity.Note);

    public static void ReportOpaqueTypes(this DiagnosticBag diagnostics, SourcePlace place, IReadOnlyCollection<string> names) =>
        diagnostics.Report(
            place, "opaque-types", $"of the types of missing headers only the names are known: {string.Join(", ", names.Take(20))}{(names.Count > 20 ? ", ..." : "")}",
            "name their folders with -I if the function needs them", Severity.Note);

    /// <summary>What a note has that says what a missing header is taken to have.</summary>
    public const string Guessed = "guessed-header";

    public static void ReportGuessed(this DiagnosticBag diagnostics, SourcePlace place, IReadOnlyCollection<string> names)
    {
        if (names.Count > 0)
        {
            diagnostics.Report(place, Guessed, $"guessed of the headers that are missing: {string.Join(", ", names.Select(Printable))}", "name their folders with -I to be sure", Severity.Note);
        }
    }

    public static void ReportUnitFlaw(this DiagnosticBag diagnostics, string path, string flaw) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error, "unit-form", SourceLocation.InFile(path), $"the unit has {flaw}: a unit must be plain, preprocessed C", "compile the file again"));

    public static void ReportForbiddenPragma(this DiagnosticBag diagnostics, SourcePlace place, string pragma) =>
        diagnostics.Report(place, "forbidden-pragma", $"#pragma {Printable(pragma)} is not supported: it may change which code runs, and where it is placed");

    public static void ReportArithmeticPragma(this DiagnosticBag diagnostics, SourcePlace place, string pragma) =>
        diagnostics.Report(
            place, "arithmetic-pragma", $"#pragma {Printable(pragma)} is left out: the function is learned with IEEE 754's arithmetic, rounding to nearest", severity: Severity.Note);

    public static void ReportTooComplex(this DiagnosticBag diagnostics, SourceText source) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error,
            "too-complex",
            SourceLocation.InFile(source.Path),
            "clang ran out of stack, time or memory on this file: it nests too deeply, its macros expand to too much, or a header never ends"));

    public static void ReportParseFailure(this DiagnosticBag diagnostics, SourceText source) =>
        diagnostics.Add(new Diagnostic(Severity.Error, "parse-failure", SourceLocation.InFile(source.Path), "libclang cannot parse the file"));

    public static void ReportNoFunction(this DiagnosticBag diagnostics, SourceText source) =>
        diagnostics.Add(new Diagnostic(Severity.Error, "no-function", SourceLocation.InFile(source.Path), "the file defines no function"));

    public static void ReportTooManyFunctions(this DiagnosticBag diagnostics, SourceText source, int count, int most) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error, "too-many-functions", SourceLocation.InFile(source.Path), $"{count} functions of one file; at most {most} are compiled at once"));

    public static void ReportAmbiguousFunction(this DiagnosticBag diagnostics, SourceText source, IEnumerable<string> candidates) =>
        diagnostics.Add(new Diagnostic(
            Severity.Error,
            "ambiguous-function",
            SourceLocation.InFile(source.Path),
            $"several functions could be meant: {Names.List(candidates)}",
            "choose with --function NAME, or put '#pragma nsc' before one of them"));

    public static void ReportUnknownFunction(this DiagnosticBag diagnostics, SourceText source, string name, IReadOnlyCollection<string> defined)
    {
        string[] closest = Names.Closest(name, defined);
        diagnostics.Add(new Diagnostic(
            Severity.Error,
            "unknown-function",
            SourceLocation.InFile(source.Path),
            $"the file defines no function '{Printable(name)}'",
            closest.Length > 0 ? $"did you mean {Names.List(closest, "or")}?" : null));
    }

    public static void ReportMalformedPragma(this DiagnosticBag diagnostics, SourcePlace place, string expected) =>
        diagnostics.Report(place, "malformed-pragma", $"expected {expected}", "write '#pragma nsc input(x, 0, 1)', 'inputs(-1, 1)', 'fix(n, 9)' or 'extent(p, 9)', or '#pragma nsc' alone");

    public static void ReportStrayPragma(this DiagnosticBag diagnostics, SourcePlace place) =>
        diagnostics.Report(place, "stray-pragma", "no function definition follows this pragma", "put it before the function, outside of any other");

    public static void ReportPragmaOfHelper(this DiagnosticBag diagnostics, SourcePlace place, string helper, string name) =>
        diagnostics.Report(
            place, "pragma-of-helper", $"the nsc pragmas before '{helper}' are taken for '{name}'", "put them right before the function", Severity.Note);

    /// <param name="isNamed">Whether somebody says that the file belongs to the program.</param>
    /// <param name="other">Another file that defines it; null where there is none.</param>
    public static void ReportTakenFrom(this DiagnosticBag diagnostics, SourcePlace place, string name, string path, bool isNamed, string? other) =>
        diagnostics.Report(
            place, "taken-from", $"'{name}' is taken from {Relative(path)}{(isNamed ? "" : ", which is near")}",
            other is null ? null : $"{Relative(other)} defines it too: --with names the one that is meant", Severity.Note);

    private static string Relative(string path) => Printable(System.IO.Path.GetRelativePath(Environment.CurrentDirectory, path));

    public static void ReportRenamed(this DiagnosticBag diagnostics, string path, IReadOnlyDictionary<string, string> names) =>
        diagnostics.Report(
            new SourcePlace(SourceLocation.InFile(path), null), "renamed",
            $"other files have these names too: {Names.List(names.Keys)} {(names.Count == 1 ? "is" : "are")} called {Names.List(names.Values)} here", severity: Severity.Note);

    public static void ReportEmptyRange(this DiagnosticBag diagnostics, SourcePlace place, Interval range) =>
        diagnostics.Report(place, "empty-range", range.IsLogarithmic
            ? $"the range {range} needs a positive lower end below a finite upper end" : $"the range {range} needs a finite lower end below a finite upper end");

    public static void ReportUnknownInput(
        this DiagnosticBag diagnostics, SourcePlace place, string name, string function, IReadOnlyCollection<string> inputs) =>
        diagnostics.Report(place, "unknown-input", $"'{function}' has no input '{Printable(name)}'", $"its inputs are {Names.List(inputs)}");

    public static void ReportUnfitRange(this DiagnosticBag diagnostics, SourcePlace place, Interval range, InputVariable input, Interval widest) =>
        diagnostics.Report(
            place, "unfit-range", $"the range {range} does not fit input '{input.Name}' of type {input.Kind.Spelling()}, which takes {widest}");

    public static void ReportNarrowRange(this DiagnosticBag diagnostics, SourcePlace place, Interval range, InputVariable input) =>
        diagnostics.Report(
            place, "narrow-range", $"the range {range} holds fewer than two values of input '{input.Name}' of type {input.Kind.Spelling()}");

    /// <summary>User text in a message: bounded, and without control characters.</summary>
    public static string Printable(string text)
    {
        string visible = string.Concat(text.Take(200).Select(c => char.IsControl(c) ? '?' : c));
        return text.Length > 200 ? visible + "..." : visible;
    }
}
