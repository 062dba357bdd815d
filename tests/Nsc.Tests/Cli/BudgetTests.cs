// A time in place of a number of samples: what ends it, and that what is said of the error is measured on others.

using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

public sealed class BudgetTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    private string Compiled(string text)
    {
        Outcome compiled = Workplace.Run("compile", _work.Write("f.c", text), "-o", _work["f.surrogate"], "--model", _work.Model);
        Assert.True(compiled.ExitCode == 0, compiled.Error);
        return _work["f.surrogate"];
    }

    private JsonElement Tuned(string text, params string[] options)
    {
        Outcome tuned = Workplace.Run(["finetune", Compiled(text), "--json", .. options]);
        Assert.True(tuned.ExitCode == 0, tuned.Error);
        return tuned.Json;
    }

    private const string Waves = "#include <math.h>\n#pragma nsc inputs(-3, 3)\ndouble f(double x, double y) { return sin(2 * x) * cos(3 * y) + (x > y ? 0.3 : 0); }\n";

    [Fact]
    public void Rounds_grow_while_there_is_time_and_the_last_words_are_about_new_samples()
    {
        JsonElement json = Tuned(Waves, "--budget", "6s"), budget = json.GetProperty("budget");
        JsonElement[] rounds = [.. budget.GetProperty("rounds").EnumerateArray()];
        int[] samples = [.. rounds.Select(r => r.GetProperty("samples").GetInt32())];
        Assert.Equal([128, 8192], samples.Take(2));
        Assert.Equal(samples.Order(), samples);
        Assert.All(samples.Zip(samples.Skip(1)).Skip(1), pair => Assert.InRange(pair.Second, 1.4 * pair.First, 4 * pair.First));
        Assert.Contains(budget.GetProperty("end").GetString(), (string[])["spent", "levelled"]);
        Assert.Equal(("fresh", 4096), (json.GetProperty("estimatedBy").GetString(), json.GetProperty("estimatedOn").GetInt32()));
        Assert.True(rounds.Min(r => r.GetProperty("nmse").GetDouble()) > 0);
    }

    [Fact]
    public void A_bound_that_is_kept_ends_it_and_no_time_gives_one_round()
    {
        const string Easy = "#pragma nsc inputs(-1, 1)\ndouble f(double x, double y) { return x + 2 * y; }\n";
        JsonElement kept = Tuned(Easy, "--budget", "60s", "--max-error", "0.5").GetProperty("budget");
        Assert.Equal(("kept", 1), (kept.GetProperty("end").GetString(), kept.GetProperty("rounds").GetArrayLength()));
        JsonElement spent = Tuned(Waves, "--budget", "1ms", "--topology", "8-8").GetProperty("budget");
        Assert.Equal(("spent", 1), (spent.GetProperty("end").GetString(), spent.GetProperty("rounds").GetArrayLength()));
        Assert.Equal([8, 8], spent.GetProperty("rounds")[0].GetProperty("hidden").EnumerateArray().Select(w => w.GetInt32()));
    }

    [Theory]
    [InlineData("--budget", "soon")]
    [InlineData("--budget", "-1s")]
    [InlineData("--budget", "3s", "--samples", "64")]
    [InlineData("--budget", "3s", "--topology", "auto")]
    public void Times_that_are_none_and_options_that_contradict_it_are_refused(params string[] options) =>
        Assert.Equal((int)ExitCode.Usage, Workplace.Run(["finetune", Compiled(Waves), .. options]).ExitCode);
}
