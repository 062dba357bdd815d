// Intervals from held-out rows hold as often as they say, on real functions and on inputs that nobody has seen.

using System.Text.Json;
using Nsc.CommandLine;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Tests.Cli;

public sealed class IntervalTests : IDisposable
{
    private const int Functions = 50;
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    [Trait("speed", "slow")]
    public void Over_fifty_functions_nine_answers_of_ten_lie_in_their_intervals()
    {
        // Their dataflow is exact: interpreted, it gives what they give.
        var toolchain = Toolchain.Find()!;
        CProgram[] programs = [.. ((string[])["finance", "physics", "weather", "signal"]).Select(n => Repository.At($"data/idioms/{n}.c"))
            .SelectMany(file => ClangFrontEnd.Load(file, File.ReadAllText(file), FrontEndOptions.Default with { AllFunctions = true }, toolchain, []))];
        (CProgram Program, DataflowGraph Graph)[] exact = [.. programs.Zip(GraphBuilder.BuildEach(programs, toolchain, GraphOptions.Default, [.. programs.Select(_ => new DiagnosticBag())], clang: null))
            .Where(p => p.Second is { IsExact: true }).Select(p => (p.First, p.Second!)).Take(Functions)];
        Assert.Equal(Functions, exact.Length);
        double[] coverages = [.. exact.Select(p => Coverage(p.Program, p.Graph))];
        Assert.InRange(coverages.Average(), 0.88, 0.92);
        Assert.InRange(coverages.Min(), 0.85, 0.9); // A thousand rows know a share of 0.9 to one percent, two thousand others to two thirds of one.
    }

    // Fine-tuned on a few samples, with errors on a thousand others: the mean over outputs.
    private static double Coverage(CProgram program, DataflowGraph graph)
    {
        SampleSet Rows(int count, SamplePurpose purpose)
        {
            double[] x = InputSampler.Draw(program.Signature, 2 * count, new SplitMix64(SampleSeeds.For(1, purpose)));
            var all = new SampleSet(program.Signature.Inputs.Length, graph.Outputs.Length, x, new GraphEvaluator(graph).EvaluateOutputs(x, 2 * count));
            return all.Take([.. Enumerable.Range(0, 2 * count).Where(r => all.Outputs(r).ToArray().All(double.IsFinite)).Take(count)]);
        }

        Surrogate start = SurrogateEmitter.Random(new NetShape(program.Signature.Inputs.Length, [8, 8]), program, 1, "1.0.0");
        Surrogate tuned = SurrogateFineTuner.Run(start, Rows(96, SamplePurpose.FineTuning), new FineTuneOptions(Steps: 100), null, TestContext.Current.CancellationToken).Surrogate;
        JudgedRows Judged(SampleSet rows) => new(rows, new SurrogateEvaluator(tuned).Evaluate(rows.X), EstimateMethod.Fresh);
        var errors = ConformalErrors.Of(tuned, Judged(Rows(1000, SamplePurpose.HeldOut)));
        JudgedRows others = Judged(Rows(2000, SamplePurpose.Evaluation));
        return Enumerable.Range(0, graph.Outputs.Length).Average(k => errors.Coverage(tuned, others, k, ConformalErrors.Usual)!.Value);
    }

    [Fact]
    public void Run_gives_the_ends_beside_each_answer_and_says_what_it_takes()
    {
        string source = _work.Write("wave.c", "#include <math.h>\ndouble wave(double x, double y) { return sin(3 * x) * y; }\n"), path = _work["wave.surrogate"];
        Workplace.Run("compile", source, "-o", path, "--model", _work.Model);
        Outcome none = Workplace.Run("run", path, "x=0.5", "y=1", "--interval", "0.9");
        Assert.Equal((int)ExitCode.Refused, none.ExitCode);
        Assert.Contains("nsc finetune", none.Error);

        JsonElement half = Workplace.Run("finetune", path, "--samples", "64", "--json").Json.GetProperty("halfWidths90").GetProperty("return");
        JsonElement row = Workplace.Run("run", path, "x=0.5", "y=1", "--interval", "0.9", "--json").Json;
        (double low, double middle, double high) = (row.GetProperty("return.low").GetDouble(), row.GetProperty("return").GetDouble(), row.GetProperty("return.high").GetDouble());
        Assert.Equal(2 * half.GetDouble(), high - low, 1e-12);
        Assert.Equal(middle, (low + high) / 2, 1e-12);
        Assert.StartsWith("return,return.low,return.high", Workplace.Run("run", path, "--input", _work.Write("rows.csv", "x,y\n0,0\n1,1\n"), "--interval", "0.5").Output);
        Assert.True(Workplace.Run("run", path, "x=0", "y=0", "--interval", "0.9", "--jacobian", "--json").Json.GetProperty("outputs").TryGetProperty("return.high", out _));

        Assert.Equal((int)ExitCode.Usage, Workplace.Run("run", path, "x=0", "y=0", "--interval", "1").ExitCode);
        Assert.Contains("99999 rows", Workplace.Run("run", path, "x=0", "y=0", "--interval", "0.99999").Error);
    }
}
