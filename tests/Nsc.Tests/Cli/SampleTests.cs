using System.Globalization;
using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

/// <summary>Samples as a table, and the user's own inputs in place of drawn ones.</summary>
public sealed class SampleTests : IDisposable
{
    private const string Mixed = """
        #include <math.h>
        #pragma nsc input(x, 0.5, 2)
        #pragma nsc input(n, 0, 9)
        float mixed(double x, int n, double *half) { *half = x / 2; return (float)(log(x) + n); }
        """;

    private const string Half = "#include <math.h>\n#pragma nsc inputs(-1, 1)\ndouble half(double x, double y) { return sqrt(x) + y; }\n";
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("rows.csv", "sobol")]
    [InlineData("rows.parquet", "lhs")]
    [InlineData("rows.csv", "uniform")]
    [InlineData("rows.csv", "active")]
    public void What_is_sampled_is_what_finetune_reads(string name, string sampling)
    {
        (string source, string table, string surrogate) = (_work.Write("mixed.c", Mixed), _work[name], _work["mixed.surrogate"]);
        Outcome sampled = Workplace.Run("sample", source, "-n", "64", "--sampling", sampling, "-o", table, "--json");
        Assert.Equal(0, sampled.ExitCode);
        Assert.Equal((64, sampling), (sampled.Json.GetProperty("samples").GetInt32(), sampled.Json.GetProperty("sampling").GetString()));
        Assert.Equal(["x", "n"], sampled.Json.GetProperty("inputs").EnumerateArray().Select(i => i.GetString()));
        Assert.Equal(["return", "half"], sampled.Json.GetProperty("outputs").EnumerateArray().Select(i => i.GetString()));

        Assert.Equal(0, Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model).ExitCode);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--data", table, "--json");
        Assert.True(tuned.ExitCode == 0, tuned.Error);
        Assert.Equal(52, tuned.Json.GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Rows_are_the_programs_own_answers_and_a_surrogate_gives_the_same_rows_as_its_file()
    {
        (string source, string surrogate) = (_work.Write("mixed.c", Mixed), _work["mixed.surrogate"]);
        Assert.Equal(0, Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model).ExitCode);
        Outcome ofFile = Workplace.Run("sample", source, "-n", "50", "-o", "-"), ofSurrogate = Workplace.Run("sample", surrogate, "-n", "50", "-o", "-");
        Assert.Equal(ofFile.Output, ofSurrogate.Output);
        string[] lines = ofFile.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal((51, "x,n,return,half"), (lines.Length, lines[0]));
        Assert.All(lines.Skip(1).Select(Numbers), row =>
        {
            Assert.Equal(Math.Floor(row[1]), row[1]);
            Assert.Equal((float)(Math.Log(row[0]) + row[1]), row[2], 1e-6);
            Assert.Equal(row[0] / 2, row[3]);
        });
    }

    [Fact]
    public void Batches_go_around_inputs_on_which_the_program_fails_and_are_what_finetune_trains_on()
    {
        string source = _work.Write("half.c", Half), surrogate = _work["half.surrogate"];
        Outcome few = Workplace.Run("sample", source, "-n", "20", "--sampling", "active", "-o", "-"), more = Workplace.Run("sample", source, "-n", "30", "--sampling", "active", "-o", "-");
        Assert.Equal((0, 21, 31), (few.ExitCode, few.Output.Count(c => c == '\n'), more.Output.Count(c => c == '\n')));
        Assert.Single(few.Error.Split('\n'), line => line.Contains("left out", StringComparison.Ordinal));

        Assert.Equal(0, Workplace.Run("compile", source, "-o", surrogate).ExitCode);
        Assert.Equal(few.Output, Workplace.Run("sample", surrogate, "-n", "20", "--sampling", "active", "-o", "-").Output);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--samples", "20", "--sampling", "active", "--json");
        Assert.Equal((0, 20), (tuned.ExitCode, tuned.Json.GetProperty("samples").GetInt32()));
    }

    [Fact]
    public void Inputs_on_which_the_program_fails_are_left_out_and_said()
    {
        Outcome sampled = Workplace.Run("sample", _work.Write("half.c", Half), "-n", "40", "-o", _work["rows.csv"]);
        Assert.Equal(0, sampled.ExitCode);
        Assert.Contains("left out", sampled.Error, StringComparison.Ordinal);
        Assert.Equal(41, File.ReadAllLines(_work["rows.csv"]).Length);

        Outcome profiled = Workplace.Run("sample", _work["half.c"], "--inputs", _work.Write("mine.csv", "y,x,other\n0.5,0.25,1\n0,-0.5,2\n1,1,3\n"), "-o", "-");
        Assert.Equal("x,y,return\n0.25,0.5,1\n1,1,2\n", profiled.Output.ReplaceLineEndings("\n"));
        Assert.Contains("left out", profiled.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_and_bounds_are_those_of_a_profile()
    {
        string surrogate = _work["half.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write("half.c", Half.Replace("sqrt(x)", "sin(3 * x)", StringComparison.Ordinal)), "-o", surrogate, "--model", _work.Model).ExitCode);
        string profile = _work.Write("mine.csv", "x,y\n" + string.Join('\n', Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"{0.3 + (i % 20 * 0.005)},{0.1 * (i / 20) / 20}"))));
        Outcome tuned = Workplace.Run("finetune", surrogate, "--inputs", profile, "-o", _work["tuned"]);
        Assert.True(tuned.ExitCode == 0, tuned.Error);
        Assert.Contains("320 samples", tuned.Error, StringComparison.Ordinal);
        Assert.Contains("like the rows of 'mine.csv'", tuned.Error, StringComparison.Ordinal);

        Outcome text = Workplace.Run("eval", _work["tuned"], "--inputs", profile);
        Assert.Contains("80 samples", text.Output, StringComparison.Ordinal);
        Assert.Contains("distributed like the rows of 'mine.csv'", text.Output, StringComparison.Ordinal);
        Assert.Contains("were trained on", text.Error, StringComparison.Ordinal);
        JsonElement all = Workplace.Run("eval", surrogate, "--inputs", profile, "--samples", "100", "--json").Json;
        Assert.Equal(100, all.GetProperty("samples").GetInt32());
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("inputs.csv")]
    public void Rows_with_gaps_are_refused_or_skipped_and_rows_outside_are_said_or_taken_in(string name)
    {
        string surrogate = _work["mixed.surrogate"], option = name == "rows.csv" ? "--data" : "--inputs";
        Assert.Equal(0, Workplace.Run("compile", _work.Write("mixed.c", Mixed), "-o", surrogate, "--model", _work.Model).ExitCode);
        string table = _work.Write(name, "x,n,return,half\n" + string.Join('\n', Enumerable.Range(0, 40).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{0.5 + (i * 0.1)},{(i == 7 ? "NA" : i % 9)},{Math.Log(0.5 + (i * 0.1)) + (i % 9)},{0.25 + (i * 0.05)}"))));
        AssertFails(ExitCode.Refused, "'NA' is not a finite number", "finetune", surrogate, option, table);
        Outcome skipped = Workplace.Run("finetune", surrogate, option, table, "--missing", "skip", "-o", _work["skipped"]);
        Assert.True(skipped.ExitCode == 0, skipped.Error);
        Assert.Contains($"1 row of '{name}' has a missing cell and is left out", skipped.Error, StringComparison.Ordinal);
        Assert.Contains("x leaves [0.5, 2] in", skipped.Error, StringComparison.Ordinal);
        Outcome extended = Workplace.Run("finetune", surrogate, option, table, "--missing", "skip", "--extend-ranges", "-o", _work["extended"]);
        Assert.True(extended.ExitCode == 0, extended.Error);
        Assert.DoesNotContain("outside of the ranges", extended.Error, StringComparison.Ordinal);
        Assert.Equal(4.4, Workplace.Run("inspect", _work["extended"], "--json").Json.GetProperty("inputs")[0].GetProperty("high").GetDouble(), 1e-9);
        Assert.Equal(0, Workplace.Run("eval", _work["extended"]).ExitCode);
    }

    [Fact]
    public void A_column_says_how_much_rows_count()
    {
        string surrogate = _work["mixed.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write("mixed.c", Mixed), "-o", surrogate, "--model", _work.Model).ExitCode);
        string Table(string name, Func<int, string> weight, double spoilt) => _work.Write(name, "w,x,n,return,half\n" + string.Join('\n', Enumerable.Range(0, 60).Select(i => string.Create(
            CultureInfo.InvariantCulture, $"{weight(i)},{0.5 + (i * 0.02)},{i % 9},{Math.Log(0.5 + (i * 0.02)) + (i % 9) + (i % 4 == 0 ? spoilt : 0)},{0.25 + (i * 0.01)}"))));
        string good = Table("good.csv", _ => "1", 0), spoilt = Table("spoilt.csv", i => i % 4 == 0 ? "0" : "2.5", 50);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--data", spoilt, "--weights", "w", "--held-out", "0", "-o", _work["tuned"], "--json");
        Assert.True(tuned.ExitCode == 0, tuned.Error);
        Assert.Equal(45, tuned.Json.GetProperty("samples").GetInt32()); // What counts nothing is left out.
        Assert.InRange(Workplace.Run("eval", _work["tuned"], "--data", good, "--json").Json.GetProperty("nmse").GetDouble(), 0, 0.01);

        AssertFails(ExitCode.Refused, "has no column 'v'; it has w, x", "finetune", surrogate, "--data", good, "--weights", "v");
        AssertFails(ExitCode.Refused, "row 3: 'w' is -1; a weight must not be negative", "finetune", surrogate, "--data", Table("less.csv", i => i == 2 ? "-1" : "1", 0), "--weights", "w");
        AssertFails(ExitCode.Refused, "'NaN' is not a finite number", "finetune", surrogate, "--data", Table("none.csv", _ => "NaN", 0), "--weights", "w");
        AssertFails(ExitCode.Refused, "all weights in 'w' are 0", "finetune", surrogate, "--data", Table("zero.csv", _ => "0", 0), "--weights", "w");
        AssertFails(ExitCode.Usage, "--weights names a column of --data", "finetune", surrogate, "--weights", "w");
        AssertFails(ExitCode.Refused, "--optimizer lm", "finetune", surrogate, "--data", good, "--weights", "w", "--optimizer", "adam");
    }

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_reason()
    {
        (string source, string surrogate) = (_work.Write("mixed.c", Mixed), _work["mixed.surrogate"]);
        Assert.Equal(0, Workplace.Run("compile", source, "-o", surrogate, "--model", _work.Model).ExitCode);
        string profile = _work.Write("mine.csv", "x,n\n1,2\n1,2.5\n");
        AssertFails(ExitCode.Refused, "row 2: 'n' is 2.5, which is no int", "sample", source, "--inputs", profile, "-o", "-");
        AssertFails(ExitCode.Refused, "has 2 rows, not 3", "sample", source, "--inputs", profile, "-n", "3", "-o", "-");
        string gaps = _work.Write("gaps.csv", "x,n\n1,\n1,2\n");
        AssertFails(ExitCode.Refused, "'' is not a finite number", "sample", source, "--inputs", gaps, "-o", "-");
        Outcome skipped = Workplace.Run("sample", source, "--inputs", gaps, "--missing", "skip", "-o", "-");
        Assert.Equal(2, skipped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("1 row of 'gaps.csv' has a missing cell and is left out", skipped.Error, StringComparison.Ordinal);
        AssertFails(ExitCode.Refused, "has no column 'x'", "sample", source, "--inputs", _work.Write("other.csv", "n\n1\n"), "-o", "-");
        AssertFails(ExitCode.Usage, "--sampling sobol draws samples", "sample", source, "--inputs", profile, "--sampling", "sobol", "-o", "-");
        AssertFails(ExitCode.Usage, "is for C files", "sample", surrogate, "--range", "x=0:1", "-o", "-");
        AssertFails(ExitCode.Usage, "standard output", "sample", source, "-o", "-", "--json");
        AssertFails(ExitCode.Usage, "would overwrite FILE", "sample", source, "-o", source);
        AssertFails(ExitCode.Usage, "would overwrite --inputs", "sample", source, "--inputs", profile, "-o", profile);
        AssertFails(ExitCode.Usage, "at least 1", "sample", source, "-n", "0", "-o", "-");
        AssertFails(ExitCode.Usage, "exclude each other", "eval", surrogate, "--inputs", profile, "--data", profile);
    }

    private static void AssertFails(ExitCode code, string reason, params string[] arguments)
    {
        Outcome outcome = Workplace.Run(arguments);
        Assert.True(outcome.ExitCode == (int)code && outcome.Error.Contains(reason, StringComparison.Ordinal), $"{string.Join(' ', arguments)}: {outcome.ExitCode} {outcome.Error}");
    }

    private static double[] Numbers(string line) => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture));
}
