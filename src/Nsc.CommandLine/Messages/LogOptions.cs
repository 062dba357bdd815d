// How much every verb says on standard error, and in which form.

using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Nsc.CommandLine.Messages;

internal static class LogOptions
{
    private const string Json = "json";

    private static readonly Option<bool> s_verbose = new("--verbose", "-v") { Description = "Say more: which phase took how long.", Recursive = true };
    private static readonly Option<bool> s_quiet = new("--quiet", "-q") { Description = "Say warnings and errors only.", Recursive = true };
    private static readonly Option<string> s_format = new Option<string>("--log-format")
    {
        Description = "Messages as text, or one JSON object a line.", DefaultValueFactory = _ => "text", Recursive = true,
    }.AcceptOnlyFromAmong("text", Json);

    /// <summary>The options, for the root: verbs inherit them.</summary>
    public static IEnumerable<Option> All => [s_verbose, s_quiet, s_format];

    /// <summary>The least level that is shown; the louder of two options wins.</summary>
    public static LogLevel Least(ParseResult parse) =>
        parse.GetValue(s_verbose) ? LogLevel.Debug : parse.GetValue(s_quiet) ? LogLevel.Warning : LogLevel.Information;

    /// <summary>Whether messages are JSON.</summary>
    public static bool IsJson(ParseResult parse) => parse.GetValue(s_format) == Json;
}
