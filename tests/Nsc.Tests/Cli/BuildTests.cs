using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

/// <summary>Projects from their first build to a source that breaks a bound.</summary>
[Trait("speed", "slow")]
public sealed class BuildTests : IDisposable
{
    private const string Wave = "#include <math.h>\n#include \"wave.h\"\n\ndouble wave(double x)\n{\n    return AMPLITUDE * sin(x);\n}\n";

    private const string Project = """
        {
          "model": "model.safetensors",
          "functions": [
            {
              "file": "src/wave.c", "ranges": { "x": [0, 3] }, "samples": 64, "heldOut": 512, "maxError": 0.05,
              "outputs": { "c": "out/wave.nn.c", "surrogate": "out/wave.surrogate" }
            }
          ]
        }
        """;

    private readonly Workplace _work = new();

    public BuildTests()
    {
        Directory.CreateDirectory(_work["src"]);
        _work.Write("src/wave.c", Wave);
        _work.Write("src/wave.h", "#define AMPLITUDE 1.0\n");
        _work.Write("nsc.json", Project);
    }

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Only_what_matters_is_made_again_and_a_broken_bound_leaves_what_was_made()
    {
        Assert.Equal("trained", StatusOf(Build("--depfile", _work["deps"], "--report", _work["report.html"])));
        Assert.StartsWith("// Declarations, written by nsc.", File.ReadAllText(_work["out/wave.nn.h"]));
        Assert.Contains("at most 1% of inputs err by more than", File.ReadAllText(_work["report.html"]));
        string rule = File.ReadAllText(_work["deps"]);
        Assert.StartsWith($"{_work["out/wave.nn.c"]} {_work["out/wave.surrogate"]}: ", rule);
        Assert.All((string[])["nsc.json", "src/wave.c", "src/wave.h", "model.safetensors"], read => Assert.Contains($"\n{_work[read]}:\n", rule));

        DateTime made = File.GetLastWriteTimeUtc(_work["out/wave.nn.c"]);
        Assert.Equal("current", StatusOf(Build()));
        _work.Write("src/wave.c", $"// A comment moves all lines.\n{Wave}/* And one behind it. */\n");
        string[] code = Code();
        Assert.Equal("current", StatusOf(Build()));
        Assert.Equal(made, File.GetLastWriteTimeUtc(_work["out/wave.nn.c"]));
        File.Delete(_work["out/wave.nn.c"]);
        Assert.Equal("remade", StatusOf(Build()));
        Assert.Equal(code, Code());

        byte[] content = File.ReadAllBytes(_work["out/wave.nn.c"]);
        _work.Write("src/wave.h", "#define AMPLITUDE 40 * cos(300 * x)\n");
        Outcome broken = Build();
        Assert.Equal((int)ExitCode.QualityMissed, broken.ExitCode);
        Assert.Equal("missed", StatusOf(broken));
        Assert.Contains("the error is not bounded by 0.05", broken.Json.GetProperty("functions")[0].GetProperty("miss").GetString());
        Assert.Equal(content, File.ReadAllBytes(_work["out/wave.nn.c"]));

        _work.Write("src/wave.h", "#define AMPLITUDE 1.0\n");
        Assert.Equal("current", StatusOf(Build())); // As before, so that nothing is to be done.
    }

    [Fact]
    public void Another_checkout_takes_nets_from_the_cache_and_verifies_them()
    {
        string cache = _work["cache"];
        Assert.Equal("trained", StatusOf(Build("--cache", cache, "-o", _work["one"])));
        Outcome second = Build("--cache", cache, "-o", _work["two"]);
        Assert.Equal("remade", StatusOf(second));
        Assert.NotNull(second.Json.GetProperty("functions")[0].GetProperty("bounds")[0].GetProperty("maxError").GetRawText());
        Assert.Equal(File.ReadAllBytes(_work["one/out/wave.nn.c"]), File.ReadAllBytes(_work["two/out/wave.nn.c"]));

        string entry = Assert.Single(Directory.GetFiles(cache, "*", SearchOption.AllDirectories));
        File.WriteAllText(entry, "not a net");
        Outcome third = Build("--cache", cache, "-o", _work["three"]);
        Assert.Equal("trained", StatusOf(third));
        Assert.Contains("this entry is not used", third.Error);
        Assert.Equal(File.ReadAllBytes(_work["one/out/wave.nn.c"]), File.ReadAllBytes(_work["three/out/wave.nn.c"]));
    }

    [Fact]
    public void A_function_that_is_refused_is_said_and_the_others_are_made()
    {
        _work.Write("src/bad.c", "int getpid(void);\ndouble bad(double x) { return x + getpid(); }\n");
        _work.Write("nsc.json", Project.Replace("\"functions\": [", "\"functions\": [ { \"file\": \"src/bad.c\", \"outputs\": { \"c\": \"out/bad.nn.c\" } },", StringComparison.Ordinal));
        Outcome outcome = Build();
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("getpid", outcome.Error);
        Assert.Equal("trained", outcome.Json.GetProperty("functions")[1].GetProperty("status").GetString());
        Assert.True(File.Exists(_work["out/wave.nn.c"]));
        Assert.False(File.Exists(_work["out/bad.nn.c"]));
    }

    // Without the comments, one of which names the text that it was made of.
    private string[] Code() => [.. File.ReadLines(_work["out/wave.nn.c"]).Where(l => !l.StartsWith("//", StringComparison.Ordinal))];

    private Outcome Build(params string[] options) => Workplace.Run(["build", _work["nsc.json"], "--json", .. options]);

    private static string StatusOf(Outcome outcome)
    {
        JsonElement functions = outcome.Json.GetProperty("functions");
        return functions[functions.GetArrayLength() - 1].GetProperty("status").GetString()!;
    }
}
