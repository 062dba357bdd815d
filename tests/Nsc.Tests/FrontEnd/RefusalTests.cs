// Every fixture in Fixtures/Refused is refused with exactly the messages in Golden/Refused; NSC_UPDATE_GOLDEN=1 rewrites them.

using Nsc.FrontEnd;
using Nsc.FrontEnd.Parsing;

namespace Nsc.Tests.FrontEnd;

public class RefusalTests
{
    public static TheoryData<string> Fixtures =>
        [.. Directory.GetFiles(ClangTesting.FixturePath("Refused"), "*.c").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void A_refused_program_gets_its_golden_messages(string name)
    {
        string source = File.ReadAllText(ClangTesting.FixturePath($"Refused/{name}.c"));
        var (programs, diagnostics) = ClangTesting.Load(source, path: $"{name}.c");
        string actual = string.Join("\n", diagnostics) + "\n";
        string golden = $"Refused/{name}.txt";
        if (Environment.GetEnvironmentVariable("NSC_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(ClangTesting.SourceTreeGoldenPath(golden), actual);
        }
        else
        {
            Assert.Equal(File.ReadAllText(ClangTesting.GoldenPath(golden)), actual);
        }

        Assert.Empty(programs);
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void Every_message_points_into_the_file_where_it_can()
    {
        string source = File.ReadAllText(ClangTesting.FixturePath("Refused/many_reasons.c"));
        var (_, diagnostics) = ClangTesting.Load(source);
        Assert.True(diagnostics.Count >= 10);
        Assert.All(diagnostics, d =>
        {
            Assert.True(d.Location.Line > 0 && d.Location.Column > 0);
            Assert.Equal(source.Split('\n')[d.Location.Line - 1], d.SourceLine);
        });
    }

    [Fact]
    public void Among_all_functions_the_refused_ones_become_notes()
    {
        var options = FrontEndOptions.Default with { AllFunctions = true };
        var (programs, diagnostics) = ClangTesting.Load("int g(int); int f(int x) { return g(x); } int h(int x) { return x; }", options);
        Assert.Equal(["h"], programs.Select(p => p.Signature.Function));
        Assert.False(diagnostics.HasErrors);
        Assert.Equal(["unresolved-call"], ClangTesting.Ids(diagnostics));
    }
}
