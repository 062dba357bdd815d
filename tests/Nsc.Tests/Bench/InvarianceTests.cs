using Nsc.Bench;
using Nsc.CommandLine;
using Nsc.Core.Diagnostics;
using Nsc.Engine.Emission;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Rewriting;
using Nsc.Tests.FrontEnd;
using Nsc.Tests.Cli;
using Nsc.Tests.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;

namespace Nsc.Tests.Bench;

[Collection(nameof(TorchCollection))]
public sealed class InvarianceTests : IDisposable
{
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void The_shipped_models_surrogates_of_a_dozen_idioms_hardly_care_how_they_are_written()
    {
        string file = Repository.At("data/idioms/mechanics.c");
        var programs = ClangTesting.Load(File.ReadAllText(file), FrontEndOptions.Default with { AllFunctions = true }, file).Programs.Take(12);
        var diagnostics = new DiagnosticBag();
        var rewritten = RewrittenPrograms.Of(programs, SourceRewriting.All, seed: 1, ClangTesting.Toolchain, diagnostics);
        Assert.Empty(diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        Assert.All(rewritten, r => Assert.Equal((r.Name, RewritingFate.Kept), (r.Name, r.Fate)));

        var net = new ManagedCompNet(CompNetCheckpoint.Load(Repository.At("models/compnet.safetensors")));
        var movements = Invariance.Measure(rewritten, [net]);
        Assert.Equal(["reformatting", "renaming", "reordering", "splitting"], movements.Select(m => m.Rewriting).Distinct().Order());
        Assert.All(movements.Where(m => m.Rewriting is "renaming" or "reformatting"), m => Assert.Equal((m.Program, true, 0.0), (m.Program, m.IsEqual, m.Relative)));
        Assert.All(movements.Where(m => m.Rewriting == "reordering"), m => Assert.True(m.Relative < 1e-4, $"{m.Program}: {m.Relative}"));

        // LLVM simplifies each function on its own, so that a call between two constants keeps them apart: a few do move.
        Assert.InRange(ZeroShot.Median(movements.Where(m => m.Rewriting == "splitting").Select(m => m.Relative)), 0, 1e-4);
    }

    [Fact]
    public void A_surrogate_that_moved_is_told_from_one_that_did_not()
    {
        var programs = ClangTesting.Load("double f(double x, double y) { return x * y; }\ndouble g(double x, double y) { return x - y; }",
            FrontEndOptions.Default with { AllFunctions = true }).Programs;
        RewrittenProgram[] kept = [.. RewrittenPrograms.Of(programs, [SourceRewriting.All[0]], 1, ClangTesting.Toolchain, [])];
        Assert.Equal(2, kept.Length);
        using HyperNetwork net = CompNetCheckpoint.Load(_work.Model).ToNet();
        RewrittenProgram[] mixedUp = [kept[0], kept[1] with { After = kept[0].After }];
        var movements = Invariance.Measure(mixedUp, [net]);
        Assert.Equal([true, false], movements.Select(m => m.IsEqual));
        Assert.Equal([true, false], movements.Select(m => m.IsSameGraph));
        Assert.True(movements[1].Relative > 0 && movements[1].Largest > 0 && movements[1].Predictions > 0);

        InvarianceRow row = Assert.Single(Invariance.Summarise(mixedUp, movements));
        Assert.Equal((2, 1, 1, 0), (row.Programs, row.Equal, row.SameGraph, row.Changed));
        Assert.Equal(movements[1].Relative, row.RelativeMaximum);
    }

    [Fact]
    public void The_verb_prints_a_row_for_each_rewriting_that_applied()
    {
        _work.Write("f.c", "double f(double x, double y) { double a = x * 2; double b = y * y + x; return a - b; }");
        Outcome outcome = Workplace.Run("bench", "invariance", "--programs", Path.GetDirectoryName(_work.Model)!, "--model", _work.Model, "--json");
        Assert.Equal((int)ExitCode.Success, outcome.ExitCode);
        Assert.Equal(
            ["renaming", "reformatting", "reordering", "splitting"], outcome.Json.EnumerateArray().Select(r => r.GetProperty("rewriting").GetString()));
        Assert.All(outcome.Json.EnumerateArray(), r => Assert.Equal((1, 0), (r.GetProperty("programs").GetInt32(), r.GetProperty("changed").GetInt32())));
    }
}
