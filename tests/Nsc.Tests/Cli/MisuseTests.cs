// What users do by mistake, and what they are told.

using System.IO.Compression;
using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

public sealed class MisuseTests : IDisposable
{
    private const string Twice = "#pragma nsc input(n, 0, 10)\n#pragma nsc input(x, 0, 1)\ndouble twice(int n, double x) { return 2.0 * n + x; }\n";

    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("export @s -o @c")]
    [InlineData("finetune @s --samples 8 -o @c")]
    [InlineData("finetune @s --samples 8 --report @c")]
    [InlineData("eval @s --samples 16 --report @c")]
    public void The_file_that_was_compiled_is_not_overwritten(string line)
    {
        string surrogate = Compiled(Twice);
        Outcome outcome = Workplace.Run(line.Replace("@s", surrogate, StringComparison.Ordinal).Replace("@c", _work["f.c"], StringComparison.Ordinal).Split(' '));
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains($"would overwrite the file that was compiled, '{_work["f.c"]}'", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(Twice, File.ReadAllText(_work["f.c"]));
    }

    [Fact]
    public void Whole_numbers_are_whole_for_tune_too()
    {
        string surrogate = Compiled(Twice), rows = _work.Write("rows.csv", "n,return\n1.5,3\n2,4.5\n");
        Outcome fixedInput = Workplace.Run("tune", surrogate, "--maximize", "return", "--fix", "n=0.5");
        Assert.Equal((int)ExitCode.Usage, fixedInput.ExitCode);
        Assert.Contains("'n' of type int cannot be 0.5", fixedInput.Error, StringComparison.Ordinal);
        Assert.Contains("has a fraction in 1 of 2 rows of 'rows.csv'", Workplace.Run("tune", surrogate, "--data", rows).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_front_has_the_best_of_the_other_output_for_each_whole_number()
    {
        string surrogate = Compiled("#pragma nsc input(x, 0, 5)\nvoid steps(double x, double *a, int *n) { *a = x * x / (1 + x); *n = (int)(x * 2); }\n");
        JsonElement[] points = [.. Workplace.Run("tune", surrogate, "--maximize", "a", "--minimize", "n", "--json").Json.GetProperty("front").EnumerateArray().Select(p => p.GetProperty("outputs"))];
        double[] counts = [.. points.Select(p => p.GetProperty("n").GetDouble())], values = [.. points.Select(p => p.GetProperty("a").GetDouble())];
        Assert.Equal(Enumerable.Range(0, 11).Select(n => (double)n), counts);
        Assert.All(counts.Zip(values).SkipLast(1), p => Assert.Equal((p.First + 1) / 2 * ((p.First + 1) / 2) / (1 + ((p.First + 1) / 2)), p.Second, 1e-6));
    }

    [Theory]
    [InlineData("nofile.c")]
    [InlineData("nodir/")]
    public void Scanning_what_is_not_there_fails(string name)
    {
        Outcome outcome = Workplace.Run("scan", _work[name]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("there is no such file or folder", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export f.surrogate --format nonsense -o f.out", "--format nonsense: expected c, csharp, onnx or fortran\n")]
    [InlineData("sample f.c --sampling grid -o f.csv", "--sampling grid: expected sobol, lhs, uniform, paths or active\n")]
    [InlineData("completion tcsh", "SHELL tcsh: expected bash, fish or zsh\n")]
    public void What_may_be_chosen_is_listed_with_the_option_s_name(string line, string message)
    {
        Outcome outcome = Workplace.Run(line.Split(' '));
        Assert.Equal((int)ExitCode.Usage, outcome.ExitCode);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_are_compressed_where_the_name_says_so()
    {
        Assert.Equal(0, Workplace.Run("sample", _work.Write("f.c", Twice), "-n", "3", "-o", _work["rows.csv.gz"]).ExitCode);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_work["rows.csv.gz"]), CompressionMode.Decompress));
        Assert.Equal("n,x,return", reader.ReadLine());
        Assert.Equal(3, reader.ReadToEnd().Count(c => c == '\n'));
    }

    [Fact]
    public void Rows_that_cannot_be_learned_from_are_explained()
    {
        string surrogate = Compiled(Twice), same = _work.Write("same.csv", "x,n,return\n" + string.Concat(Enumerable.Repeat("0.5,2,4.5\n", 100)));
        Outcome outcome = Workplace.Run("finetune", surrogate, "--data", same, "-o", _work["o.surrogate"]);
        Assert.Equal((int)ExitCode.Refused, outcome.ExitCode);
        Assert.Contains("of the 100 rows of 'same.csv' only 0 have other inputs than those that are held out", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("hint: --missing skip leaves such rows out", Workplace.Run("eval", surrogate, "--data", _work.Write("na.csv", "x,n,return\n0.5,2,NA\n")).Error, StringComparison.Ordinal);
    }

    private string Compiled(string source)
    {
        string path = _work["f.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write("f.c", source), "-o", path, "--model", _work.Model, "--refine", "0").ExitCode);
        return path;
    }
}
