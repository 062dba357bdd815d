// What verbs say on standard error: how much of it, and as text or as JSON.

using System.Text.Json;

namespace Nsc.Tests.Cli;

public sealed class LoggingTests(Workplace place) : IClassFixture<Workplace>
{
    private string Source(string name, string text) => place.Write(name, text);

    [Fact]
    public void Quiet_says_warnings_and_errors_only()
    {
        string source = Source("quiet.c", "double f(double x) { return x * x; }\n");
        Outcome spoken = Workplace.Run("compile", source, "--model", place.Model, "-o", place["q.surrogate"]);
        Outcome quiet = Workplace.Run("compile", source, "--model", place.Model, "-o", place["q.surrogate"], "-q");
        Outcome refused = Workplace.Run("compile", Source("bad.c", "double f(double x) { return y; }\n"), "-o", place["q.surrogate"], "--quiet");
        Assert.Contains("next: nsc finetune", spoken.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (quiet.ExitCode, quiet.Error));
        Assert.Contains("undeclared identifier 'y'", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_says_how_long_each_phase_took()
    {
        string source = Source("verbose.c", "double f(double x) { return x * x; }\n");
        Outcome outcome = Workplace.Run("-v", "compile", source, "--model", place.Model, "-o", place["v.surrogate"]);
        Assert.Contains("libclang: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("clang to dataflow: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_json_line_is_an_object_with_level_category_and_message()
    {
        string source = Source("json.c", "double f(double x) { return y\u001b; }\n");
        Outcome outcome = Workplace.Run("compile", source, "-o", place["j.surrogate"], "--log-format", "json");
        JsonElement[] lines = [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
        Assert.Equal(3, outcome.ExitCode);
        JsonElement first = lines.First(l => l.GetProperty("category").GetString() == "nsc.diagnostics");
        Assert.Equal(("error", 1), (first.GetProperty("level").GetString(), first.GetProperty("line").GetInt32()));
        Assert.All(lines, l => Assert.DoesNotContain('\u001b', l.GetProperty("message").GetString()!));
        Assert.Equal("nsc", lines[^1].GetProperty("category").GetString());
    }

    [Fact]
    public void Phases_have_categories_of_their_own()
    {
        string source = Source("phases.c", "double f(double x) { return x * x; }\n");
        Outcome outcome = Workplace.Run("compile", source, "--model", place.Model, "-o", place["p.surrogate"], "-v", "--log-format", "json");
        string?[] categories = [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("category").GetString())];
        Assert.Contains("nsc.libclang", categories);
        Assert.Contains("nsc.clang-to-dataflow", categories);
        Assert.Contains("nsc.compnet", categories);
    }
}
