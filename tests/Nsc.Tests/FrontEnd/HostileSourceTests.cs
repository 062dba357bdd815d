// Text that is meant to take the compiler down ends in a message, within its limits.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;

namespace Nsc.Tests.FrontEnd;

public class HostileSourceTests
{
    public static TheoryData<string, string, string> Bombs => new()
    {
        { "parentheses", $"int f(int x) {{ return {new string('(', 100_000)}x{new string(')', 100_000)}; }}", "clang" },
        { "negations", $"int f(int x) {{ return {Repeat("- ", 100_000)}x; }}", "too-complex" },
        { "casts", $"int f(int x) {{ return {Repeat("(int)", 50_000)}x; }}", "too-complex" },
        { "nested ifs", $"int f(int x) {{ {Repeat("if (x) ", 50_000)} x = 1; return x; }}", "too-complex" },
        { "an if with many elses", $"int f(int x) {{ {Repeat("if (x) x = 1; else ", 50_000)} x = 2; return x; }}", "too-complex" },
        { "macros that double", $"#define A0 x\n{string.Concat(Enumerable.Range(1, 40).Select(i => $"#define A{i} A{i - 1}+A{i - 1}\n"))}int f(int x) {{ return A40; }}", "too-complex" },
        { "a huge initialiser", "int f(int x) { static const int a[2000000000] = { [1999999999] = 1 }; return a[x]; }", "too-complex" },
        { "a NUL byte", "int f(int x) { return x\0; }", "nul-byte" },
        { "too much text", "int f(int x) { return x; }" + new string(' ', 5 << 20), "source-too-large" },
        { "an unterminated comment", "int f(int x) { return x; } /* ", "clang" },
        { "an unterminated string", "int f(int x) { return \"x; }", "forbidden-directive" },
        { "an unterminated function", "int f(int x) { return x", "clang" },
        { "an unterminated pragma", "#pragma nsc input(x, 0", "malformed-pragma" },
        { "nothing", "", "no-function" },
        { "no text", "\uD800\uFFFF\u0001\u001b[2J", "clang" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_ends_in_a_message(string what, string source, string id)
    {
        Assert.NotEmpty(what);
        var (programs, diagnostics) = ClangTesting.Load(source, path: "bomb.c");
        Assert.Empty(programs);
        Assert.Contains(id, ClangTesting.Ids(diagnostics));
        Assert.All(diagnostics, d => Assert.DoesNotContain('\u001b', d.ToString()));
    }

    [Fact]
    public void Long_sums_and_tables_are_no_bombs()
    {
        string sum = string.Join(" + ", Enumerable.Range(0, 3000).Select(i => $"x * {i}"));
        string table = string.Join(", ", Enumerable.Range(0, 3000));
        ClangTesting.LoadOne($"static const int table[3000] = {{ {table} }};\nint f(int x) {{ return table[0] + {sum}; }}");
    }

    [Fact]
    public void What_clang_can_parse_is_also_printed_and_evaluated()
    {
        string sum = string.Join(" + ", Enumerable.Repeat("x", 12_000));
        ClangTesting.LoadOne($"enum {{ x = 1 }};\n__attribute__((used)) static const int g = {sum};\nint f(int n, const int p[2]) {{ return p[({sum}) & 1] + n; }}");
    }

    [Fact]
    public void Columns_count_characters_not_bytes()
    {
        var (_, diagnostics) = ClangTesting.Load("/* größer als ½ */ int f(int x) { return y; }");
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal('y', diagnostic.SourceLine![diagnostic.Location.Column - 1]);
    }

    [Fact]
    public void What_preprocessing_leaves_is_pointed_to()
    {
        var (_, diagnostics) = ClangTesting.Load("int a;\nint f(int x) { return \"x; }\n");
        Assert.Equal((2, 23), (diagnostics.Single(d => d.Id == "forbidden-directive").Location.Line, diagnostics.Single(d => d.Id == "forbidden-directive").Location.Column));
    }

    [Fact]
    public void The_date_in_a_program_is_warned_about()
    {
        var (programs, diagnostics) = ClangTesting.Load("int f(int x) { return x + __DATE__[4]; }");
        Assert.Single(programs);
        Diagnostic diagnostic = Assert.Single(diagnostics);
        Assert.Equal((Severity.Warning, "clang-date-time"), (diagnostic.Severity, diagnostic.Id));
    }

    [Fact]
    public void A_null_reference_still_throws_after_a_parse()
    {
        ClangTesting.LoadOne("int f(int x) { return x; }");
        string? nothing = ClangTesting.Toolchain.MajorVersion > 0 ? null : "";
        Assert.Throws<NullReferenceException>(() => nothing!.Length);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
