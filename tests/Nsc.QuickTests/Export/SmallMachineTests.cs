// What an export for a small machine holds: weights of few bits, floats throughout, no batch, a section, rows to test with.

using System.Text.RegularExpressions;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public partial class SmallMachineTests
{
    private const int Rows = 100;
    private static readonly Surrogate s_surrogate = SampleSurrogates.Create(new Topology(3, [8, 20, 8], 2));

    [Theory]
    [InlineData(WeightFormat.Q15, 32767)]
    [InlineData(WeightFormat.Int8, 127)]
    public void Whole_numbers_with_a_factor_for_each_unit_compute_the_rounded_surrogate(WeightFormat format, int most)
    {
        Surrogate rounded = StoredWeights.Round(s_surrogate, format)!;
        foreach ((float exact, float stored, int i) in s_surrogate.Layers[1].Weight.Zip(rounded.Layers[1].Weight, Enumerable.Range(0, int.MaxValue)))
        {
            float largest = s_surrogate.Layers[1].Weight.AsSpan().Slice(i / 8 * 8, 8).ToArray().Max(Math.Abs);
            Assert.Equal(exact, stored, (0.51 * largest / most) + 1e-9);
        }

        Assert.Equal(s_surrogate.Layers.Select(l => l.Bias), rounded.Layers.Select(l => l.Bias));
        double[] x = InputSampler.Draw(rounded.Signature, Rows, new SplitMix64(1)), y = new SurrogateEvaluator(rounded).Evaluate(x);
        foreach (bool isSingle in (bool[])[false, true])
        {
            using var exported = new CompiledC(CExport.Write(rounded, new ExportOptions(Weights: format) { IsSingleThroughout = isSingle }));
            double[] given = isSingle ? exported.AllRowsOfFloats(x, Rows, 2) : exported.AllRows(x, Rows, 2);
            Assert.All(y.Zip(given), p => Assert.Equal(p.First, p.Second, 2e-5));
        }
    }

    [Fact]
    public void Fewer_bits_move_an_output_further()
    {
        double[] moved = [.. ((WeightFormat[])[WeightFormat.Float32, WeightFormat.Q15, WeightFormat.Float16, WeightFormat.Int8])
            .Select(f => StoredWeights.Moved(s_surrogate, StoredWeights.Round(s_surrogate, f)!, seed: 1))];
        Assert.Equal(moved.Order(), moved);
        Assert.Equal(0, moved[0]);
        Assert.InRange(moved[1], 1e-6, 1e-3);
        Assert.InRange(moved[3], 1e-3, 0.2);
    }

    [Fact]
    public void Derivatives_are_those_of_the_rounded_surrogate()
    {
        Surrogate rounded = StoredWeights.Round(s_surrogate, WeightFormat.Int8)!;
        using var exported = new CompiledC(CExport.Write(rounded, new ExportOptions(Weights: WeightFormat.Int8, Precision: Precision.Double, HasJacobian: true)));
        double[] x = [0.25, -1, 2], jacobian = exported.Jacobian(x, 2);
        for (int i = 0; i < 3; i++)
        {
            double[] Moved(double by) => new SurrogateEvaluator(rounded).Evaluate([.. x.Select((v, j) => j == i ? v + by : v)]);
            double[] above = Moved(1e-4), below = Moved(-1e-4);
            Assert.Equal((above[0] - below[0]) / 2e-4, jacobian[i], 1e-6);
            Assert.Equal((above[1] - below[1]) / 2e-4, jacobian[3 + i], 1e-6);
        }
    }

    [Fact]
    public void Throughout_single_no_double_is_named_and_whole_numbers_and_logarithms_are_right()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        string text = CExport.Write(surrogate, new ExportOptions(HasJacobian: true) { IsSingleThroughout = true });
        Assert.DoesNotContain("double", text, StringComparison.Ordinal);
        Assert.DoesNotContain("long long", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(UnmarkedNumber(), Comment().Replace(text, ""));

        double[] x = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(2)), y = surrogate.Answer(x);
        using var exported = new CompiledC(text);
        double[] given = exported.AllRowsOfFloats(x, Rows, 5);
        Assert.InRange(y.Zip(given).Count(p => Math.Abs(p.First - p.Second) > 1e-4), 0, 3); // a number near a half may be rounded to the other side
        Assert.Equal(y.Max(), given.Max());
    }

    [Fact]
    public void Header_and_file_leave_out_the_batch_and_place_the_tables()
    {
        var options = new ExportOptions { HasBatch = false, Section = ".rodata.net", Name = "flow" };
        string text = CExport.Write(s_surrogate, options), header = CExport.WriteDeclarations(s_surrogate, options);
        Assert.DoesNotContain("_batch", text + header, StringComparison.Ordinal);
        Assert.DoesNotContain("_some", text, StringComparison.Ordinal);
        Assert.Contains("static const float flow_surrogate_w1[48] __attribute__((section(\".rodata.net\"))) = {", text, StringComparison.Ordinal);
        Assert.Contains("#ifndef FLOW_SURROGATE_H", header, StringComparison.Ordinal);
        Assert.Contains("void flow_surrogate(const double *in, double *out);", header, StringComparison.Ordinal);
        using var compiled = new CompiledC(text.Replace("flow_surrogate", "f_surrogate", StringComparison.Ordinal));
        Assert.All(new SurrogateEvaluator(s_surrogate).Evaluate([1, 2, 3]).Zip(compiled.OneRow([1, 2, 3], 2)), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void Rows_to_test_with_are_what_run_answers()
    {
        var options = new ExportOptions { TestRows = 3 };
        string text = CExport.Write(s_surrogate, options);
        Assert.Contains("#ifdef F_SURROGATE_TEST\n#define F_SURROGATE_TEST_ROWS 3\nextern const double f_surrogate_test_in[3][3], f_surrogate_test_out[3][2];\n#endif", CExport.WriteDeclarations(s_surrogate, options), StringComparison.Ordinal);
        using var compiled = new CompiledC("#define F_SURROGATE_TEST\n" + text);
        double[] x = compiled.Table("f_surrogate_test_in", 9), y = compiled.Table("f_surrogate_test_out", 6);
        Assert.Equal(s_surrogate.Answer(x), y);
        Assert.All(y.Zip(compiled.AllRows(x, 3, 2)), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Fact]
    public void Of_a_static_function_s_drop_in_nothing_can_be_named_by_another_file()
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 1);
        var program = new DropIn("static double f_original(double x) { (void)x; return 100; }", "static double f(double x) { double out[1]; return f_answers(&x, out) ? out[0] : f_original(x); }", "\ndouble g(double x);\ndouble g(double x) { return f(x); }\n") { IsStatic = true };
        var options = new ExportOptions(program, SurrogateGuard.OfRanges(line));
        Assert.Null(Exporters.Of("c").WriteDeclarations(line, options));
        using var compiled = new CompiledC(CExport.Write(line, options));
        Assert.Equal([0.5, 100], ((double[])[0.5, 7]).Select(compiled.Scalar("g")));
        Assert.Equal(["g"], compiled.Names.Where(n => n is "g" or ['f', '_', ..]));
    }

    [Fact]
    public void The_footprint_counts_tables_buffers_and_products()
    {
        // 3-8-20-8-1 for each of two outputs: 24 + 160 + 160 + 8 weights, 37 biases; 3 + 3 + 2 + 2 numbers of scaling.
        Assert.Equal(new Footprint((2 * (352 + 37) * 4) + (10 * 8), (3 + 40) * 4, 704, 72), Footprint.Of(s_surrogate, new ExportOptions()));
        Assert.Equal((2 * 352) + (2 * 37 * 8) + (10 * 4), Footprint.Of(s_surrogate, new ExportOptions(Weights: WeightFormat.Int8) { IsSingleThroughout = true }).TableBytes);
        Footprint footprint = Footprint.Of(s_surrogate, new ExportOptions());
        Assert.True(footprint.Cycles(Processor.All.Single(p => p.Name == "cortex-m4")) < footprint.Cycles(Processor.All.Single(p => p.Name == "cortex-m0")));
    }

    [GeneratedRegex(@"\b\d+\.\d+(?:[eE][+-]?\d+)?(?![\dfeE])")]
    private static partial Regex UnmarkedNumber();

    [GeneratedRegex("//[^\n]*")]
    private static partial Regex Comment();
}
