// What an approximation says of itself is what its C computes.

using Nsc.Core.Approximation;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Engine.Approximating;
using Nsc.Export.Approximations;

namespace Nsc.Tests.Export;

public class ApproximationTests
{
    private const int Rows = 70;

    private static readonly ApproximationOrigin s_origin = new("1.0.0", new string('a', 64), 9);

    private static readonly DropIn s_hundred = new(
        "double f_original(double x);\ndouble f_original(double x) { (void)x; return 100; }",
        "double f(double x)\n{\n    double out[1];\n    return f_answers(&x, out) ? out[0] : f_original(x);\n}\ndouble f(double x);\n", "");

    public static TheoryData<string> Kinds => ["chebyshev", "table", "polynomial"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void C_computes_what_the_approximation_says(string kind)
    {
        ProgramSignature signature = Signature(
            [new("x", ScalarKind.Double, new Interval(-2, 6)), new("y", ScalarKind.Double, new Interval(0.01, 100) { IsLogarithmic = true }), new("z", ScalarKind.Float, new Interval(3, 4))],
            [new("return", ScalarKind.Double), new("n", ScalarKind.Int16)]);
        IApproximation approximation = Approximation(kind, signature, p => [Math.Sin(p[0]) * Math.Log(p[1]), 40 * p[2] * Math.Cos(p[0])]);
        double[] x = InputSampler.Draw(signature, Rows, new SplitMix64(1)), expected = approximation.Answer(x);
        using var c = new CompiledC(CFile.Write(approximation, null, isGuarded: false, [], ["A note."]));
        double[] all = c.AllRows(x, Rows, 2);
        Assert.All(Enumerable.Range(0, 2 * Rows), i => Assert.Equal(expected[i], all[i], 1e-9));
        Assert.Equal(expected[^1], c.OneRow(x[^3..], 2)[1]);
        Assert.All(Enumerable.Range(0, Rows), row => Assert.Equal(Math.Round(expected[(2 * row) + 1]), expected[(2 * row) + 1]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_guard_calls_the_original_out_of_range(string kind)
    {
        IApproximation approximation = Approximation(kind, Signature([new("x", ScalarKind.Double, new Interval(-1, 1))], [new("return", ScalarKind.Double)]), p => [p[0] * p[0]]);
        using var c = new CompiledC(CFile.Write(approximation, s_hundred, isGuarded: true, [], []));
        Func<double, double> f = c.Scalar("f");
        Assert.Equal(0.25, f(0.5), 2e-3);
        Assert.Equal(1, f(-1), 2e-3);
        Assert.Equal(100, f(1.0001));
        Assert.Equal(100, f(double.NaN));
    }

    [Fact]
    public void An_interpolant_that_is_a_constant_compiles()
    {
        ProgramSignature signature = Signature([new("x", ScalarKind.Double, new Interval(-1, 1))], [new("return", ScalarKind.Double)]);
        var approximation = new ChebyshevApproximation(signature, s_origin, new ChebyshevInterpolant([1], 1, [2.5]));
        using var c = new CompiledC(CFile.Write(approximation, null, isGuarded: false, [], []));
        Assert.Equal(2.5, c.OneRow([0.3], 1)[0]);
    }

    private static ProgramSignature Signature(InputVariable[] inputs, OutputVariable[] outputs) => new("f", "double f(double x);", [.. inputs], [.. outputs]);

    private static IApproximation Approximation(string kind, ProgramSignature signature, Func<double[], double[]> function)
    {
        int width = signature.Inputs.Length, outputs = signature.Outputs.Length;
        double[] Values(double[] rows) => [.. rows.Chunk(width).SelectMany(function)];
        switch (kind)
        {
            case "chebyshev":
                int[] sizes = [.. Enumerable.Repeat(20, 1), .. Enumerable.Repeat(3, width - 1)];
                return new ChebyshevApproximation(signature, s_origin, ChebyshevInterpolant.Through(
                    sizes, outputs, Values([.. ChebyshevInterpolant.Grid(sizes).Select((u, i) => signature.Inputs[i % width].Range.At(u))])));
            case "table":
                TableAxis[] axes = [.. signature.Inputs.Select(input => TableAxis.Of(input, 30))];
                return new TableApproximation(signature, s_origin, MultilinearTable.Of(axes, outputs, Values(MultilinearTable.Grid(axes, signature.Inputs))));
            default:
                double[] x = InputSampler.Draw(signature, 400, new SplitMix64(5));
                return new PolynomialApproximation(signature, s_origin, new PolynomialFit(signature, new SampleSet(width, outputs, x, Values(x))).Ladder().Last());
        }
    }
}
