// The options that say which errors are allowed, and what a verb says when a promise is not kept.

using System.CommandLine;
using Nsc.Compiler.Evaluation;

namespace Nsc.CommandLine;

/// <summary>The options <c>--max-error</c>, <c>--rate</c> and <c>--confidence</c> of one verb.</summary>
internal sealed class ErrorLimitOptions
{
    public Option<double?> MaxError { get; } = new("--max-error")
    {
        Description = $"Exit with code {(int)ExitCode.QualityMissed} unless the errors of all outputs together are bounded by this, in their units (see --rate and --confidence).", HelpName = "E",
    };

    public Option<double> Rate { get; } = new("--rate")
    {
        Description = "The share of inputs at which an output may exceed the bound on the error.", HelpName = "P", DefaultValueFactory = _ => ErrorLimit.UsualRate,
    };

    public Option<double> Confidence { get; } = new("--confidence")
    {
        Description = "How sure the bound has to be.", HelpName = "C", DefaultValueFactory = _ => ErrorLimit.UsualConfidence,
    };

    /// <exception cref="CommandException">The numbers make no sense.</exception>
    public ErrorLimit Of(ParseResult parse)
    {
        var limit = new ErrorLimit(parse.GetValue(MaxError), parse.GetValue(Rate), parse.GetValue(Confidence));
        return limit.IsSensible
            ? limit
            : throw new CommandException(ExitCode.Usage, "--max-error must not be negative, --rate and --confidence must lie between 0 and 1");
    }

    /// <summary>Says what was missed and what that means for the file; gives the verb's exit code.</summary>
    public static ExitCode Conclude(string? miss, bool isWritten, Terminal terminal)
    {
        if (miss is not null)
        {
            terminal.Say($"nsc: {miss}");
            terminal.Say(isWritten ? "  written all the same: --force" : "  nothing was written; --force writes it all the same");
        }

        return isWritten ? ExitCode.Success : ExitCode.QualityMissed;
    }
}
