// finetune --loss, from the command line.

using System.Text.Json;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

public sealed class LossTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Positive_outputs_over_decades_are_learned_by_their_logarithm()
    {
        string decay = Compiled("decay", "#include <math.h>\ndouble decay(double x, double y) { return exp(6 * x) * (2 + y); }\n"), tuned = _work["b.surrogate"];
        Assert.Contains("--loss relative", Workplace.Run("finetune", decay, "--samples", "64", "-o", tuned).Error);
        Outcome relative = Workplace.Run("finetune", decay, "--samples", "64", "--loss", "relative", "-o", tuned);
        Assert.Contains("return: half of the samples err by at most", relative.Error);
        Assert.Contains("a factor of 1.", relative.Error);
        Assert.DoesNotContain("--loss relative", relative.Error);
        JsonElement error = Workplace.Run("eval", tuned, "--json").Json.GetProperty("outputs")[0].GetProperty("relativeError");
        Assert.InRange(error.GetProperty("p95").GetDouble(), 0, 0.02);

        JsonElement row = Workplace.Run("run", tuned, "x=-0.9", "y=0.5", "--interval", "0.9", "--json").Json;
        double middle = row.GetProperty("return").GetDouble();
        Assert.Equal(2.5 * Math.Exp(-5.4), middle, 0.05 * middle);
        Assert.Equal(middle * middle, row.GetProperty("return.low").GetDouble() * row.GetProperty("return.high").GetDouble(), 1e-9 * middle * middle);

        // What it is learned by stays with it.
        Assert.Equal("relative", Workplace.Run("inspect", tuned, "--json").Json.GetProperty("losses")[0].GetString());
        Outcome other = Workplace.Run("finetune", tuned, "--loss", "squared", "-o", _work["c"]);
        Assert.Equal((int)ExitCode.Usage, other.ExitCode);
        Assert.Contains("compiled again", other.Error);
    }

    [Fact]
    public void An_output_that_is_not_positive_is_named()
    {
        Outcome refused = Workplace.Run("finetune", Compiled("line", "double line(double x, double y) { return x - y; }\n"), "--samples", "32", "--loss", "relative");
        Assert.Equal((int)ExitCode.Refused, refused.ExitCode);
        Assert.Contains("output 'return' is -", refused.Error);
        Assert.Contains("which only positive numbers have", refused.Error);
    }

    private string Compiled(string name, string source)
    {
        string surrogate = _work[name + ".surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write(name + ".c", source), "-o", surrogate, "--model", _work.Model).ExitCode);
        return surrogate;
    }
}
