// The derivatives that C gives are those of what C computes, and those that nsc computes.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class ExportedJacobianTests
{
    private const int Rows = 20;

    public static TheoryData<int[], int, int> Shapes => new()
    {
        { [], 2, 2 },
        { [4], 1, 1 },
        { [16, 16], 9, 1 },
        { [7, 5, 3], 3, 4 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Derivatives_are_finite_differences_of_the_export_in_double_precision(int[] hidden, int inputs, int outputs)
    {
        Surrogate surrogate = SampleSurrogates.Create(new Topology(inputs, [.. hidden], outputs), seed: 5);
        AssertDerivatives(surrogate);
        ImmutableArray<InputVariable> ranges = [.. surrogate.Signature.Inputs.Select((v, i) => i == 0 ? v with { Range = new Interval(0.01, 300) { IsLogarithmic = true } } : v)];
        AssertDerivatives(surrogate with { Program = surrogate.Program with { Signature = surrogate.Signature with { Inputs = ranges } } });
    }

    [Fact]
    public void Single_precision_and_16_bit_weights_give_nearly_the_same()
    {
        Surrogate surrogate = StoredWeights.Round(SampleSurrogates.Create(new Topology(3, [8, 8], 2)), WeightFormat.Float16)!;
        double[] x = [0.3, -0.2, 1.1], expected = new SurrogateJacobian(surrogate).At(x);
        using var c = new CompiledC(CExport.Write(surrogate, new ExportOptions(Weights: WeightFormat.Float16, HasJacobian: true)));
        Assert.All(expected.Zip(c.Jacobian(x, 2)), p => Assert.Equal(p.First, p.Second, 1e-5));
    }

    [Theory]
    [InlineData()]
    [InlineData(6)]
    [InlineData(5, 3)]
    public void The_exponential_of_a_logarithm_is_derived_too(params int[] hidden) => AssertDerivatives(Unrounded(SampleSurrogates.WithLogarithms(new Topology(2, [.. hidden], 3))));

    private static Surrogate Unrounded(Surrogate surrogate) =>
        surrogate with { Program = surrogate.Program with { Signature = surrogate.Signature with { Outputs = [.. surrogate.Signature.Outputs.Select(o => o with { Kind = ScalarKind.Double })] } } };

    [Fact]
    public void The_derivative_of_a_whole_number_is_that_of_what_is_rounded_to_it()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        using var c = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: Precision.Double, HasJacobian: true)));
        double[] x = [20, 0.5], jacobian = c.Jacobian(x, 5), unrounded = Differences(surrogate.Signature, x, row => new SurrogateEvaluator(surrogate).Evaluate(row));
        Assert.All(jacobian, slope => Assert.NotEqual(0, slope));
        Assert.All(unrounded.Zip(jacobian), p => Assert.Equal(p.First, p.Second, 1e-6 * Math.Max(1, Math.Abs(p.First))));
    }

    [Fact]
    public void What_is_not_positive_changes_nothing_by_its_logarithm()
    {
        Surrogate surrogate = SampleSurrogates.WithAnswers();
        using var c = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: Precision.Double, HasJacobian: true)));
        foreach (double x in (double[])[0, -3])
        {
            double[] jacobian = c.Jacobian([x, 0.5], 5);
            Assert.Equal(new double[5], jacobian.Where((_, i) => i % 2 == 0));
            Assert.Equal(new SurrogateJacobian(surrogate).At([x, 0.5]).Where((_, i) => i % 2 == 0), jacobian.Where((_, i) => i % 2 == 0));
        }
    }

    private static void AssertDerivatives(Surrogate surrogate)
    {
        int outputs = surrogate.Topology.Outputs;
        using var c = new CompiledC(CExport.Write(surrogate, new ExportOptions(Precision: Precision.Double, HasJacobian: true)));
        var managed = new SurrogateJacobian(surrogate);
        foreach (double[] x in InputSampler.Draw(surrogate.Signature, Rows, new SplitMix64(7)).Chunk(surrogate.Topology.Inputs))
        {
            double[] jacobian = c.Jacobian(x, outputs), differences = Differences(surrogate.Signature, x, row => c.OneRow(row, outputs));
            Assert.All(differences.Zip(jacobian), p => Assert.Equal(p.First, p.Second, 1e-6 * Math.Max(1, Math.Abs(p.First))));
            Assert.All(managed.At(x).Zip(jacobian), p => Assert.Equal(p.First, p.Second, 1e-11 * Math.Max(1, Math.Abs(p.First))));
        }
    }

    // Central differences with Richardson's extrapolation: (outputs, inputs).
    private static double[] Differences(ProgramSignature signature, double[] x, Func<double[], double[]> answer)
    {
        double[][] byInput = [.. x.Select((_, i) =>
        {
            double step = 1e-3 * (signature.Inputs[i].Range.IsLogarithmic ? x[i] : signature.Inputs[i].Range.HalfWidth);
            double[] wide = Central(i, step), narrow = Central(i, step / 2);
            return narrow.Zip(wide, (n, w) => ((4 * n) - w) / 3).ToArray();
        })];
        return [.. Enumerable.Range(0, byInput[0].Length).SelectMany(k => byInput.Select(column => column[k]))];

        double[] Central(int i, double step) => [.. Moved(i, step).Zip(Moved(i, -step), (up, down) => (up - down) / (2 * step))];

        double[] Moved(int i, double by) => answer([.. x.Select((v, j) => j == i ? v + by : v)]);
    }
}
