// The categories of messages: one for each phase, so that a log can be filtered by them.

namespace Nsc.CommandLine.Messages;

internal static class LogCategory
{
    /// <summary>What a verb says and ends with.</summary>
    public const string Verb = "nsc";

    /// <summary>What is said about a place in the user's text.</summary>
    public const string Diagnostics = "nsc.diagnostics";

    /// <summary>The category of a phase, such as <c>nsc.clang-to-dataflow</c>.</summary>
    public static string OfPhase(string phase) => $"nsc.{phase.ToLowerInvariant().Replace(' ', '-')}";
}
