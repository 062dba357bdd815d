using System.Text.Json;
using Nsc.CommandLine;
using Nsc.CommandLine.Reporting;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Cli;

/// <summary>What the verbs say of errors holds.</summary>
[Trait("speed", "slow")]
public sealed class HonestAnswersTests : IDisposable
{
    private const string Wave = "#include <math.h>\n#pragma nsc input(x, -2, 2)\ndouble wave(double x, double y) { return sin(2 * x) * exp(y); }\n";
    private const string Root = "#include <math.h>\ndouble root(double x, double y) { return sqrt(x) + 0.3 * y; }\n";
    private readonly Workplace _work = new();

    public void Dispose() => _work.Dispose();

    [Fact]
    public void Finetunes_estimate_holds_the_error_on_fresh_samples()
    {
        string surrogate = Compile("wave", Wave);
        int held = 0;
        for (int seed = 1; seed <= 3; seed++)
        {
            foreach (string count in (string[])["32", "128"])
            {
                string tuned = _work["tuned"];
                JsonElement said = Workplace.Run("finetune", surrogate, "--samples", count, "--seed", $"{seed}", "-o", tuned, "--json").Json;
                double actual = Workplace.Run("eval", tuned, "--samples", "20000", "--json").Json.GetProperty("nmse").GetDouble();
                JsonElement interval = said.GetProperty("estimatedNmse95");
                Assert.Equal(("fresh", 4096), (said.GetProperty("estimatedBy").GetString(), said.GetProperty("estimatedOn").GetInt32()));
                Assert.InRange(said.GetProperty("estimatedNmse").GetDouble(), interval[0].GetDouble(), interval[1].GetDouble());
                held += interval[0].GetDouble() <= actual && actual <= interval[1].GetDouble() ? 1 : 0;
            }
        }

        Assert.InRange(held, 5, 6);
    }

    [Fact]
    public void What_the_program_leaves_undefined_or_random_inputs_never_meet_is_said_by_each_verb_that_samples()
    {
        string source = _work.Write("lookup.c", "static const double table[4] = {1, 2, 4, 8};\n#pragma nsc input(n, 0, 7)\ndouble lookup(double x, int n)\n{\n    return x == 3.0 ? 100 : table[n] + x;\n}\n");
        Outcome compiled = Workplace.Run("compile", source, "-o", _work["s"], "--init", "random", "--model", _work.Model);
        Assert.Contains("lookup.c:5:0: note: 'x == 3' holds for none of 4096 random inputs: what the program does where it holds is not learned [unmet-equality]", compiled.Error, StringComparison.Ordinal);
        foreach (string[] verb in (string[][])
        [
            ["finetune", _work["s"], "--samples", "64", "--steps", "2"], ["eval", _work["s"], "--samples", "64"], ["sample", source, "-n", "64", "-o", _work["s.csv"]],
            ["accelerate", source, "-o", _work["fast.c"], "--samples", "64", "--held-out", "256", "--steps", "2", "--force", "--model", _work.Model],
        ])
        {
            Outcome outcome = Workplace.Run(verb);
            Assert.True(outcome.ExitCode == 0, outcome.Error);

            // A machine that is slow on the first 16 samples is not asked for the others.
            Assert.Matches(@"lookup\.c:5:29: warning: on \d+ of (16|64) samples an index is out of the bounds of its array, which C leaves undefined, first at x=-?0\.\d+, n=[4-7] \[undefined-behaviour\]", outcome.Error);
            Assert.Equal(verb[0] == "accelerate", outcome.Error.Contains("unmet-equality", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Where_no_row_is_held_out_the_error_is_cross_validated_and_said_to_be()
    {
        string surrogate = Compile("wave", Wave), table = Table("rows.csv", 60, 1);
        Outcome tuned = Workplace.Run("finetune", surrogate, "--data", table, "--held-out", "0", "-o", _work["a"], "--json");
        Assert.Equal(("cross-validation", 60), (tuned.Json.GetProperty("estimatedBy").GetString(), tuned.Json.GetProperty("estimatedOn").GetInt32()));
        Assert.Contains("by cross-validation on 60 rows", Workplace.Run("inspect", _work["a"]).Output);

        // Rows that were trained on before tell nothing.
        Outcome again = Workplace.Run("finetune", _work["a"], "--data", table, "--held-out", "0", "-o", _work["b"], "--json");
        Assert.Equal(JsonValueKind.Null, again.Json.GetProperty("estimatedNmse").ValueKind);
        Assert.Equal((int)ExitCode.Refused, Workplace.Run("finetune", _work["a"], "--data", table, "--held-out", "10").ExitCode);
    }

    [Fact]
    public void Rows_that_were_trained_on_prove_nothing()
    {
        string surrogate = Compile("wave", Wave), table = Table("rows.csv", 80, 1), others = Table("others.csv", 100, 2), tuned = _work["tuned"];
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--data", table, "-o", tuned).ExitCode);
        Outcome partly = Workplace.Run("eval", tuned, "--data", table, "--json");
        Assert.Equal(16, partly.Json.GetProperty("samples").GetInt32());
        Assert.Contains("64 of 80 rows of 'rows.csv' were trained on", partly.Error);
        Assert.Equal(100, Workplace.Run("eval", tuned, "--data", others, "--json").Json.GetProperty("samples").GetInt32());

        // Another seed does not hold out what the first one trained on.
        Assert.Equal(0, Workplace.Run("finetune", tuned, "--data", table, "--seed", "2").ExitCode);
        Assert.Equal(16, Workplace.Run("eval", tuned, "--data", table, "--json").Json.GetProperty("samples").GetInt32());

        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--data", table, "--held-out", "0", "-o", tuned).ExitCode);
        foreach (string verb in (string[])["eval", "export"])
        {
            Outcome refused = Workplace.Run(verb, tuned, "--data", table, "--max-error", "10");
            Assert.Equal((int)ExitCode.Refused, refused.ExitCode);
            Assert.Contains("were trained on", refused.Error);
        }
    }

    [Fact]
    public void The_errors_of_all_outputs_together_decide()
    {
        // Of 1,000 rows, 5 err at one output and 5 others at the other: at most 1.1% each, and 1.7% together.
        ProgramSignature signature = SmallPrograms.Program("f", 1, 2).Signature;
        var samples = new SampleSet(1, 2, new double[1000], new double[2000]);
        double[] outputs = [.. Enumerable.Range(0, 2000).Select(i => i / 2 < 10 && (i / 2 < 5) == (i % 2 == 0) ? 1.0 : 1e-3 * (i / 2 % 7))];
        var limit = new ErrorLimit(0.5, 0.012, 0.95);
        BoundedError error = BoundedError.Of(signature, samples, FunctionAnswers.Everywhere(outputs, samples), [0.5, 0.5], isAllowed: true, limit);
        Assert.True(ErrorBound.UpperRate(5, 1000, 0.95) < limit.Rate);
        Assert.Equal(10, error.Beyond);
        Assert.Contains("not bounded by 0.5", limit.Objection(error));
        Assert.All(error.Bounds, b => Assert.True(b.MaxError >= 1));
        Assert.Null((limit with { Rate = 0.02 }).Objection(error));
    }

    // Of 1,000 rows 20 have another class: by 1, with the network's number anywhere on the wrong side.
    [Fact]
    public void A_promise_about_classes_is_about_their_misses()
    {
        ProgramSignature signature = SmallPrograms.Program("f", 1, 1).Signature with { Outputs = [new OutputVariable("return", ScalarKind.Bool)] };
        var samples = new SampleSet(1, 1, new double[1000], [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 1.0 : 0)]);
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 == (i >= 20) ? 0.51 + (i / 100.0) : 0.49 - (i / 100.0))];
        Surrogate surrogate = SurrogateEmitter.Random(new NetShape(16, [16, 16]), SmallPrograms.Program("f", 1, 1), 1, "1.0.0");
        surrogate = surrogate with { Program = surrogate.Program with { Signature = signature } };
        BoundedError error = BoundedError.Of(surrogate, samples, numbers, new ErrorLimit(0.5, 0.05, 0.95));
        Assert.Equal(20, error.Beyond);
        Assert.Equal(ErrorBound.UpperRate(20, 1000, 0.95), error.BeyondRate);
        Assert.Equal(0, error.Bounds[0].MaxError);
        Assert.Equal(1, BoundedError.Of(surrogate, samples, numbers, new ErrorLimit(null, 0.01, 0.95)).Bounds[0].MaxError);
        Assert.Equal(0.02, MissRate.Of(signature, samples, surrogate.Answers(numbers))[0]!.Rate, 1e-12);
    }

    [Fact]
    public void Proven_figures_are_rounded_outward()
    {
        Assert.Equal("return: at most 1.2345% of inputs err by more than 0.0002887, with 95% confidence", ErrorLimit.Sentence([new OutputBound("return", 0.012345, 0.95, 0.00028861)]));
        var proof = new Proof(0.95, new ProofSide(1000, 0, 0, 0, 3, [0.00061999, 0.0087411]), null);
        Assert.Contains("between 0.0619% and 0.875% of all", proof.Sentences()[0]);
        Assert.Contains("between 0.061% and 0.875% of all", new ProgramFailures(1000, 3, [0.00061, 0.0087411]).ToString());
    }

    [Fact]
    public void Where_the_program_fails_only_itself_may_answer()
    {
        string surrogate = Compile("root", Root), exported = _work["root.nn.c"];
        Assert.Equal(0, Workplace.Run("finetune", surrogate, "--samples", "256").ExitCode);
        Outcome measured = Workplace.Run("eval", surrogate, "--max-error", "0.3", "--json");
        Assert.Equal((int)ExitCode.QualityMissed, measured.ExitCode);
        JsonElement fails = measured.Json.GetProperty("programFails");
        Assert.InRange(fails.GetProperty("failed").GetInt32(), 400, 620);
        Assert.InRange(0.5, fails.GetProperty("rate")[0].GetDouble(), fails.GetProperty("rate")[1].GetDouble());
        Assert.Equal((int)ExitCode.QualityMissed, Workplace.Run("export", surrogate, "--max-error", "0.3", "-o", exported).ExitCode);

        Outcome guarded = Workplace.Run("export", surrogate, "--guard", "--max-error", "0.3", "--prove", "4000", "-o", exported, "--json");
        Assert.Equal(0, guarded.ExitCode);
        JsonElement inside = guarded.Json.GetProperty("proof").GetProperty("inside");
        Assert.InRange(inside.GetProperty("failures").GetInt32(), 850, 1150);
        Assert.Equal(2000, inside.GetProperty("inputs").GetInt32());
        Assert.Contains("the program fails on", File.ReadAllText(exported));
    }

    [Fact]
    public void A_bound_of_single_precision_is_proved_in_single_precision()
    {
        string path = Compile("wave", Wave);
        Workplace.Run("finetune", path, "--samples", "256");
        Surrogate tuned = SurrogateFile.Load(path);
        (int width, Layer hidden, Layer last) = (tuned.Topology.Hidden[1], tuned.Layers[1], tuned.Layers[2]);

        // Two equal units whose weights cancel each other, but for single precision.
        float[] weights = [.. hidden.Weight], biases = [.. hidden.Bias], outer = [.. last.Weight];
        Array.Copy(weights, 0, weights, width, width);
        biases[1] = biases[0];
        (outer[0], outer[1]) = (3e6f, -3e6f);
        SurrogateFile.Save(path, tuned with { Layers = [tuned.Layers[0], new Layer([.. weights], [.. biases]), new Layer([.. outer], last.Bias)] });
        double Bound(string format, string precision) => Workplace.Run("export", path, "--format", format, "--precision", precision, "--max-error", "100", "-o", _work["f"], "--json")
            .Json.GetProperty("error").GetProperty("bounds")[0].GetProperty("maxError").GetDouble();
        Assert.NotEqual(Bound("c", "double"), Bound("c", "single"), 1e-6);
        Assert.NotEqual(Bound("csharp", "double"), Bound("csharp", "single"), 1e-6);
        Assert.Equal(Bound("c", "double"), Bound("csharp", "double"), 1e-6);
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("export", path, "--format", "onnx", "--max-error", "100", "-o", _work["f"]).ExitCode);
        Assert.Equal(0, Workplace.Run("export", path, "--format", "onnx", "--precision", "double", "--max-error", "100", "-o", _work["f"]).ExitCode);
    }

    [Fact]
    public void Rows_that_were_trained_on_before_do_not_decide_when_to_stop()
    {
        string once = Compile("once", Wave), twice = Compile("twice", Wave);
        Workplace.Run("finetune", twice, "--samples", "128");
        Workplace.Run("finetune", twice, "--samples", "256");
        Workplace.Run("finetune", once, "--samples", "256");
        double Error(string path) => Workplace.Run("eval", path, "--samples", "2000", "--json").Json.GetProperty("nmse").GetDouble();
        Assert.True(Error(twice) < 4 * Error(once), $"{Error(twice)} after a second fine-tuning, {Error(once)} after one");
    }

    [Fact]
    public void What_a_bound_alone_takes_is_a_usage_error_without_one()
    {
        string path = Compile("wave", Wave);
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("export", path, "--data", _work["nosuch.csv"]).ExitCode);
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("export", path, "--samples", "100").ExitCode);
    }

    [Fact]
    public void A_guarded_file_says_of_which_function_its_bound_is()
    {
        string path = Compile("wave", Wave);
        Workplace.Run("finetune", path, "--samples", "128");
        Outcome outcome = Workplace.Run("export", path, "--guard", "--max-error", "1", "-o", _work["wave.nn.c"]);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        string text = File.ReadAllText(_work["wave.nn.c"]);
        Assert.Contains("(), which calls the original for some inputs", text, StringComparison.Ordinal);
        Assert.Contains("_surrogate() by itself has no such bound.", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_is_not_reached_is_said_to_be()
    {
        string surrogate = Compile("wave", Wave);
        Workplace.Run("finetune", surrogate, "--samples", "128");
        Outcome missed = Workplace.Run("tune", surrogate, "--target", "return=50", "--json");
        Assert.Equal((int)ExitCode.QualityMissed, missed.ExitCode);
        Assert.False(missed.Json.GetProperty("reached").GetBoolean());
        Assert.Contains("not reached: return is ", missed.Error);
        Outcome reached = Workplace.Run("tune", surrogate, "--target", "return=0.5", "--tolerance", "0.1", "--json");
        Assert.Equal(0, reached.ExitCode);
        Assert.True(reached.Json.GetProperty("reached").GetBoolean());
        Assert.InRange(reached.Json.GetProperty("outputs").GetProperty("return").GetDouble(), 0.4, 0.6);
        Assert.Equal(0, Workplace.Run("tune", surrogate, "--target", "return=50", "--tolerance", "100").ExitCode);

        Outcome least = Workplace.Run("tune", surrogate, "--minimize", "return");
        Assert.Equal(0, least.ExitCode);
        Assert.Contains("not known to be the least there is", least.Error);
        Assert.Equal((int)ExitCode.Usage, Workplace.Run("tune", surrogate, "--minimize", "return", "--tolerance", "1").ExitCode);
    }

    [Fact]
    public void Each_purpose_of_samples_has_a_stream_of_its_own()
    {
        ulong[] seeds = [.. from seed in Enumerable.Range(0, 50) from purpose in Enum.GetValues<SamplePurpose>() select SampleSeeds.For(seed, purpose)];
        Assert.Equal(seeds.Length, seeds.Distinct().Count());
    }

    [Fact]
    public void A_report_draws_each_look_at_its_step()
    {
        double[] course = [.. Enumerable.Range(0, 31).Select(i => 1.0 / (i + 1))];
        Assert.Equal(Enumerable.Range(0, 31).Select(i => (double)i), SurrogateReport.Course(course, new FineTuneOptions(Steps: 30, Optimizer: Optimizer.Lm)).Points.Select(p => p.X));
        Assert.Equal(300, SurrogateReport.Course(course, new FineTuneOptions(Steps: 300)).Points[^1].X);
    }

    private string Compile(string name, string source)
    {
        string surrogate = _work[name + ".surrogate"];
        Assert.Equal(0, Workplace.Run("compile", _work.Write(name + ".c", source), "-o", surrogate, "--init", "random", "--model", _work.Model).ExitCode);
        return surrogate;
    }

    private string Table(string name, int rows, int seed)
    {
        var random = new Random(seed);
        return _work.Write(name, "x,y,return\n" + string.Concat(Enumerable.Range(0, rows).Select(_ =>
        {
            double x = (4 * random.NextDouble()) - 2, y = (2 * random.NextDouble()) - 1;
            return FormattableString.Invariant($"{x:R},{y:R},{Math.Sin(2 * x) * Math.Exp(y):R}\n");
        })));
    }
}
