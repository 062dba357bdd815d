// Exported C maps inputs and outputs as the surrogate says, and its guard answers where the guard believes.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class ExportedScalingTests
{
    private const int Rows = 70; // Two blocks of 32, and a rest.

    // f is 100 everywhere, so that one sees who answered.
    private static readonly DropIn s_hundred = new(
        "double f_original(double x);\ndouble f_original(double x) { (void)x; return 100; }",
        "double f(double x)\n{\n    double out[1];\n    return f_answers(&x, out) ? out[0] : f_original(x);\n}\ndouble f(double x);\n", "");

    public static TheoryData<int[], int, int> Shapes => new()
    {
        { [], 3, 2 },
        { [5], 1, 1 },
        { [20, 3, 17], 2, 2 }, // More columns than one statement adds up, and both buffers.
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void C_computes_what_the_surrogate_does(int[] hidden, int inputs, int outputs)
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(inputs, [.. hidden], outputs), seed: 3);
        double[] x = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(1)), y = new SurrogateEvaluator(surrogate).Evaluate(x);
        foreach ((Precision precision, double most) in (ReadOnlySpan<(Precision, double)>)[(Precision.Double, 1e-11), (Precision.Single, 2e-5)])
        {
            using var exported = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: precision)));
            AssertClose(surrogate, y, exported.AllRows(x, Rows, outputs), most);
            AssertClose(surrogate, y[^outputs..], exported.OneRow(x[^inputs..], outputs), most);
        }
    }

    // The activation overflows beyond its bounds. A statement adds up sixteen columns: one more or one less must not skip them.
    [Theory]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(32)]
    public void Large_sums_are_bounded_once_whatever_the_number_of_columns(int columns)
    {
        Surrogate net = SampleSurrogates.Create(new Topology(1, [columns, 1], 1)), large = net with
        {
            Layers = [new Layer([.. Enumerable.Repeat(100f, columns)], [.. new float[columns]]), new Layer([.. Enumerable.Repeat(100f, columns)], [0]), new Layer([1], [0])],
        };
        double[] x = [large.Signature.Inputs[0].Range.High], y = new SurrogateEvaluator(large).Evaluate(x);
        Assert.Equal(large.OutputMean[0] + large.OutputDeviation[0], y[0], 1e-12);
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            string text = CExport.Write(large, new ExportOptions(Precision: precision));
            Assert.Equal(5, Count(text, "f_surrogate_bounded(")); // Its definition, and two hidden layers for one row and for many.
            using var exported = new CompiledC(text);
            AssertClose(large, y, exported.OneRow(x, 1), 2e-5);
        }
    }

    [Fact]
    public void A_straight_line_is_scaled_exactly()
    {
        // u = (x - 30) / 20 of [10, 50]; y = -7 + 3 * (2 u + 0.5).
        Surrogate line = SampleSurrogates.Linear([-7], [3], 2);
        line = line with
        {
            Program = line.Program with { Signature = line.Signature with { Inputs = [line.Signature.Inputs[0] with { Range = new Interval(10, 50) }] } },
            Layers = [new Layer([2], [0.5f])],
        };
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions()));
        Assert.Equal([-11.5], exported.OneRow([10], 1));
        Assert.Equal([-5.5], exported.OneRow([30], 1));
        Assert.Equal([0.5], exported.OneRow([50], 1));
        Assert.Equal([-11.5, -5.5, 0.5], new SurrogateEvaluator(line).Evaluate([10.0, 30, 50]));
    }

    // Of three decades, u is -1, 0 and 1 at 1, 10^1.5 and 1000; the other input is linear.
    [Fact]
    public void A_logarithmic_input_enters_by_its_logarithm()
    {
        Surrogate line = SampleSurrogates.Linear([5], [2], 1, 10);
        ImmutableArray<InputVariable> inputs = line.Signature.Inputs;
        line = line with { Program = line.Program with { Signature = line.Signature with { Inputs = [inputs[0] with { Range = new Interval(1, 1000) { IsLogarithmic = true } }, inputs[1]] } } };
        double[] x = [1, 0, Math.Pow(10, 1.5), 0, 1000, 0, 1000, -1, 0, 0, -3, 0, double.NaN, 0], expected = [3, 5, 7, -13];
        double[] answers = new SurrogateEvaluator(line).Evaluate(x);
        Assert.All(expected.Zip(answers), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.True(double.IsFinite(answers[4]) && answers[4] == answers[5] && double.IsNaN(answers[6]));
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(Precision: Precision.Double)));
        Assert.All(answers.Zip(exported.AllRows(x, 7, 1)), p => Assert.Equal(p.First, p.Second, 1e-11));
        Assert.All(answers.Zip(CSharpExport.Evaluate(line, x, Precision.Double)), p => Assert.Equal(p.First, p.Second));
    }

    [Fact]
    public void Whole_numbers_are_answered_as_the_managed_surrogate_answers_them()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        double[] x = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(2)), y = surrogate.Answer(x);
        double[] Column(int k) => [.. y.Where((_, i) => i % 5 == k).Distinct().Order()];
        Assert.Equal(2, Column(0).Length);
        Assert.Equal(127, Column(2)[^1]);
        Assert.Equal([-1, 0, 3], Column(3));
        Assert.True(Column(4) is [0, _, ..]);
        using var exported = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: Precision.Double)));
        Assert.All(y.Zip(exported.AllRows(x, Rows, 5)), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(y[^5..].Zip(exported.OneRow(x[^2..], 5)), p => Assert.Equal(p.First, p.Second, 1e-10));
        Assert.All(y.Zip(CSharpExport.Evaluate(surrogate, x, Precision.Double)), p => Assert.Equal(p.First, p.Second, 1e-10));
    }

    // The guard sees the network's number, the caller the answer.
    [Fact]
    public void A_function_in_the_original_s_place_gets_the_answer()
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 5);
        line = line with { Program = line.Program with { Signature = line.Signature with { Outputs = [new OutputVariable("return", ScalarKind.Int32)] } } };
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(s_hundred, SurrogateGuard.OfRanges(line))));
        Assert.Equal([5, -5, 1, -1, 100], ((double[])[1, -1, 0.25, -0.25, 1.5]).Select(exported.Scalar("f")));
    }

    // The logarithm in C against the library's, from the smallest to the largest number.
    [Fact]
    public void The_logarithm_in_C_is_as_precise_as_a_double()
    {
        var whole = new Interval(Interval.LeastPositive, double.MaxValue) { IsLogarithmic = true };
        Surrogate line = SampleSurrogates.Linear([whole.Linear.Middle], [whole.Linear.HalfWidth], 1);
        line = line with { Program = line.Program with { Signature = line.Signature with { Inputs = [line.Signature.Inputs[0] with { Range = whole }] } } };
        double[] x = [.. InputSampler.Draw(line.Signature, 999, new SplitMix64(4)), 0.99999, 1, 1.00001, Math.E, 1.4142135623730951, 1.4142135623730954];
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(Precision: Precision.Double)));
        Assert.All(x.Zip(exported.AllRows(x, x.Length, 1)), p => Assert.Equal(Math.Log(p.First), p.Second, 1e-12));
    }

    [Fact]
    public void Half_weights_are_rounded_first_and_then_computed_with_as_they_are()
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(2, [9], 1), seed: 5), rounded = StoredWeights.Round(surrogate, WeightFormat.Float16)!;
        Assert.All(rounded.Layers, l => Assert.All(l.Weight.Concat(l.Bias), w => Assert.Equal((float)(Half)w, w)));
        Assert.All(surrogate.Layers.Zip(rounded.Layers), l => Assert.All(l.First.Weight.Zip(l.Second.Weight), w => Assert.Equal(w.First, w.Second, 5e-4)));
        double[] x = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(1)), y = new SurrogateEvaluator(rounded).Evaluate(x);
        using var exported = new CompiledC(CExport.Write(rounded, new ExportOptions(Weights: WeightFormat.Float16)));
        AssertClose(rounded, y, exported.AllRows(x, Rows, 1), 2e-5);

        // How far rounding moves it, in deviations; a line's slope of 1 + 2^-12 loses all of 2^-12, which is 2^-12 at the end of the range.
        Surrogate line = SampleSurrogates.Linear([0, 5], [1, 50], 1, 1 + (1 / 4096f));
        Assert.Equal(1 / 4096.0, StoredWeights.Moved(line, StoredWeights.Round(line, WeightFormat.Float16)!, 1), 1e-6);
        Assert.Equal(0, StoredWeights.Moved(line, line, 1));
        Assert.Null(StoredWeights.Round(SampleSurrogates.Linear([0], [1], 70000), WeightFormat.Float16));
        Assert.Null(StoredWeights.Round(line with { Layers = [line.Layers[0] with { Bias = [0, float.MinValue] }] }, WeightFormat.Float16));
        Assert.Null(StoredWeights.Round(SampleSurrogates.Linear([0], [1], 1, 70000), WeightFormat.Float16));
        Surrogate deep = SampleSurrogates.Create(new Topology(1, [1], 1));
        Assert.Null(StoredWeights.Round(deep with { Layers = [deep.Layers[0], new Layer([70000], [0])] }, WeightFormat.Float16));
    }

    [Fact]
    public void Without_a_guard_the_surrogate_always_answers()
    {
        using var exported = new CompiledC(CExport.Write(SampleSurrogates.Linear([0], [1], 1), new ExportOptions(s_hundred)));
        Assert.Equal((0.5, 7.0), (exported.Scalar("f")(0.5), exported.Scalar("f")(7)));
    }

    [Theory]
    [InlineData("#pragma nsc range(x, 0, 1)\n", "")]
    [InlineData("", "\n#pragma nsc range(x, 0, 1)\n")]
    public void A_compiler_does_not_warn_of_the_programs_pragmas(string before, string after)
    {
        var program = new DropIn(before + s_hundred.Before, s_hundred.Definition, after);
        string text = CExport.Write(SampleSurrogates.Linear([0], [1], 1), new ExportOptions(program));
        using var exported = new CompiledC(text );
        Assert.Equal(0.5, exported.Scalar("f")(0.5));
        Assert.Contains("\n// The program, with f under another name and, in its place, its surrogate.\n", text, StringComparison.Ordinal);

        // Only for the program's text: what follows is warned of again.
        Assert.Equal((1, 1), (Count(text, "diagnostic push"), Count(text, "diagnostic pop")));
        string plain = CExport.Write(SampleSurrogates.Linear([0], [1], 1), new ExportOptions(s_hundred));
        Assert.Equal(0, Count(plain, "diagnostic"));
    }

    [Fact]
    public void A_guard_of_ranges_answers_up_to_their_ends()
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 1);
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(s_hundred, SurrogateGuard.OfRanges(line))));
        Func<double, double> f = exported.Scalar("f");
        Assert.Equal([1, -1, 0.25], ((double[])[1, -1, 0.25]).Select(f));
        Assert.Equal([100, 100, 100], ((double[])[Math.BitIncrement(1.0), Math.BitDecrement(-1.0), double.NaN]).Select(f));
    }

    // The two are |x| / 2 apart in deviations of the first one.
    [Fact]
    public void A_guard_of_two_surrogates_answers_exactly_where_the_managed_one_does()
    {
        Surrogate first = SampleSurrogates.Linear([1], [2], 1), second = SampleSurrogates.Linear([1], [3], 1);
        var guard = new SurrogateGuard(first, second, 0.25);
        using var exported = new CompiledC(CExport.Write(first, new ExportOptions(s_hundred, guard, Precision.Double)));
        double[] x = [.. Enumerable.Range(-150, 301).Select(i => i / 100.0)];
        GuardedOutputs managed = guard.Answer(new SampleSet(1, 1, x, [.. x.Select(_ => 100.0)]));
        Assert.Equal(200, managed.Fallbacks);
        Assert.Equal(managed.Outputs, x.Select(exported.Scalar("f")));
    }

    [Fact]
    public void A_guard_answers_nowhere_outside_the_programs_domain()
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 1);
        var domain = DomainGuard.Of(Term.Graphed(1, x => [(x[0] + -0.25).Of(Nsc.Core.Dataflow.Opcode.SquareRoot)]), line.Signature);
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(s_hundred, SurrogateGuard.OfRanges(line), Domain: domain)));
        Assert.Equal([0.25, 1, 100, 100], ((double[])[0.25, 1, 0.2499, -1]).Select(exported.Scalar("f")));

        // Without a guard nobody looks.
        using var unguarded = new CompiledC(CExport.Write(line, new ExportOptions(s_hundred, Domain: domain)));
        Assert.Equal(-1, unguarded.Scalar("f")(-1));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void AssertClose(Surrogate surrogate, double[] expected, double[] actual, double most) => Assert.All(
        expected.Zip(actual).Select((p, i) => (p.First, p.Second, Scale: surrogate.OutputDeviation[i % surrogate.Topology.Outputs])),
        p => Assert.Equal(p.First, p.Second, most * p.Scale * 10));
}
