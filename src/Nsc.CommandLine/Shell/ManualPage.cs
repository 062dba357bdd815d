// A manual page of a command, made from its definition alone, in the macros of man(7).

using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text;

namespace Nsc.CommandLine.Shell;

/// <param name="Names">The words of the command, <c>nsc</c> first.</param>
/// <param name="Inherited">Options that it has from the commands above it.</param>
internal sealed record ManualPage(Command Command, string[] Names, IReadOnlyList<Option> Inherited)
{
    private static readonly (ExitCode Code, string Meaning)[] s_codes =
    [
        (ExitCode.Success, "Done."), (ExitCode.Failure, "nsc or the machine has failed."), (ExitCode.Usage, "The command line makes no sense."),
        (ExitCode.Refused, "The input was refused, with diagnostics."), (ExitCode.Missing, "A tool or a model is missing."),
        (ExitCode.QualityMissed, "A bound on an error was missed."), (ExitCode.Cancelled, "Cancelled."),
    ];

    /// <summary>The name of its file, such as <c>nsc-bench-data.1</c>.</summary>
    public string FileName => $"{string.Join('-', Names)}.1";

    /// <summary>The page of a command and those of all commands in it.</summary>
    public static IEnumerable<ManualPage> All(Command command, string[] names, IReadOnlyList<Option> inherited)
    {
        Option[] recursive = [.. inherited, .. command.Options.Where(o => o.Recursive)];
        return Shown(command.Subcommands).SelectMany(c => All(c, [.. names, c.Name], recursive)).Prepend(new ManualPage(command, names, inherited));
    }

    /// <param name="version">The version of nsc.</param>
    public string Write(string version)
    {
        var text = new StringBuilder();
        string description = Command.Description ?? "";
        text.Append(CultureInfo.InvariantCulture, $".TH {string.Join('-', Names).ToUpperInvariant()} 1 \"\" \"nsc {version}\" \"nsc\"\n");
        text.Append(CultureInfo.InvariantCulture, $".SH NAME\n{Plain(string.Join('-', Names))} \\- {Plain(description.TrimEnd('.'))}\n");
        text.Append(CultureInfo.InvariantCulture, $".SH SYNOPSIS\n{Synopsis()}\n");
        Items(text, "COMMANDS", Shown(Command.Subcommands).Select(c => (Bold(c.Name), c.Description ?? "")));
        Items(text, "ARGUMENTS", Shown(Command.Arguments).Select(a => (Italic(a.Name), Described(a, a.Description))));
        Items(text, "OPTIONS", Shown<Option>([.. Command.Options, .. Inherited]).Select(o => (Head(o), Described(o, o.Description) + (o.Required ? " Required." : ""))));
        Items(text, "EXIT STATUS", s_codes.Select(c => (Bold(((int)c.Code).ToString(CultureInfo.InvariantCulture)), c.Meaning)));
        if (Names.Length > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $".SH SEE ALSO\n{Bold(string.Join('-', Names[..^1]))}(1)\n");
        }

        return text.ToString();
    }

    private string Synopsis() => string.Join(' ', [
        Bold(string.Join(' ', Names)),
        .. Shown(Command.Subcommands).Any() ? [Italic("COMMAND")] : (string[])[],
        .. Shown(Command.Arguments).Select(a => a.Arity.MinimumNumberOfValues == 0 ? $"[{Named(a)}]" : Named(a)),
        .. Shown(Command.Options).Where(o => o.Required).Select(Head), "[" + Italic("OPTIONS") + "]",
    ]);

    private static string Named(Argument argument) => Italic(argument.Name) + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "");

    // All names of an option, and what its value is called.
    private static string Head(Option option) =>
        string.Join(", ", option.Aliases.Prepend(option.Name).Select(Bold)) + (option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? "" : " " + Italic(option.HelpName ?? "VALUE"));

    private static string Described(Symbol symbol, string? description)
    {
        Type type = symbol is Option option ? option.ValueType : ((Argument)symbol).ValueType;
        string[] values = type == typeof(bool) || typeof(FileSystemInfo).IsAssignableFrom(type) ? [] : [.. symbol.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];
        return (description ?? "") + (values.Length == 0 ? "" : $" One of {string.Join(", ", values)}.");
    }

    private static void Items(StringBuilder text, string heading, IEnumerable<(string Head, string Description)> items)
    {
        foreach (((string head, string description), int i) in items.Select((item, i) => (item, i)))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? $".SH {heading}\n" : "")}.TP\n{head}\n{Plain(description)}\n");
        }
    }

    private static IEnumerable<T> Shown<T>(IEnumerable<T> symbols)
        where T : Symbol => symbols.Where(s => !s.Hidden);

    private static string Bold(string text) => $"\\fB{Plain(text)}\\fR";

    private static string Italic(string text) => $"\\fI{Plain(text)}\\fR";

    // A line that begins with a point or a quote would be a macro; a hyphen would be set as a typographical one.
    private static string Plain(string text)
    {
        string escaped = text.ReplaceLineEndings(" ").Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
