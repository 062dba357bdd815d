// A fine-tuning that is cancelled: nothing is written, or, if asked, the best weights so far.

using System.CommandLine;
using Nsc.CommandLine;

namespace Nsc.Tests.Cli;

[Trait("speed", "slow")]
public sealed class KeepBestTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_best_weights_are_written_if_asked()
    {
        _work.WriteSquare();
        string[] endless = ["finetune", _work["s"], "--samples", "4096", "--held-out", "0", "--optimizer", "adam", "--steps", "10000000", "-o", _work["t"]];
        (int code, string error) = Cancelled(TimeSpan.FromSeconds(2), endless);
        Assert.True(code == (int)ExitCode.Cancelled && !File.Exists(_work["t"]), error);
        AssertKept(TimeSpan.FromSeconds(3), [.. endless, "--keep-best"]);
        double Nmse(string surrogate) => Workplace.Run("eval", surrogate, "--json").Json.GetProperty("nmse").GetDouble();
        Assert.InRange(Nmse(_work["t"]), 0, 1.05 * Nmse(_work["s"])); // However few steps there was time for.
    }

    [Fact]
    public void A_second_order_method_that_is_cancelled_at_once_keeps_what_it_began_with()
    {
        _work.WriteSquare();
        AssertKept(TimeSpan.FromMilliseconds(1), ["finetune", _work["s"], "--samples", "64", "-o", _work["t"], "--keep-best"]);
        Assert.Equal(0, Workplace.Run("run", _work["t"], "x=0.5").ExitCode);
    }

    private static void AssertKept(TimeSpan after, string[] arguments)
    {
        (int code, string error) = Cancelled(after, arguments);
        Assert.True(code == (int)ExitCode.Cancelled, error);
        Assert.Contains("nsc: cancelled, with the best weights so far", error, StringComparison.Ordinal);
    }

    private static (int Code, string Error) Cancelled(TimeSpan after, string[] arguments)
    {
        using StringWriter output = new(), error = new();
        using var cancellation = new CancellationTokenSource(after);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error };
        return (Nsc.Cli.Program.Run(arguments, configuration, cancellation.Token), error.ToString());
    }
}
