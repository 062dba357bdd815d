// Many functions in one command: what comes out does not depend on what else was compiled, nor on which core was faster.

using Nsc.CommandLine;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;

namespace Nsc.Tests.Cli;

public sealed class BatchTests : IDisposable
{
    private const string Several =
        "#include <math.h>\n"
        + "static double shared(double x) { double s = 0; for (int i = 0; i < 9; i++) s += sin(x * i) * cos(x + i) / (1 + i * x * x); return s; }\n"
        + "double f(double x) { return shared(x) * shared(1 - x); }\n"
        + "double g(double x, double y) { return f(x) + shared(y); }\n"
        + "double h(double x) { return x * x - 0.5; }\n";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void All_functions_of_a_file_have_the_weights_that_each_has_alone()
    {
        string source = _work.Write("several.c", Several);
        Assert.Equal(0, Workplace.Run("compile", source, "--all", "-o", _work["all"], "--model", _work.Model, "--refine", "64").ExitCode);
        foreach (string function in (string[])["f", "g", "h"])
        {
            Assert.Equal(0, Workplace.Run("compile", source, "--function", function, "-o", _work[function], "--model", _work.Model, "--refine", "64").ExitCode);
            Surrogate alone = SurrogateFile.Load(_work[function]), among = SurrogateFile.Load(_work[$"all/{function}.surrogate"]);
            Assert.Equal(alone.Layers.SelectMany(l => l.Weight.Concat(l.Bias)), among.Layers.SelectMany(l => l.Weight.Concat(l.Bias)));
            Assert.Equal(alone.OutputMean, among.OutputMean);
            Assert.Equal(alone.OutputDeviation, among.OutputDeviation);
            Assert.Equal(alone.Provenance, among.Provenance with { SourceHash = alone.Provenance.SourceHash });
        }
    }

    [Fact]
    public void Files_of_a_directory_give_the_bytes_that_each_gives_alone_in_the_order_of_their_names()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"f{i:D2}")];
        Directory.CreateDirectory(_work["files"]);
        foreach (string name in names.Reverse())
        {
            _work.Write($"files/{name}.c", $"double {name}(double x, double y) {{ return x * {name.Length + name[2]} - y; }}\n");
        }

        _work.Write("files/notes.txt", "no C");
        Outcome together = Workplace.Run("compile", _work["files"], "-o", _work["out"], "--model", _work.Model, "--refine", "64", "--json");
        Assert.Equal(names, together.Json.EnumerateArray().Select(e => e.GetProperty("function").GetString()));
        foreach (string name in names)
        {
            Assert.Equal(0, Workplace.Run("compile", _work[$"files/{name}.c"], "-o", _work["alone"], "--model", _work.Model, "--refine", "64").ExitCode);
            Assert.Equal(File.ReadAllBytes(_work["alone"]), File.ReadAllBytes(_work[$"out/{name}.surrogate"]));
        }
    }

    [Fact]
    public void Messages_come_in_the_order_of_the_files()
    {
        string[] files = [.. Enumerable.Range(0, 6).Select(i => _work.Write($"bad{i}.c", $"double f{i}(double x) {{ return g{i}(x); }}\n"))];
        Outcome outcome = Workplace.Run(["compile", .. files, "-o", _work["out"], "--model", _work.Model]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        int[] places = [.. Enumerable.Range(0, 6).Select(i => outcome.Error.IndexOf($"bad{i}.c:1:", StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.False(Directory.Exists(_work["out"]));
    }

    // A function that passes all checks, and whose dataflow shows that it reads beside an array.
    private static string Beside(string name) =>
        $"static const double table_{name}[3] = {{ 1, 2, 4 }};\nint {name}(int i) {{ return (int)table_{name}[i + 7]; }}\n";

    [Fact]
    public void All_passes_over_what_is_not_supported_with_notes_at_its_place()
    {
        string source = _work.Write("mixed.c", "double nobody(double x);\ndouble f(double x) { return x; }\ndouble g(double x) { nobody(x); return x; }\n" + Beside("h"));
        Outcome outcome = Workplace.Run("compile", source, "--all", "-o", _work["out"], "--model", _work.Model, "--json");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("f", Assert.Single(outcome.Json.EnumerateArray()).GetProperty("function").GetString());
        Assert.Contains("mixed.c:3:22: note: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("mixed.c:5:28: note: no element of the array can be the one that is accessed here", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("error", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_is_refused_when_nothing_is_left()
    {
        string source = _work.Write("none.c", Beside("h") + Beside("i"));
        Outcome outcome = Workplace.Run("compile", source, "--all", "-o", _work["out"], "--model", _work.Model);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("none.c:2:28: error: no element of the array can be the one that is accessed here", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_a_folder_takes_what_is_supported_and_says_what_is_not()
    {
        Directory.CreateDirectory(_work["files"]);
        _work.Write("files/a.c", "double a(double x) { return x; }\n");
        _work.Write("files/refused.c", "double nobody(double x);\ndouble r(double x) { return nobody(x); }\n");
        _work.Write("files/broken.c", "double b(double x) { return x\n");
        _work.Write("files/empty.c", "");
        _work.Write("files/unwritten.c", Beside("h"));
        File.CreateSymbolicLink(_work["files/dangling.c"], "nowhere");
        NamedPipe.Create(_work["files/pipe.c"]);
        Outcome outcome = Workplace.Run("compile", _work["files"], "--all", "-o", _work["out"], "--model", _work.Model);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal([_work["out/a.surrogate"]], Directory.GetFiles(_work["out"]));
        Assert.All((string[])["refused.c:2:", "broken.c:1:", "unwritten.c"], place => Assert.Contains(place, outcome.Error, StringComparison.Ordinal));
        Assert.DoesNotContain("error:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_that_one_file_of_a_folder_knows_is_enough_and_one_that_none_knows_is_refused()
    {
        Directory.CreateDirectory(_work["files"]);
        _work.Write("files/a.c", "double a(double x) { return x; }\n");
        _work.Write("files/b.c", "double b(double y) { return y; }\n");
        Assert.Equal(0, Workplace.Run("compile", _work["files"], "--all", "-o", _work["out"], "--model", _work.Model, "--range", "x=0:1").ExitCode);
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("compile", _work["files"], "--all", "-o", _work["none"], "--model", _work.Model, "--range", "z=0:1").ExitCode);
        Assert.False(Directory.Exists(_work["none"]));
    }

    [Fact]
    public void Functions_of_one_name_in_two_files_get_two_surrogates()
    {
        Directory.CreateDirectory(_work["files"]);
        _work.Write("files/a.c", "double f(double x) { return x; }\ndouble g(double x) { return f(x); }\n");
        _work.Write("files/b.c", "double f(double x) { return 2 * x; }\ndouble h(double x) { return f(x); }\n");
        Assert.Equal(0, Workplace.Run("compile", _work["files"], "--all", "-o", _work["out"], "--model", _work.Model).ExitCode);
        Assert.Equal(
            ["a.f.surrogate", "b.f.surrogate", "g.surrogate", "h.surrogate"], Directory.GetFiles(_work["out"]).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_model_that_emits_what_is_no_number_is_refused()
    {
        CompNetCheckpoint model = CompNetCheckpoint.Load(_work.Model);
        (model with { Tensors = [.. model.Tensors.Select(t => t with { Values = [.. t.Values.Select(_ => 1e38f)] })] }).Save(_work["huge.safetensors"]);
        string source = _work.Write("f.c", "double f(double x) { return x * x; }\n");
        foreach (string[] line in (string[][])[["compile", source, "-o", _work["s"]], ["accelerate", source, "-o", _work["s"], "--samples", "64"]])
        {
            Outcome outcome = Workplace.Run([.. line, "--model", _work["huge.safetensors"]]);
            Assert.True(outcome.ExitCode == (int)ExitCode.Refused, outcome.Error);
            Assert.Contains("no surrogate of 'f' can be made with this model", outcome.Error, StringComparison.Ordinal);
            Assert.False(File.Exists(_work["s"]));
        }
    }

    [Fact]
    public void Letters_of_other_scripts_go_all_the_way()
    {
        string source = _work.Write("f.c", "double hálf(double α) { return α / 2; }\n");
        Assert.Equal(0, Workplace.Run("compile", source, "-o", _work["s"], "--model", _work.Model).ExitCode);
        Assert.Equal(0, Workplace.Run("finetune", _work["s"], "--samples", "32", "--steps", "5").ExitCode);
        Assert.Equal(0, Workplace.Run("run", _work["s"], "α=0.5").ExitCode);
        foreach (string format in Nsc.Export.Exporters.All.Select(e => e.Format))
        {
            string[] name = format == "fortran" ? ["--name", "half"] : []; // Its names are ASCII.
            Assert.Equal(0, Workplace.Run(["export", _work["s"], "--format", format, "-o", _work["out." + format], .. name]).ExitCode);
        }

        Assert.Contains("class HálfSurrogate", File.ReadAllText(_work["out.csharp"]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_in_a_batch_is_told_as_it_is_alone()
    {
        string source = _work.Write("steps.c", "double f(double x) { return x; }\n" + Beside("g"));
        string alone = Workplace.Run("compile", source, "--function", "g", "-o", _work["g"], "--model", _work.Model).Error;
        string among = Workplace.Run("compile", source, "--function", "f", "--function", "g", "-o", _work["out"], "--model", _work.Model).Error;
        Assert.Equal(alone, among);
    }

    [Fact]
    public void A_warning_is_said_once()
    {
        string source = _work.Write("warning.c", "double f(double x, int n) { if (n = 3) x += n; return x; }\n");
        Outcome outcome = Workplace.Run("compile", source, "-o", _work["f"], "--model", _work.Model);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal(2, outcome.Error.Split("warning.c:1:").Length);
    }

    [Theory]
    [InlineData(ExitCode.Usage, "--all", "--function", "f")]
    [InlineData(ExitCode.Refused, ".")]
    public void Batches_that_make_no_sense_are_refused(ExitCode expected, params string[] arguments)
    {
        Directory.CreateDirectory(_work["empty"]);
        string[] line = ["compile", _work["empty"], "-o", _work["out"], "--model", _work.Model, .. arguments.Where(a => a != ".")];
        Assert.Equal((int)expected, Workplace.Run(line).ExitCode);
    }
}
