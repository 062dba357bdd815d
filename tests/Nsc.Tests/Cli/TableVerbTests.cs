// Users' tables through the verbs: every one that takes rows reads them alike, and says what it found.

using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Cli;

public sealed class TableVerbTests : IDisposable
{
    private const string Mixed = """
        #include <math.h>
        #pragma nsc input(x, 0, 8)
        #pragma nsc input(n, 0, 9)
        void mixed(double x, int n, double *out, double *level) { *out = sin(x) + n; *level = 5; }

        """;

    private readonly Workplace _work = new();

    public TableVerbTests() => Assert.Equal(0, Workplace.Run("compile", _work.Write("mixed.c", Mixed), "-o", _work["s"], "--model", _work.Model).ExitCode);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_verb_that_takes_rows_reads_them_alike()
    {
        string usual = Table("usual.csv", 40, "x,n,out,level", ','), odd = Table("odd.csv", 40, "when;x;n;heat;level;when", ';', isOdd: true);
        string[] renamed = ["--rename", "out=heat"], said = ["'odd.csv': separated by semicolons, decimal commas"];
        Outcome tuned = Same(["finetune", _work["s"], "--data", usual, "-o", _work["t"], "--json"], ["finetune", _work["s"], "--data", odd, "-o", _work["t2"], "--json", .. renamed], said, ("t2", "t"));
        Assert.Equal(32, tuned.Json.GetProperty("samples").GetInt32());
        Same(["eval", _work["s"], "--data", usual], ["eval", _work["s"], "--data", odd, .. renamed], said, ("odd", "usual"));
        Same(["export", _work["s"], "--data", usual, "--max-error", "100", "--rate", "0.3", "-o", _work["e.c"]], ["export", _work["s"], "--data", odd, "--max-error", "100", "--rate", "0.3", "-o", _work["e2.c"], .. renamed], said, ("e2", "e"), ("odd", "usual"));
        Same(["tune", _work["s"], "--maximize", "out", "--calls", "20", "--data", usual], ["tune", _work["s"], "--maximize", "out", "--calls", "20", "--data", odd, .. renamed], said);
        Same(["run", _work["s"], "--input", usual], ["run", _work["s"], "--input", odd], said);
        Same(["sample", _work["mixed.c"], "--inputs", usual, "-o", "-"], ["sample", _work["mixed.c"], "--inputs", odd, "-o", "-"], said);
        Same(["eval", _work["s"], "--inputs", usual], ["eval", _work["s"], "--inputs", odd], said, ("odd", "usual"));
    }

    [Fact]
    public void Standard_input_may_be_in_utf_16_and_gzipped()
    {
        string text = File.ReadAllText(Table("usual.csv", 30, "x;n;out;level", ';', isOdd: true));
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)];
        File.WriteAllBytes(_work["u16"], bytes);
        using (var zip = new GZipStream(File.Create(_work["u16.gz"]), CompressionMode.Compress))
        {
            zip.Write(bytes);
        }

        string expected = Workplace.Run("eval", _work["s"], "--data", _work["usual.csv"], "--json").Output;
        Assert.Equal(expected, Workplace.Run("eval", _work["s"], "--data", _work["u16.gz"], "--json").Output);
        foreach (string file in (string[])["u16", "u16.gz"])
        {
            (int code, string output, string error) = Fed(_work[file], "eval", _work["s"], "--data", "-", "--json");
            Assert.Equal((0, expected), (code, output));
            Assert.Contains("'standard input': separated by semicolons, decimal commas", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_are_drawn_at_random_and_the_same_for_a_seed()
    {
        // The first half is another function: who takes the first rows learns nothing of it.
        string table = _work.Write("sorted.csv", "x,n,out,level\n" + string.Concat(Enumerable.Range(0, 4000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{8.0 * i / 4000},{i % 10},{i},5\n"))));
        double Mean(params string[] more)
        {
            Outcome sampled = Workplace.Run(["sample", _work["mixed.c"], "--inputs", table, "-n", "200", "-o", "-", .. more]);
            double[] x = [.. sampled.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => double.Parse(line.Split(',')[0], CultureInfo.InvariantCulture))];
            Assert.Equal(200, x.Length);
            Assert.Equal(x.Order(), x); // In the file's order.
            return x.Average();
        }

        Assert.InRange(Mean(), 3, 5);
        Assert.Equal(Mean(), Mean());
        Assert.NotEqual(Mean(), Mean("--seed", "2"));
        Outcome all = Workplace.Run("eval", _work["s"], "--data", table, "--json"), some = Workplace.Run("eval", _work["s"], "--data", table, "--samples", "400", "--json");
        Assert.Equal((4000, 400), (all.Json.GetProperty("samples").GetInt32(), some.Json.GetProperty("samples").GetInt32()));
        (double whole, double part) = (all.Json.GetProperty("outputs")[0].GetProperty("mse").GetDouble(), some.Json.GetProperty("outputs")[0].GetProperty("mse").GetDouble());
        Assert.InRange(part / whole, 0.7, 1.4);
        Outcome few = Workplace.Run("eval", _work["s"], "--data", table, "--samples", "4001");
        Assert.Equal((int)ExitCode.Refused, few.ExitCode);
        Assert.Contains("has 4000 samples, not 4001", few.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_output_of_several_is_that_constant_everywhere()
    {
        string table = Table("usual.csv", 40, "x,n,out,level", ',');
        Outcome tuned = Workplace.Run("finetune", _work["s"], "--data", table, "-o", _work["t"]);
        Assert.True(tuned.ExitCode == 0, tuned.Error);
        Assert.Contains("level is 5 on all samples: it is learned as that constant", tuned.Error, StringComparison.Ordinal);
        Assert.Equal(0, Workplace.Run("eval", _work["t"], "--data", table).ExitCode);
        Assert.Equal(0, Workplace.Run("finetune", _work["s"], "--inputs", table, "-o", _work["u"]).ExitCode);
        Assert.Equal(5, Workplace.Run("run", _work["t"], "x=1", "n=3", "--json").Json.GetProperty("level").GetDouble());
        Assert.Equal(0, Workplace.Run("tune", _work["t"], "--maximize", "out", "--data", table, "--calls", "20").ExitCode);
        foreach (string format in (string[])["c", "csharp", "onnx", "fortran"])
        {
            Outcome exported = Workplace.Run("export", _work["t"], "--format", format, "-o", _work["e." + format]);
            Assert.True(exported.ExitCode == 0, exported.Error);
        }

        Assert.Equal("5", Answer("e.c"));
        Outcome accelerated = Workplace.Run("accelerate", _work["mixed.c"], "-o", _work["a.c"], "--model", _work.Model, "--samples", "128", "--held-out", "256", "--max-error", "4", "--rate", "0.1", "--force");
        Assert.True(accelerated.ExitCode == 0, accelerated.Error);
    }

    [Fact]
    public void A_guard_believes_what_the_rows_cover_and_asks_the_program_elsewhere()
    {
        string table = Table("usual.csv", 40, "x,n,out,level", ','); // x from 1 to 2.95 of 0 to 8.
        Assert.Equal(0, Workplace.Run("finetune", _work["s"], "--data", table, "--held-out", "0", "-o", _work["t"]).ExitCode);
        Assert.Contains("x (double) in [0, 8], trained on rows in [1, 2.95]", Workplace.Run("inspect", _work["t"]).Output, StringComparison.Ordinal);
        Assert.Contains("x is outside [1, 2.95] in 1 of 1 rows", Workplace.Run("run", _work["t"], "x=6", "n=3").Error, StringComparison.Ordinal);
        Assert.Equal(0, Workplace.Run("export", _work["t"], "--guard", "-o", _work["g.c"]).ExitCode);
        string guarded = File.ReadAllText(_work["g.c"]);
        Assert.Contains("mixed_surrogate_within(in + 0, 1.0, 2.95)", guarded, StringComparison.Ordinal);

        // Drawn samples cover the ranges, and so do these and rows together.
        Assert.Equal(0, Workplace.Run("finetune", _work["s"], "-o", _work["d"]).ExitCode);
        Assert.DoesNotContain("trained on rows", Workplace.Run("inspect", _work["d"]).Output, StringComparison.Ordinal);
        Assert.Equal(0, Workplace.Run("finetune", _work["d"], "--data", table, "--held-out", "0", "-o", _work["both"]).ExitCode);
        Assert.DoesNotContain("trained on rows", Workplace.Run("inspect", _work["both"]).Output, StringComparison.Ordinal);

        // Rows and more rows.
        string more = _work.Write("more.csv", "x,n,out,level\n" + string.Concat(Enumerable.Range(0, 20).Select(i => string.Create(CultureInfo.InvariantCulture, $"{5 + (0.1 * i)},{i % 3},{i},5\n"))));
        Assert.Equal(0, Workplace.Run("finetune", _work["t"], "--data", more, "--held-out", "0", "-o", _work["m"]).ExitCode);
        Assert.Contains("trained on rows in [1, 6.9]", Workplace.Run("inspect", _work["m"]).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Fractions_for_an_integer_are_said()
    {
        string table = _work.Write("f.csv", "x,n,out,level\n1,2,3,5\n1,2.5,3,5\n2,0.25,3,5\n");
        Assert.Contains("'n' is of the type int, and has a fraction in 2 of 3 rows of 'f.csv', such as 2.5", Workplace.Run("eval", _work["s"], "--data", table).Error, StringComparison.Ordinal);
        Assert.Contains("'n' is of the type int, and has a fraction in 1 of 1 rows of 'INPUT=VALUE', such as 2.5", Workplace.Run("run", _work["s"], "x=1", "n=2.5").Error, StringComparison.Ordinal);
        Outcome refused = Workplace.Run("eval", _work["s"], "--inputs", table);
        Assert.Contains("'n' is 2.5, which is no int", refused.Error, StringComparison.Ordinal);
        Assert.Equal((int)ExitCode.Refused, refused.ExitCode);
    }

    [Theory]
    [InlineData("--separator x: expected comma, semicolon", "--separator", "x")]
    [InlineData("'mixed' has no input or output 'heat'; it has x, n, out, level", "--rename", "heat=out")]
    [InlineData("--rename out: expected NAME=COLUMN", "--rename", "out")]
    [InlineData("--rename out=b: expected NAME=COLUMN, each NAME once", "--rename", "out=a", "--rename", "out=b")]
    public void Options_about_tables_that_make_no_sense_are_refused(string reason, params string[] options)
    {
        Outcome outcome = Workplace.Run(["eval", _work["s"], "--data", Table("usual.csv", 5, "x,n,out,level", ','), .. options]);
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
    }

    // The same results, but for names, and that is said which is not usual.
    private static Outcome Same(string[] usual, string[] odd, string[] said, params (string Odd, string Usual)[] names)
    {
        Outcome expected = Workplace.Run(usual), actual = Workplace.Run(odd);
        Assert.True(expected.ExitCode == 0, expected.Error);
        Assert.True(actual.ExitCode == 0, actual.Error);
        string output = names.Aggregate(actual.Output, (text, name) => text.Replace(name.Odd, name.Usual, StringComparison.Ordinal));
        Assert.Equal(WithoutTime(expected.Output), WithoutTime(output));
        Assert.All(said, line => Assert.Contains(line, actual.Error, StringComparison.Ordinal));
        return actual;
    }

    private static string WithoutTime(string output) => string.Join('\n', output.Split('\n').Where(line => !line.Contains("elapsedMs", StringComparison.Ordinal)));

    // x goes from 1 in steps of 0.05.
    private string Table(string name, int rows, string header, char separator, bool isOdd = false)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = isOdd ? "," : ".";
        bool hasMore = header.StartsWith("when", StringComparison.Ordinal);
        return _work.Write(name, header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
        {
            double x = Math.Round(1 + (i * 0.05), 10);
            string row = string.Join(separator, [x.ToString(culture), $"{i * 7 % 10}", (Math.Sin(x) + (i * 7 % 10)).ToString(culture), "5"]);
            return hasMore ? $"8:00{separator}{row}{separator}\"\"\"a\"\"\"\n" : row + "\n";
        })));
    }

    private string Answer(string file)
    {
        File.AppendAllText(_work[file], "\n#include <stdio.h>\nint main(void) { double in[2] = {1, 3}, out[2]; mixed_surrogate(in, out); printf(\"%.17g\", out[1]); }\n");
        Assert.Equal(0, Started("cc", [_work[file], "-o", _work["a.out"], "-lm"], null).Code);
        return Started(_work["a.out"], [], null).Output;
    }

    private static (int Code, string Output, string Error) Fed(string file, params string[] arguments)
    {
        string[] nsc = OtherMachine.Nsc(arguments);
        return Started(nsc[0], nsc[1..], file);
    }

    private static (int Code, string Output, string Error) Started(string tool, string[] arguments, string? input)
    {
        using Process process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            using FileStream content = File.OpenRead(input);
            content.CopyTo(process.StandardInput.BaseStream);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, output.Result, error.Result);
    }
}
