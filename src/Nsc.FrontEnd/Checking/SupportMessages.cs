// The front end's messages about what a function, or a function that it calls, does.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Checking;

internal static class SupportMessages
{
    /// <summary>What a note has that says what a unit is without.</summary>
    public const string LeftOut = "effect-left-out";
    public const string UndefinedGlobal = "undefined-global";

    public static void ReportUnresolvedCall(this DiagnosticBag diagnostics, SourcePlace place, string name)
    {
        Refusal refusal = LibraryFunctions.WhyRefused(name);
        string call = refusal.Id == "unresolved-call" ? "unresolved call" : "call";
        diagnostics.Report(place, refusal.Id, $"{call} to '{name}': {refusal.What}", refusal.Hint);
    }

    public static void ReportIndirectCall(this DiagnosticBag diagnostics, SourcePlace place) =>
        diagnostics.Report(place, "function-pointer", "call through a function pointer: which code runs must be known", "call the function by its name");

    public static void ReportFunctionAddress(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(place, "function-pointer", $"the address of function '{name}' is taken: which code runs must be known", "call the function by its name");

    public static void ReportMutableGlobal(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "mutable-global", $"'{name}' is a global variable that may change, so the result is no function of the inputs", "make it const, or a parameter");

    public static void ReportStaticLocal(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "static-local", $"'{name}' keeps its value between calls, so the result is no function of the inputs", "make it const, or drop static");

    public static void ReportUndefinedGlobal(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(place, UndefinedGlobal, $"'{name}' is declared here but defined elsewhere", "name the file that defines it with --with FILE.c, or the project with -p compile_commands.json");

    public static void ReportAssembly(this DiagnosticBag diagnostics, SourcePlace place) =>
        diagnostics.Report(place, "inline-assembly", "inline assembly cannot be read as C");

    public static void ReportFileScopeAssembly(this DiagnosticBag diagnostics, SourcePlace place) =>
        diagnostics.Report(place, "inline-assembly", "this declaration is assembly, or none that is supported");

    public static void ReportAttribute(this DiagnosticBag diagnostics, SourcePlace place, string declaration, string attribute) =>
        diagnostics.Report(place, "attribute", $"'{declaration}' has the attribute '{SourceMessages.Printable(attribute)}', which may change which code runs");

    public static void ReportLibraryName(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "reserved-name", $"'{name}' is a function of the C library, and compilers take a call of it for a call of that", "rename it, or make it static");

    public static void ReportReservedName(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(place, "reserved-name", $"'{name}' is a name that the loader, or generated code, gives a meaning to", "rename it");

    public static void ReportVariadic(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(place, "varargs", $"'{name}' takes a variable number of arguments", "name every parameter");

    public static void ReportComputedGoto(this DiagnosticBag diagnostics, SourcePlace place) =>
        diagnostics.Report(place, "computed-goto", "computed goto: where it leads must be known", "use goto with a label, or a switch");

    public static void ReportPointerCast(this DiagnosticBag diagnostics, SourcePlace place, string from, string to) =>
        diagnostics.Report(place, "pointer-cast", $"'{from}' is taken for '{to}': the same bytes would mean two values", "use memcpy to copy a value's bytes");

    public static void ReportRecursion(this DiagnosticBag diagnostics, SourcePlace place, string[] cycle)
    {
        IEnumerable<string> shown = cycle.Length <= 8 ? cycle : [.. cycle.Take(4), "...", .. cycle.TakeLast(3)];
        diagnostics.Report(place, "recursion", $"recursion: {string.Join(" calls ", shown.Select(n => $"'{n}'"))}, and data decide how deep",
            "use a loop, or give what decides the depth one value by --fix NAME=VALUE");
    }

    public static void ReportTypeFlaw(this DiagnosticBag diagnostics, SourcePlace place, string name, TypeFlaw flaw) =>
        diagnostics.Report(place, flaw.Id, name.Length == 0 ? $"this value {flaw.What}" : $"'{name}' {flaw.What}", flaw.Hint);

    public static void ReportEffectLeftOut(this DiagnosticBag diagnostics, SourcePlace place, string name, bool ends) =>
        diagnostics.Report(
            place, LeftOut, ends ? $"'{name}' ends the process: inputs that lead here are reported, and not learned" : $"'{name}' is left out: no output depends on it",
            severity: Severity.Note);

    public static void ReportNarrowPun(this DiagnosticBag diagnostics, SourcePlace place, string type) =>
        diagnostics.Report(
            place, "narrow-pun", $"'long *' points to a value of 32 bits, which has as many as a long where this was written: it is read as '{type} *'",
            $"write '{type} *'", Severity.Note);

    public static void ReportLocalMemory(this DiagnosticBag diagnostics, SourcePlace place, string name, bool isLent) =>
        diagnostics.Report(
            place, "local-memory", isLent ? $"'{name}' allocates memory: it is taken from an array, which each call has anew" : $"'{name}' allocates memory that the function keeps to itself: it is taken from the stack",
            severity: Severity.Note);

    public static void ReportExtents(this DiagnosticBag diagnostics, SourcePlace place, string function, IReadOnlyCollection<(string Name, int Extent)> arrays) =>
        diagnostics.Report(
            place, "extent-by-use", $"by what '{function}' uses, {string.Join(", ", arrays.Select(a => $"'{a.Name}' has {a.Extent} element{(a.Extent == 1 ? "" : "s")}"))}",
            "say it with --extent where it has more", Severity.Note);

    public static void ReportExtentsByLength(this DiagnosticBag diagnostics, SourcePlace place, IReadOnlyCollection<string> arrays, string length, int count) =>
        diagnostics.Report(
            place, "extent-by-length", $"{string.Join(" and ", arrays.Select(a => $"'{a}'"))} {(arrays.Count == 1 ? "is" : "are")} taken to have {count} element{(count == 1 ? "" : "s")}{(arrays.Count == 1 ? "" : " each")}, since '{length}' is {count}",
            "say it with --extent where there are more", Severity.Note);

    public static void ReportUnknownVariable(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "unknown-variable", $"'{name}' is defined in no file that was given: it is an input", "name the file that defines it with --with FILE.c, or the project with -p compile_commands.json", Severity.Note);

    public static void ReportUnsetVariable(this DiagnosticBag diagnostics, SourcePlace place, string name) =>
        diagnostics.Report(
            place, "unset-variable", $"'{name}' has no first value, and nothing in the project sets it: it is an input", "give what stays zero that value by --fix NAME=0", Severity.Note);

    public static void ReportTooManyFindings(this DiagnosticBag diagnostics, string path, int dropped) =>
        diagnostics.Add(new Diagnostic(Severity.Note, "more", SourceLocation.InFile(path), $"{dropped} more messages are left out"));
}
