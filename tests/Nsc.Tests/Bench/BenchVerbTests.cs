using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Nsc.Bench.Images;
using Nsc.CommandLine;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Corpus.Mining;
using Nsc.FrontEnd.Preprocessing.Packages;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;
using Nsc.Tests.Cli;
using Nsc.Tests.Mining;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

[Collection(nameof(TorchCollection))]
public sealed class BenchVerbTests : IDisposable
{
    private const string Programs = """
        double plane(double x, double y) { return x + 2 * y; }
        double bowl(double x) { return x * x; }
        """;

    private const string ImageKernels = """
        double sobel(const double w[9]) { double x = w[2] + 2 * w[5] + w[8] - w[0] - 2 * w[3] - w[6]; return x < 0 ? -x : x; }
        double colour_distance(const double a[3], const double b[3]) { double s = 0; for (int i = 0; i < 3; i++) s += (a[i] - b[i]) * (a[i] - b[i]); return s; }
        """;

    private readonly Workplace _work = new();

    public BenchVerbTests() => _work.Write("programs.c", Programs);

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Every_row_of_bench_data_is_the_geometric_mean_of_its_programs()
    {
        Outcome plain = Workplace.Run(Line("data", "--json")), detailed = Workplace.Run(Line("data", "--json", "--details"));
        Assert.Equal((int)ExitCode.Success, detailed.ExitCode);
        Assert.Equal(JsonValueKind.Array, plain.Json.ValueKind);
        Assert.True(JsonElement.DeepEquals(plain.Json, detailed.Json.GetProperty("rows")));
        JsonElement[] rows = [.. plain.Json.EnumerateArray()], programs = [.. detailed.Json.GetProperty("perProgram").EnumerateArray()];
        Assert.Equal(6, rows.Length);
        foreach (JsonElement row in rows)
        {
            JsonElement[] own = [.. programs.Where(p => Text(p, "arm") == Text(row, "arm") && Number(p, "samples") == Number(row, "samples"))];
            Assert.Equal(["programs:plane", "programs:bowl"], own.Select(p => Text(p, "program")));
            Assert.Equal(GeometricMean(own.Select(p => Number(p, "nmse"))), Number(row, "nmseGeomean"), 1e-9 * Number(row, "nmseGeomean"));
            Assert.All(own, p => Assert.Equal(
                GeometricMean(p.GetProperty("nmseBySeed").EnumerateArray().Select(e => e.GetDouble())), Number(p, "nmse"), 1e-9 * Number(p, "nmse")));
        }
    }

    [Fact]
    public void A_figure_of_the_report_and_of_the_json_follows_from_raw_predictions()
    {
        string report = _work["data.html"];
        JsonElement json = Workplace.Run(Line("data", "--json", "--details", "--report", report)).Json;
        double[] errors = [RawError("plane", x => x[0] + (2 * x[1])), RawError("bowl", x => x[0] * x[0])];
        JsonElement row = json.GetProperty("rows").EnumerateArray().Single(r => Text(r, "arm") == "dataflow" && Number(r, "samples") == 0);
        JsonElement[] own = [.. json.GetProperty("perProgram").EnumerateArray().Where(p => Text(p, "arm") == "dataflow" && Number(p, "samples") == 0)];
        Assert.Equal(2, own.Length);
        Assert.All(own.Zip(errors), p => Assert.Equal(p.Second, Number(p.First, "nmse"), 1e-9 * p.Second));
        double mean = Math.Sqrt(errors[0] * errors[1]);
        Assert.Equal(mean, Number(row, "nmseGeomean"), 1e-9 * mean);
        Assert.Contains($"<tr><td>dataflow</td><td>0</td><td>{mean.ToString("G3", CultureInfo.InvariantCulture)}</td>", File.ReadAllText(report));
    }

    [Theory]
    [InlineData("data", "results.json: ", 1)]
    [InlineData("axbench", "results.json: ", 1)]
    [InlineData("epochs", "results.json: ", 1)]
    [InlineData("all", "results.json: ", 1)]
    [InlineData("all", "results.json: random, epochs, 8 samples", 7)]
    public void An_interrupted_bench_resumes_and_prints_the_same_bytes(string bench, string moment, int known)
    {
        string[] line = Line(bench, "--json"), resumed = [.. line, "--resume", _work["results.json"]];
        string expected = Workplace.Run(line).Output;
        Outcome interrupted = RunAndCancelAt(moment, resumed);
        Assert.Equal(((int)ExitCode.Cancelled, ""), (interrupted.ExitCode, interrupted.Output));

        Outcome second = Workplace.Run(resumed);
        Assert.Equal(((int)ExitCode.Success, expected), (second.ExitCode, second.Output));
        Assert.Contains($"{known} of the results are known", second.Error);
    }

    [Fact]
    public void An_interrupted_bench_of_images_resumes_and_writes_the_same_images()
    {
        _work.Write("programs.c", ImageKernels);
        string image = _work["small.png"];
        Picture blank = Picture.Blank(8, 8);
        File.WriteAllBytes(image, (blank with { Values = [.. blank.Values.Select((_, i) => i % 7 / 7.0)] }).ToPng());
        string[] Images(string folder, params string[] more) => [.. Line("images", "--json", "--image", image, "-o", _work[folder]), .. more];
        Outcome whole = Workplace.Run(Images("whole"));
        Assert.Equal((int)ExitCode.Success, whole.ExitCode);
        Assert.Equal((int)ExitCode.Cancelled, RunAndCancelAt("results.json: ", Images("parts", "--resume", _work["results.json"])).ExitCode);
        Assert.False(Directory.Exists(_work["parts"]));

        Outcome second = Workplace.Run(Images("parts", "--resume", _work["results.json"]));
        Assert.Equal(whole.Output, second.Output);
        Assert.Contains("1 of the results are known", second.Error);
        string[] files = [.. Directory.GetFiles(_work["whole"]).Order()];
        Assert.Equal(2 + (2 * 6), files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_work["parts"], Path.GetFileName(file)))));

        File.WriteAllBytes(image, blank.ToPng());
        Outcome other = Workplace.Run(Images("parts", "--resume", _work["results.json"]));
        Assert.Equal((int)ExitCode.Refused, other.ExitCode);
        Assert.Contains("with images '", other.Error);
    }

    [Fact]
    public void Results_of_another_run_are_refused_and_left_alone()
    {
        string file = _work["results.json"];
        Assert.Equal(0, Workplace.Run(Line("data", "--resume", file)).ExitCode);
        byte[] before = File.ReadAllBytes(file);
        _work.Write("programs.c", Programs.Replace("2 * y", "3 * y", StringComparison.Ordinal));
        Outcome outcome = Workplace.Run(Line("data", "--resume", file));
        Assert.Equal(((int)ExitCode.Refused, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("with programs '", outcome.Error);
        Assert.Equal(before, File.ReadAllBytes(file));
    }

    [Fact]
    public void All_benches_give_what_each_gives_alone_and_one_report_that_fetches_nothing()
    {
        string report = _work["all.html"];
        Outcome all = Workplace.Run(Line("all", "--json", "--report", report)), data = Workplace.Run(Line("data", "--json", "--details"));
        Assert.Equal((int)ExitCode.Success, all.ExitCode);
        Assert.True(JsonElement.DeepEquals(data.Json, all.Json.GetProperty("data")));
        Assert.True(JsonElement.DeepEquals(Workplace.Run(Line("axbench", "--json")).Json, all.Json.GetProperty("axBench")));
        Assert.True(JsonElement.DeepEquals(Workplace.Run(Line("epochs", "--json", "--details")).Json, all.Json.GetProperty("epochs")));
        Assert.Empty(all.Json.GetProperty("images").EnumerateArray());

        string html = File.ReadAllText(report);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.All((string[])["Error against samples", "Error against epochs", "AxBench&#39;s own metrics", "Left out", "trained on", "seconds"], part => Assert.Contains(part, html));
    }

    [Fact]
    public void Every_arm_has_a_row_that_says_what_it_has()
    {
        string[] given = ["--programs", Path.GetDirectoryName(_work.Model)!, "--model", _work.Model, "--seeds", "1", "--samples", "8", "--steps", "10"];
        string[] Arms(params string[] chosen) => [.. Workplace.Run(["bench", "data", .. given, "--json", .. chosen]).Json.EnumerateArray().Select(r => Text(r, "arm"))];
        Assert.Equal(["random", "dataflow", "dataflow+calibration+subspace"], Arms());
        Assert.Equal(["random", "random+calibration", "dataflow+subspace"], Arms("--arms", "random+calibration,random,dataflow+subspace"));
        Assert.Equal(["random", "random+calibration+subspace"], Arms("--arms", "random+calibration+subspace"));
    }

    [Fact]
    public void Each_ratio_has_an_interval_of_its_own()
    {
        JsonElement row = Workplace.Run(Line("data", "--json")).Json.EnumerateArray().Single(r => Text(r, "arm") == "dataflow" && Number(r, "samples") == 8);
        double[] interval = [.. row.GetProperty("ratioCi95").EnumerateArray().Select(e => e.GetDouble())];
        Assert.Equal(Number(row, "ratioToRandom"), Math.Sqrt(interval[0] * interval[1]), 1e-9 * Number(row, "ratioToRandom"));
        Outcome printed = Workplace.Run(Line("data"));
        Assert.Contains("95% t interval", printed.Output);
    }

    [Fact]
    public void Two_programs_of_one_name_are_measured_side_by_side()
    {
        using var folder = new MiningFolder();
        folder.Write("packages/erfa/a/same.c", "double f(double x) { return x * x + x; }");
        folder.Write("packages/erfa/b/same.c", "double f(double x, double y) { return x - y * y; }");
        ExeStack.Open(folder.Corpus).Add(
            new SourcePackage("erfa", folder["packages/erfa"]), "1.0", 512, 2, Toolchain.Find()!, null, TestContext.Current.CancellationToken);
        string report = _work["same.html"];
        Outcome outcome = Workplace.Run(
            "bench", "data", "--corpus", folder.Corpus, "--model", _work.Model, "--arms", "dataflow", "--seeds", "1", "--samples", "8", "--steps", "10", "--json", "--details", "--report", report);
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        Assert.Equal(
            ["erfa/a/same:f", "erfa/b/same:f"],
            outcome.Json.GetProperty("perProgram").EnumerateArray().Where(p => Text(p, "arm") == "dataflow").Select(p => Text(p, "program")).Order(StringComparer.Ordinal));
        Assert.Contains("erfa/b/same:f", File.ReadAllText(report));
    }

    [Theory]
    [InlineData("# of other sets too\n\nelsewhere\n  one a twin of something\r\n", ExitCode.Success)]
    [InlineData("programs.c one\n#one", ExitCode.Refused)]
    [InlineData("one\ntwo\nthree # all of them", ExitCode.Refused)]
    public void What_a_list_names_is_left_out(string list, ExitCode expected)
    {
        Directory.CreateDirectory(_work["three"]);
        _work.Write("three/programs.c", "double one(double x) { return x * x; }\ndouble two(double x) { return x + x * x; }\ndouble three(double x) { return x - x * x; }\n");
        Outcome outcome = Workplace.Run(
            "bench", "data", "--programs", _work["three"], "--leave-out", _work.Write("list.txt", list), "--model", _work.Model, "--arms", "dataflow", "--seeds", "1",
            "--samples", "8", "--steps", "10", "--json", "--details");
        Assert.Equal((int)expected, outcome.ExitCode);
        if (expected == ExitCode.Success)
        {
            Assert.Equal(
                ["programs:three", "programs:two"],
                outcome.Json.GetProperty("perProgram").EnumerateArray().Where(p => Text(p, "arm") == "dataflow").Select(p => Text(p, "program")).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Two_images_of_one_name_are_both_made_and_the_similaritys_window_is_named()
    {
        _work.Write("programs.c", ImageKernels);
        string[] images = [_work["one/small.png"], _work["two/small.png"]];
        foreach (string image in images)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(image)!);
            File.WriteAllBytes(image, Picture.Blank(8, 8).ToPng());
        }

        string[] line = Line("images", "--image", images[0], "--image", images[1], "-o", _work["made"]);
        Outcome printed = Workplace.Run(line);
        Assert.Equal((int)ExitCode.Success, printed.ExitCode);
        Assert.Contains("uniform windows of 8 x 8 pixels", printed.Output);
        Assert.True(File.Exists(_work["made/small-edges-program.png"]));
        Assert.True(File.Exists(_work["made/small-2-edges-program.png"]));
    }

    private string[] Line(string bench, params string[] more)
    {
        string samples = bench == "epochs" ? "8" : "0,4,8";
        string[] given = ["--programs", Path.GetDirectoryName(_work.Model)!, "--model", _work.Model, "--arms", "dataflow", "--seeds", "2"];
        return ["bench", bench, .. given, "--samples", samples, "--steps", "30", .. more];
    }

    // The test error of a compiled surrogate from its predictions and the function's own formula, on the bench's test inputs.
    private double RawError(string function, Func<double[], double> formula)
    {
        string file = _work[$"{function}.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work["programs.c"], "--function", function, "--model", _work.Model, "--refine", "0", "-o", file).ExitCode);
        Surrogate surrogate = SurrogateFile.Load(file);
        double[] inputs = InputSampler.Draw(surrogate.Program.Signature, 1024, new SplitMix64(SampleSeeds.For(1, SamplePurpose.Evaluation)));
        double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(inputs), truth = [.. inputs.Chunk(inputs.Length / 1024).Select(formula)];
        double mean = truth.Average();
        return truth.Zip(predicted, (y, p) => (p - y) * (p - y)).Sum() / truth.Sum(y => (y - mean) * (y - mean));
    }

    // Ctrl-C, at the moment at which a message is written.
    private static Outcome RunAndCancelAt(string message, string[] line)
    {
        using var cancellation = new CancellationTokenSource();
        using StringWriter output = new();
        using var error = new WatchedWriter(message, cancellation.Cancel);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        return new Outcome(Nsc.Cli.Program.Run(line, configuration, cancellation.Token), output.ToString(), error.ToString());
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();

    private static double GeometricMean(IEnumerable<double> values) => Math.Exp(values.Average(Math.Log));

    private sealed class WatchedWriter(string message, Action seen) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value!.Contains(message, StringComparison.Ordinal))
            {
                seen();
            }
        }
    }
}
