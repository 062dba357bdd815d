using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Engine.Emission;
using Parquet.Serialization;

namespace Nsc.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private const string Saxpy = "#pragma nsc input(x, -2, 2)\ndouble saxpy(double a, double x, double y) { return a * x + y; }\n";
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Compile_finetune_eval_and_run_work_end_to_end()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["saxpy.surrogate"];
        Outcome compiled = Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model, "--json");
        Assert.Equal((int)ExitCode.Success, compiled.ExitCode);
        Assert.Equal("saxpy", compiled.Json.GetProperty("function").GetString());
        Assert.Equal(-2, compiled.Json.GetProperty("inputs")[1].GetProperty("low").GetDouble());
        Assert.Equal(["return"], compiled.Json.GetProperty("outputs").EnumerateArray().Select(o => o.GetString()));
        Assert.Equal(3, compiled.Json.GetProperty("topology")[0].GetInt32());

        Outcome tuned = Workplace.Run("finetune", surrogate, "--samples", "256", "--json");
        Assert.Equal((int)ExitCode.Success, tuned.ExitCode);
        Assert.Equal(256, tuned.Json.GetProperty("samples").GetInt32());

        Outcome measured = Workplace.Run("eval", surrogate, "--json", "--max-nmse", "0.05");
        Assert.Equal((int)ExitCode.Success, measured.ExitCode);
        Assert.InRange(measured.Json.GetProperty("nmse").GetDouble(), 0, 0.05);
        Assert.NotEmpty(measured.Json.GetProperty("worst").EnumerateArray());

        Outcome run = Workplace.Run("run", surrogate, "a=0.5", "x=1", "y=-0.25", "--json");
        Assert.InRange(run.Json.GetProperty("return").GetDouble(), -0.25, 0.75);
    }

    [Fact]
    public void Every_verb_with_json_writes_nothing_but_json_to_standard_output()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s.surrogate"];
        Workplace.Run("compile", source, "-o", surrogate, "--init", "random", "--model", _work.Model);
        string[][] lines =
        [
            ["compile", source, "-o", surrogate, "--init", "random", "--model", _work.Model, "--json"], ["inspect", surrogate, "--json"],
            ["inspect", _work.Model, "--json"], ["tokens", source, "--json"], ["graph", source, "--json"], ["doctor", "--json"], ["eval", surrogate, "--samples", "64", "--json"],
        ];
        Assert.All(lines, line => JsonDocument.Parse(Workplace.Run(line).Output));
    }

    private const string Diverging = """
        double diverge(double x) { double v = x; for (int i = 0; i < 9; i++) v = v * v * v * 3 + 1; return v; }
        """;

    private const string Wide = """
        #include <math.h>
        #pragma nsc input(x, 0, 30)
        double wide(double x) { return exp(x); }
        """;

    [Fact]
    public void A_function_that_diverges_over_its_ranges_is_refused_and_nothing_is_written()
    {
        Outcome refused = Workplace.Run("compile", _work.Write("diverge.c", Diverging), "-o", _work["d.surrogate"], "--model", _work.Model);
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("the output 'return' of 'diverge' grows beyond all bounds", refused.Error, StringComparison.Ordinal);
        Assert.Contains("[diverges]", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_work["d.surrogate"]));
    }

    [Fact]
    public void Of_all_functions_of_a_file_one_that_diverges_is_passed_over()
    {
        string source = _work.Write("both.c", Diverging + "\n" + Saxpy);
        Outcome passed = Workplace.Run("compile", source, "--all", "-o", _work["both"], "--model", _work.Model);
        Assert.Equal(0, passed.ExitCode);
        Assert.Contains("[diverges]", passed.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_work["both/diverge.surrogate"]));
    }

    [Fact]
    public void Outputs_of_many_orders_of_magnitude_are_warned_of_in_words_and_in_json()
    {
        string[] line = ["compile", _work.Write("wide.c", Wide), "-o", _work["w.surrogate"], "--model", _work.Model];
        Outcome said = Workplace.Run(line), json = Workplace.Run([.. line, "--json"]);
        Assert.Equal(0, said.ExitCode);
        Assert.Contains("warning: the output 'return' of 'wide' covers 8 orders of magnitude", said.Error, StringComparison.Ordinal);
        Assert.Contains("covers 8 orders", json.Json.GetProperty("warnings")[0].GetString()!, StringComparison.Ordinal);
        Assert.DoesNotContain("exact", said.Output + Workplace.Run("inspect", _work["w.surrogate"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_show_what_the_verbs_say()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["saxpy.surrogate"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model, "--report", _work["compile.html"]);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--samples", "64", "--steps", "100", "--json", "--report", _work["tune.html"]);
        Outcome measured = Workplace.Run("eval", surrogate, "--samples", "300", "--json", "--report", _work["eval.html"]);
        Assert.Contains("computes what the program does; how well the network mimics it is measured by nsc eval", File.ReadAllText(_work["compile.html"]), StringComparison.Ordinal);
        Assert.Contains(
            $"estimated NMSE {tuned.Json.GetProperty("estimatedNmse").GetDouble():G3}", File.ReadAllText(_work["tune.html"]), StringComparison.Ordinal);
        string html = File.ReadAllText(_work["eval.html"]);
        Assert.Contains($"NMSE {measured.Json.GetProperty("nmse").GetDouble():G3} on 300 samples", html, StringComparison.Ordinal);
        Assert.Contains("Error of return along the inputs", html, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\bNaN\b", html);
    }

    [Fact]
    public void The_same_command_gives_the_same_bytes()
    {
        string source = _work.Write("saxpy.c", Saxpy);
        foreach (string name in (string[])["one", "two"])
        {
            Assert.Equal(0, Workplace.Run("compile", source, "-o", _work[name], "--model", _work.Model).ExitCode);
            Assert.Equal(0, Workplace.Run("finetune", _work[name], "--samples", "32", "--steps", "50").ExitCode);
        }

        Assert.Equal(File.ReadAllBytes(_work["one"]), File.ReadAllBytes(_work["two"]));
    }

    [Fact]
    public void A_refused_program_writes_nothing_and_shows_every_reason()
    {
        string source = _work.Write("bad.c", "#include <stdio.h>\ndouble calls(double x);\ndouble f(double x) { return calls(x) + printf(\"%f\", x); }\n");
        Outcome outcome = Workplace.Run("compile", source, "-o", _work["bad.surrogate"], "--model", _work.Model, "--json");
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains("bad.c:3:", outcome.Error);
        Assert.Contains("printf", outcome.Error);
        Assert.Contains("calls", outcome.Error);
        Assert.False(File.Exists(_work["bad.surrogate"]));
    }

    [Fact]
    public void Several_functions_go_to_a_directory_and_come_back_as_an_array()
    {
        string source = _work.Write("two.c", "double f(double x) { return x * x; }\ndouble g(double x) { return -x; }\n");
        Outcome outcome = Workplace.Run("compile", source, "--function", "f", "--function", "g", "-o", _work["out"], "--model", _work.Model, "--json");
        Assert.Equal(["f", "g"], outcome.Json.EnumerateArray().Select(e => e.GetProperty("function").GetString()));
        Assert.True(File.Exists(Path.Combine(_work["out"], "f.surrogate")));
        Assert.True(File.Exists(Path.Combine(_work["out"], "g.surrogate")));
    }

    [Fact]
    public void A_range_on_the_command_line_wins_over_the_files_pragma()
    {
        string source = _work.Write("saxpy.c", Saxpy);
        Outcome outcome = Workplace.Run("compile", source, "-o", _work["s"], "--model", _work.Model, "--range", "x=3:4", "--json");
        Assert.Equal(3, outcome.Json.GetProperty("inputs")[1].GetProperty("low").GetDouble());
    }

    [Theory]
    [InlineData(ExitCode.Usage, "compile")]
    [InlineData(ExitCode.Usage, "frobnicate")]
    [InlineData(ExitCode.Usage, "compile", "x.c", "-o", "y", "--range", "x=2:1")]
    [InlineData(ExitCode.Usage, "compile", "x.c", "-o", "y", "--init", "magic")]
    [InlineData(ExitCode.Usage, "finetune", "x", "--steps", "-1")]
    [InlineData(ExitCode.Usage, "finetune", "x", "--optimizer", "sgd")]
    [InlineData(ExitCode.Usage, "finetune", "x", "--engine", "torch", "--optimizer", "lm")]
    [InlineData(ExitCode.Usage, "bench", "peers", "--samples", "0,8")]
    [InlineData(ExitCode.Usage, "bench", "peers", "--only", "oracle")]
    [InlineData(ExitCode.Usage, "bench", "adapt", "--rows", "3")]
    [InlineData(ExitCode.Usage, "bench", "engines", "--samples", "0,8")]
    [InlineData(ExitCode.Usage, "bench", "data", "--programs", ".", "--held-out-half", "--training-half")]
    [InlineData(ExitCode.Usage, "bench", "data", "--programs", ".", "--arms", "dataflow+magic")]
    [InlineData(ExitCode.Usage, "bench", "data", "--programs", ".", "--arms", "dataflow,dataflow")]
    [InlineData(ExitCode.Usage, "bench", "invariance", "--programs", ".", "--arms", "dataflow+calibration")]
    [InlineData(ExitCode.Usage, "train-compnet", "-o", "y", "--heads", "3")]
    [InlineData(ExitCode.Usage, "train-compnet", "-o", "y", "--log-weight", "-1")]
    [InlineData(ExitCode.Usage, "train-compnet", "-o", "y", "--fine-tuned-weight", "-1")]
    [InlineData(ExitCode.Usage, "train-compnet", "-o", "y", "--samples", "15")]
    [InlineData(ExitCode.Usage, "export", "x", "--precision", "quadruple")]
    [InlineData(ExitCode.Usage, "average", "x", "y", "-o", "z", "--share", "1.5")]
    [InlineData(ExitCode.Refused, "average", "no-such.safetensors", "y", "-o", "z")]
    [InlineData(ExitCode.Refused, "compile", "no-such-file.c", "-o", "y")]
    [InlineData(ExitCode.Refused, "eval", "no-such.surrogate")]
    [InlineData(ExitCode.Refused, "inspect", "no-such.surrogate")]
    [InlineData(ExitCode.Success, "--help")]
    [InlineData(ExitCode.Success, "--version")]
    public void Exit_codes_tell_what_went_wrong(ExitCode expected, params string[] arguments) =>
        Assert.Equal((int)expected, Workplace.Run(arguments).ExitCode);

    [Fact]
    public void A_command_line_that_makes_no_sense_is_answered_on_standard_error_with_a_hint()
    {
        Outcome outcome = Workplace.Run("compile", "x.c");
        Assert.Empty(outcome.Output);
        Assert.Contains("--output", outcome.Error);
        Assert.Contains("hint: nsc --help", outcome.Error);
    }

    [Fact]
    public void A_missing_model_is_told_apart_from_bad_input()
    {
        string source = _work.Write("saxpy.c", Saxpy);
        Outcome outcome = Workplace.Run("compile", source, "-o", _work["s"], "--model", _work["none.safetensors"]);
        Assert.Equal((int)ExitCode.Missing, outcome.ExitCode);
        Assert.Contains("--model", outcome.Error);
    }

    [Fact]
    public void A_missed_quality_bound_has_an_exit_code_of_its_own()
    {
        string source = _work.Write("saxpy.c", Saxpy);
        Workplace.Run("compile", source, "-o", _work["s"], "--init", "random", "--model", _work.Model);
        Assert.Equal((int)ExitCode.QualityMissed, Workplace.Run("eval", _work["s"], "--samples", "64", "--max-nmse", "1e-9").ExitCode);
    }

    [Fact]
    public void Run_takes_tables_and_says_when_inputs_leave_their_range()
    {
        string source = _work.Write("saxpy.c", Saxpy), table = _work.Write("in.csv", "y,a,x\n0,0.5,1\n0.5,0,9\n");
        Workplace.Run("compile", source, "-o", _work["s"], "--model", _work.Model);
        Outcome outcome = Workplace.Run("run", _work["s"], "--input", table);
        Assert.Equal(3, outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("return\n", outcome.Output);
        Assert.Contains("x is outside [-2, 2] in 1 of 2 rows", outcome.Error);
    }

    [Theory]
    [InlineData("a,x\n1,2\n", "no column 'y'")]
    [InlineData("a,x,y\n1,2,zebra\n", "'zebra' is not a finite number")]
    [InlineData("a,x,y\n1,2,nan\n", "is not a finite number")]
    [InlineData("a,x,y\n1,2\n", "2 cells")]
    [InlineData("", "is empty")]
    [InlineData("a,a,y\n1,2,3\n", "appears twice")]
    public void A_bad_table_is_refused_with_its_reason(string text, string reason)
    {
        string source = _work.Write("saxpy.c", Saxpy), table = _work.Write("bad.csv", text);
        Workplace.Run("compile", source, "-o", _work["s"], "--model", _work.Model);
        Outcome outcome = Workplace.Run("run", _work["s"], "--input", table);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
    }

    [Fact]
    public void Finetune_adapts_to_a_users_file()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model);
        var random = new Random(1);
        string rows = string.Concat(Enumerable.Range(0, 60).Select(_ =>
        {
            double a = random.NextDouble(), x = random.NextDouble(), y = random.NextDouble();
            return FormattableString.Invariant($"{a},{x},{y},{3 * a}\n");
        }));
        string table = _work.Write("measured.csv", "a,x,y,return\n" + rows);
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--data", table).ExitCode);
        Assert.Equal(0, Workplace.Run("eval", surrogate, "--data", table, "--max-nmse", "0.05").ExitCode);
    }

    [Fact]
    public void Finetune_writes_only_what_keeps_the_bound()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model);
        byte[] before = File.ReadAllBytes(surrogate);
        Outcome missed = Workplace.Run("finetune", surrogate, "--max-error", "1e-9", "--json");
        Assert.Equal((int)ExitCode.QualityMissed, missed.ExitCode);
        Assert.Contains("is not bounded by 1E-09", missed.Error);
        Assert.Equal(JsonValueKind.Null, missed.Json.GetProperty("path").ValueKind);
        Assert.Equal(before, File.ReadAllBytes(surrogate));

        Outcome forced = Workplace.Run("finetune", surrogate, "--max-error", "1e-9", "--force", "-o", _work["forced"]);
        Assert.Equal(0, forced.ExitCode);
        Assert.Contains("--force", forced.Error);
        Assert.True(File.Exists(_work["forced"]));

        Outcome kept = Workplace.Run("finetune", surrogate, "--samples", "512", "--max-error", "2", "--rate", "0.02", "--json");
        Assert.Equal(0, kept.ExitCode);
        JsonElement heldOut = kept.Json.GetProperty("heldOut"), bound = heldOut.GetProperty("bounds")[0];
        Assert.InRange(bound.GetProperty("maxError").GetDouble(), 0, 2);
        Assert.Equal(0.02, bound.GetProperty("rate").GetDouble());
        Assert.True(heldOut.GetProperty("nmseAfter").GetDouble() < heldOut.GetProperty("nmseBefore").GetDouble());
    }

    [Fact]
    public void Rows_of_a_file_are_held_out_and_measured_before_and_after()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model);
        string table = _work.Write("measured.csv", Table(50));
        Outcome tuned = Workplace.Run("finetune", surrogate, "--data", table, "--json");
        Assert.Equal(40, tuned.Json.GetProperty("samples").GetInt32());
        Assert.Equal(10, tuned.Json.GetProperty("heldOut").GetProperty("samples").GetInt32());
        Assert.Equal(50, Workplace.Run("finetune", surrogate, "--data", table, "--held-out", "0", "--json").Json.GetProperty("samples").GetInt32());
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("finetune", surrogate, "--data", table, "--held-out", "51").ExitCode);
    }

    [Fact]
    public async Task A_parquet_file_is_matched_by_its_columns_names()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"], table = _work["measured.parquet"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model);
        await WriteAsync(table, Enumerable.Range(0, 200).Select(i => new Measured { y = i % 7, x = i % 3 / 2f, @return = 3 * (i % 11) / 10.0, a = i % 11 / 10m, note = "by hand" }));
        Outcome tuned = Workplace.Run("finetune", surrogate, "--data", table, "--json");
        Assert.Equal(0, tuned.ExitCode);
        Assert.Equal(160, tuned.Json.GetProperty("samples").GetInt32());
        Assert.InRange(tuned.Json.GetProperty("heldOut").GetProperty("nmseAfter").GetDouble(), 0, 0.05);

        await WriteAsync(table, [new Measured { x = 1 }, new Measured { x = null }]);
        Assert.Contains("row 2: column 'x' is empty", Workplace.Run("eval", surrogate, "--data", table).Error);
        await WriteAsync(table, [new Measured { x = float.NaN }]);
        Assert.Contains("row 1: column 'x' is not a finite number", Workplace.Run("eval", surrogate, "--data", table).Error);
        await WriteAsync(table, [new Worded { a = "one" }]);
        Assert.Contains("column 'a' holds text, not numbers", Workplace.Run("eval", surrogate, "--data", table).Error);
        File.WriteAllText(table, "PAR1 this is none PAR1");
        Outcome damaged = Workplace.Run("eval", surrogate, "--data", table);
        Assert.Equal((int)ExitCode.Refused, damaged.ExitCode);
        Assert.Contains("is not a usable Parquet file", damaged.Error);
    }

    [Fact]
    public void Export_writes_only_what_keeps_the_bound_and_a_second_surrogate_helps()
    {
        string source = _work.Write("saxpy.c", Saxpy), first = _work["a"], second = _work["b"], exported = _work["f.c"];
        foreach ((string surrogate, string seed) in new[] { (first, "1"), (second, "2") })
        {
            Workplace.Run("compile", source, "-o", surrogate, "--init", "random", "--seed", seed, "--model", _work.Model);
            Workplace.Run("finetune", surrogate, "--samples", "512", "--seed", seed, "--optimizer", "adam");
        }

        Outcome alone = Workplace.Run("export", first, "--guard", "--json", "-o", exported, "--max-error", "0.05");
        Assert.Equal((int)ExitCode.QualityMissed, alone.ExitCode);
        Assert.False(File.Exists(exported));
        Outcome both = Workplace.Run("export", first, "--guard", "--second", second, "--json", "-o", exported, "--max-error", "0.05");
        Assert.Equal(0, both.ExitCode);
        JsonElement error = both.Json.GetProperty("error");
        Assert.InRange(error.GetProperty("bounds")[0].GetProperty("maxError").GetDouble(), 0, 0.05);
        Assert.InRange(error.GetProperty("fallbacks").GetInt32(), 1, error.GetProperty("samples").GetInt32() - 1);
        Assert.Contains("confidence", File.ReadAllText(exported));
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("export", first, "--guard", "--second", second, "-o", exported).ExitCode);
    }

    [Fact]
    public void Average_lies_between_two_networks_and_says_which()
    {
        CompNetCheckpoint start = CompNetCheckpoint.Load(_work.Model);
        CompNetCheckpoint end = start with { Tensors = [.. start.Tensors.Select(t => t with { Values = [.. t.Values.Select(v => v + 2)] })] };
        (string other, string result, string wider) = (_work["end.safetensors"], _work["mean.safetensors"], _work["wider.safetensors"]);
        end.Save(other);
        Assert.Equal(0, Workplace.Run("average", _work.Model, other, "--share", "0.25", "-o", result).ExitCode);
        CompNetCheckpoint mean = CompNetCheckpoint.Load(result);
        Assert.Equal(start.Tensors[0].Values.Select(v => v + 0.5f), mean.Tensors[0].Values, (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Contains("0.75 of ", mean.Notes["average"]);
        Assert.Equal(0, Workplace.Run("compile", _work.Write("saxpy.c", Saxpy), "-o", _work["s"], "--model", result).ExitCode);

        (end with { Shape = end.Shape with { Heads = end.Shape.Heads * 2 } }).Save(wider);
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("average", _work.Model, wider, "-o", _work["none.safetensors"]).ExitCode);
        Assert.False(File.Exists(_work["none.safetensors"]));
    }

    [Theory]
    [InlineData("single", "float u[3]")]
    [InlineData("double", "double u[3]")]
    public void Export_computes_in_the_precision_that_is_asked_for(string precision, string declaration)
    {
        string surrogate = _work["s"], exported = _work["f.c"];
        Workplace.Run("compile", _work.Write("saxpy.c", Saxpy), "-o", surrogate, "--model", _work.Model);
        Outcome outcome = Workplace.Run("export", surrogate, "--precision", precision, "--json", "-o", exported);
        Assert.Equal(precision, outcome.Json.GetProperty("precision").GetString());
        Assert.Contains(declaration, File.ReadAllText(exported));
    }

    [Fact]
    public void Finetune_refuses_constant_outputs_and_too_few_samples()
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"];
        Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model);
        byte[] before = File.ReadAllBytes(surrogate);
        string constant = _work.Write("c.csv", "a,x,y,return\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"0.{i},0,0,5\n")));
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("finetune", surrogate, "--data", constant).ExitCode);
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("finetune", surrogate, "--samples", "3").ExitCode);
        Assert.Equal(before, File.ReadAllBytes(surrogate));
    }

    [Theory]
    [InlineData("int system(const char *);\n# 3\ndouble saxpy(double a, double x, double y) { return system(\"touch /tmp/owned\") + a * x + y; }\n", "system")]
    [InlineData("#include <stdlib.h>\ndouble saxpy(double a, double x, double y) { return a * x + y; }\n", "the unit has")]
    [InlineData("# 1 \"x\" 1 3\nint system(const char *);\ndouble saxpy(double a, double x, double y) { return system(\"touch /tmp/owned\") + a * x + y; }\n", "the unit has")]
    [InlineData("double saxpy(double a, double x, double y) { return a * x + y; }\n_Pragma(\"weak saxpy\")\n", "the unit has")]
    [InlineData("static void g(void) { __asm__(\".incbin \\\"/etc/hostname\\\"\"); }\ndouble saxpy(double a, double x, double y) { return sizeof(g()) + a * x + y; }\n", "assembly")]
    public void A_surrogate_whose_stored_program_is_hostile_is_not_executed(string hostile, string reason)
    {
        string source = _work.Write("saxpy.c", Saxpy), surrogate = _work["s"];
        Workplace.Run("compile", source, "-o", surrogate, "--init", "random", "--model", _work.Model);
        Nsc.Core.Surrogates.Surrogate loaded = Nsc.Core.Surrogates.SurrogateFile.Load(surrogate);
        Nsc.Core.Surrogates.SurrogateFile.Save(surrogate, loaded with
        {
            Program = loaded.Program with { Source = hostile },
            Provenance = loaded.Provenance with { SourceHash = Nsc.Core.Surrogates.Provenance.HashOf(hostile) },
        });
        Outcome outcome = Workplace.Run("eval", surrogate);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error);
        Assert.False(File.Exists("/tmp/owned"));
    }

    [Fact]
    public void Graph_writes_text_and_dot()
    {
        string source = _work.Write("saxpy.c", Saxpy);
        Assert.Contains("return <- %", Workplace.Run("graph", source).Output);
        string dot = Workplace.Run("graph", source, "--dot").Output;
        Assert.StartsWith("digraph \"saxpy\" {", dot);
        Assert.Contains("Multiply", dot);
    }

    [Fact]
    public void A_graph_that_agrees_with_the_program_is_said_to()
    {
        string source = _work.Write("rounded.c", "double rounded(double x) { double m = 6755399441055744.0; return (x + m) - m; }\n");
        Outcome text = Workplace.Run("graph", source, "--check", "100"), json = Workplace.Run("graph", source, "--check", "100", "--json");
        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("graph and program agree, bit for bit, on all 1", text.Output);
        Assert.True(json.Json.GetProperty("check").GetProperty("agrees").GetBoolean());
        Assert.InRange(json.Json.GetProperty("check").GetProperty("compared").GetInt32(), 101, 200);
    }

    [Fact]
    public void An_approximate_graph_s_worst_disagreement_is_shown_with_its_inputs_and_is_no_failure()
    {
        string source = _work.Write("cut.c", "double cut(double x) { double s = 0; while (s < x * 1e9) s = s * 1.01 + 1; return s; }\n");
        Outcome text = Workplace.Run("graph", source, "--check", "100"), json = Workplace.Run("graph", source, "--check", "100", "--json");
        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains("graph and program disagree on ", text.Output);
        Assert.Contains("worst: x = ", text.Output);
        Assert.Contains("the graph says that it is approximate", text.Output);
        Assert.True(json.Json.GetProperty("check").GetProperty("worst").GetProperty("inputs").TryGetProperty("x", out _));
    }

    [Fact]
    public void What_several_phases_look_at_is_said_once()
    {
        string source = _work.Write("contract.c", "#pragma STDC FP_CONTRACT ON\ndouble f(double x) { return x * x + 1; }\n");
        Assert.Equal(2, Workplace.Run("graph", source, "--check", "10").Error.Split("[arithmetic-pragma]").Length);
    }

    [Fact]
    public void A_count_without_a_limit_shows_no_limit() => Assert.DoesNotContain("2147483647", Workplace.Run("bench", "data", "--help").Output);

    [Theory]
    [InlineData("0")]
    [InlineData("2147483647")]
    public void A_check_on_no_inputs_or_too_many_is_a_usage_error(string count) =>
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("graph", _work.Write("saxpy.c", Saxpy), "--check", count).ExitCode);

    // Rows of saxpy itself.
    private static string Table(int rows)
    {
        var random = new Random(1);
        return "a,x,y,return\n" + string.Concat(Enumerable.Range(0, rows).Select(_ =>
        {
            double a = random.NextDouble(), x = random.NextDouble(), y = random.NextDouble();
            return FormattableString.Invariant($"{a},{x},{y},{(a * x) + y}\n");
        }));
    }

    private static async Task WriteAsync<T>(string path, IEnumerable<T> rows)
        where T : class, new()
    {
        await using FileStream stream = File.Create(path);
        await ParquetSerializer.SerializeAsync([.. rows], stream, cancellationToken: TestContext.Current.CancellationToken);
    }

    private sealed class Measured
    {
        public int y { get; set; }

        public decimal a { get; set; }

        public string? note { get; set; }

        public float? x { get; set; }

        public double @return { get; set; }
    }

    private sealed class Worded
    {
        public string a { get; set; } = "";

        public double x { get; set; }

        public double y { get; set; }

        public double @return { get; set; }
    }
}
