namespace Nsc.Tests;

/// <summary>Strings that would steer a terminal, end a comment or a literal, or hide what they say.</summary>
internal static class HostileText
{
    public static readonly string[] All =
    [
        "1.0\n#error injected\n", "1.0\r\n#error injected", "x */ #error injected /*", "ends in a backslash\\", "ends in a trigraph??/", "???/", "*/*/", "\"; int injected; \"",
        "\u2028#error injected", "\u2029#error injected", "\u0085#error injected", "\u001b[31mred\u001b]0;title\u0007", "\u202e\u2066bidirectional\u2069", "\0", "\ufeff\u200b",
        "<script>alert(1)</script>", "{injected}", "{{injected}}", "half a character \ud800", "%s%n", "\v\f\b",
    ];
}
