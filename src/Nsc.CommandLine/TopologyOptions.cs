// The option that says how large a net is.

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using Nsc.Engine;

namespace Nsc.CommandLine;

internal static class TopologyOptions
{
    /// <summary>The widths of the hidden layers, such as 16-16; empty for auto, null without the option.</summary>
    /// <param name="auto">What auto does, in words; null where there is no auto.</param>
    /// <param name="fallback">What is taken without the option.</param>
    public static Option<ImmutableArray<int>?> Create(string? auto, string fallback) => new("--topology")
    {
        Description = $"Widths of the hidden layers, first to last, such as 8-8 or 64-64{(auto is null ? "" : $"; or {NetSizes.Auto}: {auto}")}. Default: {fallback}.",
        HelpName = "W-W", CustomParser = result => Parse(result, auto is not null),
    };

    private static ImmutableArray<int>? Parse(ArgumentResult result, bool hasAuto)
    {
        string text = result.Tokens[0].Value;
        if (NetSizes.Parse(text, hasAuto) is { } widths)
        {
            return widths;
        }

        result.AddError($"--topology {text}: expected {NetSizes.Expected(hasAuto)}.");
        return null;
    }
}
