using System.Text.Json;
using System.Text.RegularExpressions;
using Nsc.CommandLine;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.FrontEnd.Lowering;

namespace Nsc.Tests.Cli;

/// <summary>The proof of a guard's promise, on the file that is exported.</summary>
public sealed class GuardProofTests : IDisposable
{
    // A NaN, an infinity and a crash lie outside of the ranges.
    private const string Source = "#include <math.h>\n#pragma nsc input(x, 0.5, 2)\n#pragma nsc input(n, 1, 5)\ndouble f(double x, int n) { return log(x) + 7 / n; }\n";
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void A_promise_that_is_kept_is_proved_in_and_out_of_range()
    {
        Outcome outcome = Export("--max-error", "20", "--prove", "20000", "--json");
        Assert.Equal(0, outcome.ExitCode);
        JsonElement proof = outcome.Json.GetProperty("proof"), inside = proof.GetProperty("inside"), outside = proof.GetProperty("outside");
        Assert.Equal((10000, 0, 0), (Number(inside, "inputs"), Number(inside, "fallbacks"), Number(inside, "beyond")));
        Assert.Equal(3.69e-4, inside.GetProperty("rate")[1].GetDouble(), 1e-6);
        Assert.Equal(10000, Number(outside, "inputs") + Number(outside, "leftOut"));
        Assert.InRange(Number(outside, "inputs"), 8000, 10000);
        Assert.Equal((Number(outside, "inputs"), 0), (Number(outside, "fallbacks"), Number(outside, "beyond")));
        Assert.Contains("20000 inputs in range", Export("--max-error", "20", "--prove", "40000").Error);
    }

    [Fact]
    public void A_promise_that_is_not_kept_has_an_exit_code_and_writes_nothing()
    {
        Outcome outcome = Export("--max-error", "1e-6", "--rate", "0.999", "--prove", "2000");
        Assert.Equal((int)ExitCode.QualityMissed, outcome.ExitCode);
        Assert.False(File.Exists(_work["f.nn.c"]));
    }

    [Fact]
    public void A_guard_that_lets_inputs_out_of_range_through_is_found_out()
    {
        CProgram program = LlvmTest.Load(Source);
        Surrogate surrogate = SurrogateFile.Load(Compile());
        string text = CExport.Write(surrogate, new ExportOptions(program.DropIn, SurrogateGuard.OfRanges(surrogate)));
        string leaky = Regex.Replace(text, @"(_within\(in \+ 0, .*), 2\.0\)", "$1, 2.5)");
        Assert.NotEqual(text, leaky);
        var limit = new ErrorLimit(100, 0.01, 0.95);
        var diagnostics = new DiagnosticBag();
        Proof Prove(string file) => new GuardProof(
            program, ExportedRun.Rebuild(file, program, Nsc.FrontEnd.Projects.ProjectOptions.None, isDropIn: true, LlvmTest.Toolchain, diagnostics)!, [100], limit, LlvmTest.Toolchain, diagnostics).Run(8000, 1, default)!;
        Assert.Null(Prove(text).Objection(limit));
        Proof found = Prove(leaky);
        Assert.InRange(found.Outside!.Beyond, 1, 2000);
        Assert.Contains("out of range", found.Objection(limit));
        Assert.Equal(0, found.Inside.Beyond);
    }

    [Theory]
    [InlineData("--prove", "1000", "--max-error", "1")]
    [InlineData("--prove", "1000", "--guard")]
    [InlineData("--prove", "1", "--guard", "--max-error", "1")]
    public void A_proof_needs_something_to_prove(params string[] options) =>
        Assert.Equal((int)ExitCode.Usage, Workplace.Run(["export", Compile(), .. options]).ExitCode);

    private Outcome Export(params string[] options) => Workplace.Run(["export", Compile(), "--guard", "-o", _work["f.nn.c"], .. options]);

    private string Compile()
    {
        string surrogate = _work["f.surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write("f.c", Source), "-o", surrogate, "--init", "random", "--model", _work.Model).ExitCode);
        return surrogate;
    }

    private static int Number(JsonElement side, string name) => side.GetProperty(name).GetInt32();
}
