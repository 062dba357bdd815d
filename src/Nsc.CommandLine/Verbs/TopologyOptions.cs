// The option that says how large a net is.

using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Nsc.Engine;

namespace Nsc.CommandLine.Verbs;

internal static class TopologyOptions
{
    private const string Auto = "auto";
    private const int MostLayers = 4, MostWidth = 1024;

    /// <summary>The widths of the hidden layers, such as 16-16; empty for auto, null without the option.</summary>
    /// <param name="auto">What auto does, in words; null where there is no auto.</param>
    /// <param name="fallback">What is taken without the option.</param>
    public static Option<ImmutableArray<int>?> Create(string? auto, string fallback) => new("--topology")
    {
        Description = $"Widths of the hidden layers, first to last, such as 8-8 or 64-64{(auto is null ? "" : $"; or {Auto}: {auto}")}. Default: {fallback}.",
        HelpName = "W-W", CustomParser = result => Parse(result, auto is not null),
    };

    private static ImmutableArray<int>? Parse(ArgumentResult result, bool hasAuto)
    {
        string text = result.Tokens[0].Value;
        if (hasAuto && text == Auto)
        {
            return [];
        }

        int?[] widths = Array.ConvertAll(text.Split('-'), w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? width : (int?)null);
        if (widths.Length <= MostLayers && Array.TrueForAll(widths, w => w is >= 1 and <= MostWidth))
        {
            return [.. widths.Select(w => w!.Value)];
        }

        result.AddError($"--topology {text}: expected 1 to {MostLayers} widths of 1 to {MostWidth}, such as {string.Join(", ", NetSizes.All.Select(NetSizes.InWords))}{(hasAuto ? $", or {Auto}" : "")}.");
        return null;
    }
}
