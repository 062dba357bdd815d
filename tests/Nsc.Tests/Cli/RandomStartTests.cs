// A function without a dataflow graph that can be run starts from random weights, and says so. What cannot be run is refused as ever.

using System.Text.Json;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Cli;

public sealed class RandomStartTests(Workplace place) : IClassFixture<Workplace>
{
    // Its inner loop ends where the data say, its outer one after too many steps to follow.
    private const string Endless = """
        #pragma nsc inputs(0.5, 1)
        double settle(double x, double y)
        {
            double s = x;
            for (int i = 0; i < 3000000; i++)
                s = 0.999 * s + 0.001 * y;
            return s + x;
        }
        """;

    private const string Plain = "double twice(double x) { return 2 * x; }";

    [Fact]
    public void Compile_says_why_and_the_surrogate_records_it()
    {
        string output = place["settle.surrogate"];
        Outcome compiled = Workplace.Run("compile", place.Write("settle.c", Endless), "-o", output, "--model", place.Model, "--json");
        Assert.Equal(0, compiled.ExitCode);
        Assert.Contains("settle.c:5:", compiled.Error, StringComparison.Ordinal);
        Assert.Contains("note: 'settle' executes more than 2,000,000 instructions", compiled.Error, StringComparison.Ordinal);
        Assert.Contains("it starts from random weights, not from CompNet's", compiled.Error, StringComparison.Ordinal);
        Assert.Equal(("random", JsonValueKind.Null), (compiled.Json.GetProperty("init").GetString(), compiled.Json.GetProperty("model").ValueKind));

        Surrogate surrogate = SurrogateFile.Load(output);
        Assert.Equal((Provenance.RandomInit, null, false), (surrogate.Provenance.Init, surrogate.Provenance.Model, surrogate.Provenance.IsGraphExact));
    }

    [Fact]
    public void Fine_tuning_learns_it_from_the_running_program()
    {
        string start = place["learned.surrogate"], tuned = place["learned.tuned.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", place.Write("learned.c", Endless.Replace("settle", "learned", StringComparison.Ordinal)), "-o", start, "--model", place.Model).ExitCode);
        Assert.Equal(0, Workplace.Run("finetune", start, "--samples", "64", "-o", tuned).ExitCode);
        double[] answer = new SurrogateEvaluator(SurrogateFile.Load(tuned)).Evaluate([0.6, 0.8]);
        Assert.Equal(1.4, answer[0], 0.02); // After three million steps s is y.
    }

    [Fact]
    public void Among_all_functions_of_a_file_it_is_compiled_too()
    {
        string folder = place["all"];
        Outcome compiled = Workplace.Run("compile", place.Write("all.c", Plain + "\n" + Endless), "--all", "-o", folder, "--model", place.Model, "--json");
        Assert.Equal(0, compiled.ExitCode);
        Assert.Equal(["compnet", "random"], compiled.Json.EnumerateArray().Select(f => f.GetProperty("init").GetString()));
        Assert.Contains("note: 'settle'", compiled.Error, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(folder).Length);
    }

    [Theory]
    [InlineData("a table", "static const int t[2000] = { 3, 1, 4 };\n#pragma nsc input(i, 0, 1999)\ndouble f(int i, double x) { return t[i] + x; }", "table-too-large")]
    [InlineData("an array", "#pragma nsc input(n, 2, 9)\ndouble f(int n, double x) { double v[n]; for (int i = 0; i < n; i++) v[i] = x * i; return v[n - 1]; }", "variable-size")]
    public void So_does_what_a_graph_cannot_hold(string what, string source, string id)
    {
        Outcome compiled = Workplace.Run("compile", place.Write($"{id}.c", source), "-o", place[$"{id}.surrogate"], "--model", place.Model);
        Assert.True(compiled.ExitCode == 0, $"{what}: {compiled.Error}");
        Assert.Contains($"[{id}]", compiled.Error, StringComparison.Ordinal);
        Assert.Contains("from random weights ->", compiled.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#pragma nsc input(n, 0, 9)\ndouble f(int n, double x) { return n < 1 ? x : n * f(n - 1, x * x); }", "recursion")]
    [InlineData("static const double t[3] = { 1, 2, 4 };\n#pragma nsc input(i, 0, 2)\ndouble f(int i, double x) { return t[i + 5] * x; }", "out-of-bounds")]
    public void What_is_wrong_with_the_program_itself_is_refused(string source, string id)
    {
        Outcome compiled = Workplace.Run("compile", place.Write("wrong.c", source), "-o", place["wrong.surrogate"], "--model", place.Model);
        Assert.Equal(3, compiled.ExitCode);
        Assert.Contains($"[{id}]", compiled.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(place["wrong.surrogate"]));
    }

    [Fact]
    public void Recursion_is_followed_when_a_fixed_value_decides_its_depth()
    {
        string source = place.Write("legendre.c", "double p(int n, double x) { return n == 0 ? 1 : n == 1 ? x : ((2 * n - 1) * x * p(n - 1, x) - (n - 1) * p(n - 2, x)) / n; }");
        Outcome graph = Workplace.Run("graph", source, "--fix", "n=3", "--check", "100");
        Assert.True(graph.ExitCode == 0, graph.Error);
        Assert.Contains("exact", graph.Output, StringComparison.Ordinal);
        Assert.Equal(3, Workplace.Run("graph", source).ExitCode);
    }
}
