// The sizes of nets that are tried where nobody names one.

using System.Collections.Immutable;
using System.Globalization;

namespace Nsc.Engine;

public static class NetSizes
{
    /// <summary>The widths of the hidden layers, smallest net first.</summary>
    public static ImmutableArray<ImmutableArray<int>> All { get; } = [[4], [8, 8], [16, 16], [32, 32], [64, 64]];

    /// <summary>The word for widths that are chosen by measuring.</summary>
    public const string Auto = "auto";

    private const int MostLayers = 4, MostWidth = 1024;

    /// <summary>The widths that a text such as 16-16 names; empty for <see cref="Auto"/>, where there is that; null for another text.</summary>
    public static ImmutableArray<int>? Parse(string text, bool hasAuto)
    {
        if (hasAuto && text == Auto)
        {
            return [];
        }

        int?[] widths = Array.ConvertAll(text.Split('-'), w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out int width) ? width : (int?)null);
        return widths.Length <= MostLayers && Array.TrueForAll(widths, w => w is >= 1 and <= MostWidth) ? [.. widths.Select(w => w!.Value)] : null;
    }

    /// <summary>What <see cref="Parse"/> takes, for people.</summary>
    public static string Expected(bool hasAuto) => $"1 to {MostLayers} widths of 1 to {MostWidth}, such as {string.Join(", ", All.Select(InWords))}{(hasAuto ? $", or {Auto}" : "")}";

    /// <summary>For people, such as 16-16.</summary>
    public static string InWords(ImmutableArray<int> hidden) => string.Join('-', hidden);
}
