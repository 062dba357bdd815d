// Nets of other sizes from the command line: which can be made, which a method can train, and what a choice says.

using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Engine;

namespace Nsc.Tests.Cli;

public sealed class TopologyTests : IDisposable
{
    private readonly Workplace _work = new();

    private string Surrogate(params string[] more)
    {
        string source = _work.Write("wave.c", "#include <math.h>\ndouble wave(double x, double y) { return sin(3 * x) * y; }\n"), path = _work["wave.surrogate"];
        Outcome compiled = Workplace.Run(["compile", source, "-o", path, "--model", _work.Model, .. more]);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return path;
    }

    public void Dispose() => _work.Dispose();

    private static int[] Hidden(string surrogate) =>
        [.. Workplace.Run("inspect", surrogate, "--json").Json.GetProperty("topology").EnumerateArray().Select(w => w.GetInt32()).Skip(1).SkipLast(1)];

    [Theory]
    [InlineData("4")]
    [InlineData("8-12-6")]
    public void A_named_size_is_compiled_and_fine_tuned(string widths)
    {
        int[] expected = [.. widths.Split('-').Select(int.Parse)];
        Assert.Equal(expected, Hidden(Surrogate("--topology", widths)));
        string path = Surrogate();
        Assert.Equal((int)ExitCode.Success, Workplace.Run("finetune", path, "--topology", widths, "--samples", "128").ExitCode);
        Assert.Equal(expected, Hidden(path));
    }

    [Theory]
    [InlineData("lm", 5)]
    [InlineData("adam", 4)]
    public void A_choice_tries_the_sizes_that_the_method_can_train_and_takes_one(string optimizer, int count)
    {
        string path = Surrogate();
        Outcome tuned = Workplace.Run("finetune", path, "--topology", "auto", "--optimizer", optimizer, "--samples", "128", "--steps", "5", "--json");
        Assert.Equal((int)ExitCode.Success, tuned.ExitCode);
        JsonElement[] sizes = [.. tuned.Json.GetProperty("sizes").EnumerateArray()];
        Assert.Equal(NetSizes.All.TakeLast(count).Select(NetSizes.InWords), sizes.Select(s => string.Join('-', s.GetProperty("hidden").EnumerateArray().Select(w => w.GetInt32()))));
        JsonElement taken = Assert.Single(sizes, s => s.GetProperty("isTaken").GetBoolean());
        Assert.Equal(taken.GetProperty("hidden").EnumerateArray().Select(w => w.GetInt32()), Hidden(path));
    }

    [Fact]
    public void A_choice_is_trained_by_the_engine_that_was_asked_for()
    {
        string[] Line(string path, string engine) => ["finetune", path, "--topology", "auto", "--optimizer", "adam", "--engine", engine, "--samples", "32", "--steps", "10", "--json"];
        double[] Errors(string engine) =>
            [.. Workplace.Run(Line(Surrogate("--init", "random"), engine)).Json.GetProperty("sizes").EnumerateArray().Select(s => s.GetProperty("nmse").GetDouble())];
        (double[] fused, double[] torch) = (Errors("fused"), Errors("torch"));
        Assert.Equal(fused.Length, torch.Length);
        Assert.NotEqual(fused, torch); // They round in other places,
        Assert.All(fused.Zip(torch), e => Assert.Equal(1, e.First / e.Second, 0.2)); // and take the same steps.
    }

    [Fact]
    public void A_size_that_the_method_cannot_train_is_refused_with_what_can()
    {
        Outcome refused = Workplace.Run("finetune", Surrogate(), "--topology", "4", "--optimizer", "adam", "--samples", "32");
        Assert.Equal((int)ExitCode.Refused, refused.ExitCode);
        Assert.Contains("--optimizer lm takes any", refused.Error);
    }

    [Theory]
    [InlineData("0-4")]
    [InlineData("16-")]
    [InlineData("1-1-1-1-1")]
    [InlineData("16x16")]
    public void Words_that_are_no_size_are_refused_with_some_that_are(string widths)
    {
        Outcome refused = Workplace.Run("finetune", Surrogate(), "--topology", widths);
        Assert.Equal((int)ExitCode.Usage, refused.ExitCode);
        Assert.Contains("16-16", refused.Error);
    }
}
