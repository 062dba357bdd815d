// Which operators can stand in for each other.

namespace Nsc.Corpus.Mining.Variants;

internal static class Operators
{
    private static readonly Dictionary<string, string[]> s_others = new()
    {
        ["+"] = ["-", "-", "*"], ["-"] = ["+", "+", "*"], ["*"] = ["/", "+", "-"], ["/"] = ["*", "*", "+"],
        ["<"] = [">", "<="], [">"] = ["<", ">="], ["<="] = [">=", "<"], [">="] = ["<=", ">"], ["=="] = ["!="], ["!="] = ["=="],
        ["&&"] = ["||"], ["||"] = ["&&"], ["+="] = ["-="], ["-="] = ["+="], ["*="] = ["/=", "+="], ["/="] = ["*="],
    };

    /// <summary>What may be written instead of an operator; empty for one that stays.</summary>
    public static string[] Others(string text) => s_others.GetValueOrDefault(text, []);
}
