// What is wrong with a request as a whole has no place in a C file. It is a diagnostic all the same: bad input never throws.

using Nsc.Core.Diagnostics;

namespace Nsc.Compiler.Input;

/// <summary>Why a request is refused.</summary>
public enum Refusal
{
    /// <summary>A file, a program or a table is not what it must be.</summary>
    Input,

    /// <summary>The request makes no sense.</summary>
    Request,

    /// <summary>A tool or a model is missing.</summary>
    Missing,
}

/// <summary>Refusals among diagnostics.</summary>
public static class RefusalDiagnostics
{
    /// <summary>The command that brings clang, libclang and libLLVM.</summary>
    public const string InstallClang = "apt-get update && apt-get install -y clang-19";

    /// <summary>The kind of refusal that a diagnostic is; null for one that has a place in a text.</summary>
    public static Refusal? RefusalKind(this Diagnostic diagnostic) => diagnostic.Id switch
    {
        "refused-input" => Refusal.Input,
        "refused-request" => Refusal.Request,
        "missing" => Refusal.Missing,
        _ => null,
    };

    /// <summary>Adds a refusal.</summary>
    /// <param name="hint">What the user can do about it.</param>
    internal static void Refuse(this DiagnosticBag diagnostics, Refusal kind, string message, string? hint = null) =>
        diagnostics.Add(new Diagnostic(Severity.Error, IdOf(kind), SourceLocation.None, message, hint));

    /// <summary>Adds a remark without a place: what was done otherwise than one might expect.</summary>
    internal static void Remark(this DiagnosticBag diagnostics, string message) =>
        diagnostics.Add(new Diagnostic(Severity.Note, RemarkId, SourceLocation.None, message));

    /// <summary>The name of remarks, which are shown as plain lines.</summary>
    public const string RemarkId = "remark";

    private static string IdOf(Refusal kind) => kind switch
    {
        Refusal.Input => "refused-input",
        Refusal.Request => "refused-request",
        _ => "missing",
    };
}
