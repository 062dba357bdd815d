// Outputs that are learned by their logarithm are the outputs again in what is exported.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class ExportedLogarithmsTests
{
    private const int Rows = 70; // Two blocks of 32, and a rest.

    [Fact]
    public void A_straight_line_of_logarithms_is_a_power()
    {
        // ln y = ln(10) (3 u - 1), and beside it y = 2 u + 5.
        double ten = Math.Log(10);
        Surrogate line = SampleSurrogates.Linear([0, 5], [1, 2], 1, 1) with { OutputLogarithms = [new LogarithmScale(-ten, 3 * ten), null] };
        double[] x = [-1, -0.5, 0, 1], expected = [1e-4, 3, Math.Pow(10, -2.5), 4, 0.1, 5, 100, 7];
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(Precision: Precision.Double)));
        Assert.All((double[][])[line.Answer(x), CSharpExport.Evaluate(line, x, Precision.Double), exported.AllRows(x, 4, 2)], y => AssertNear(expected, y, 1e-14));
    }

    [Theory]
    [InlineData(Precision.Double, 1e-12)]
    [InlineData(Precision.Single, 1e-4)]
    public void C_and_C_sharp_answer_as_the_managed_surrogate_does(Precision precision, double tolerance)
    {
        Surrogate surrogate = SampleSurrogates.WithLogarithms();
        double[] x = InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(2)), y = surrogate.Answer(x);
        Assert.All(y.Where((_, i) => i % 3 == 2), n => Assert.Equal(Math.Floor(n), n));
        using var exported = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: precision)));
        double[] Numbers(double[] answers) => [.. answers.Where((_, i) => i % 3 != 2)]; // Half a millionth may round a whole number to the next one.
        Assert.All((double[][])[CSharpExport.Evaluate(surrogate, x, precision), exported.AllRows(x, Rows, 3)], a => AssertNear(Numbers(y), Numbers(a), tolerance));
        AssertNear(Numbers(y[^3..]), Numbers(exported.OneRow(x[^2..], 3)), tolerance);
    }

    // A guard's second opinion may be the only one of logarithms.
    [Fact]
    public void Either_surrogate_of_a_guard_may_give_logarithms()
    {
        Surrogate first = SampleSurrogates.Linear([1], [1], 0), second = first with { OutputLogarithms = [new LogarithmScale(0, 1)] };
        var program = new DropIn(
            "double f_original(double x);\ndouble f_original(double x) { (void)x; return 100; }",
            "double f(double x)\n{\n    double out[1];\n    return f_answers(&x, out) ? out[0] : f_original(x);\n}\ndouble f(double x);\n", "");
        using var exported = new CompiledC(CExport.Write(first, new ExportOptions(program, new SurrogateGuard(first, second, 0.25))));
        Assert.Equal(1, exported.Scalar("f")(0.5));
    }

    // The exponential in C against the library's, from the smallest to the largest normal number, and what lies beyond.
    [Fact]
    public void The_exponential_in_C_is_as_precise_as_a_double()
    {
        Surrogate line = SampleSurrogates.Linear([0], [1], 1) with { OutputLogarithms = [new LogarithmScale(0, 720)] };
        double[] x = [.. InputSampler.Draw(line.Signature, 999, new SplitMix64(4)), -1, 0, 1, 1e-9, double.NaN];
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(Precision: Precision.Double)));
        double[] expected = [.. x.Select(v => Math.Exp(Math.Clamp(720 * v, -708, 709)))];
        AssertNear(expected, exported.AllRows(x, x.Length, 1), 1e-14);
        AssertNear(expected, new SurrogateEvaluator(line).Evaluate(x), 1e-14);
    }

    private static void AssertNear(double[] expected, double[] actual, double tolerance) =>
        Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, double.IsNaN(p.First) ? 0 : tolerance * Math.Abs(p.First)));
}
