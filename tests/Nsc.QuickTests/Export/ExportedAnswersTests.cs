// Outputs that are whole numbers, or one of a few values, are answered as such by what is exported, and inputs over decades by their logarithm.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Tests.Core.Surrogates;

namespace Nsc.Tests.Export;

public class ExportedAnswersTests
{
    private const int Outputs = 6;

    // 2.5 x; 10 x + 1/4 as an int; 20 x + 250 and 20 x + 5 as bytes; 4 x + 3 as one of 0, 3 and 7; 5 x as one of -5 and 2.
    private static readonly Surrogate s_surrogate = Of(
        SampleSurrogates.Linear([0, 0.25, 250, 5, 3, 0], [2.5, 10, 20, 20, 4, 5], 1, 1, 1, 1, 1, 1),
        (ScalarKind.Double, []), (ScalarKind.Int32, []), (ScalarKind.UInt8, []), (ScalarKind.UInt8, []), (ScalarKind.UInt8, [0, 3, 7]), (ScalarKind.Int8, [-5, 2]));

    public static TheoryData<double, double[]> Answers => new()
    {
        { -1, [-2.5, -10, 230, 0, 0, -5] },
        { 1, [2.5, 10, 255, 25, 7, 2] },
        { 0, [0, 0, 250, 5, 3, 2] },
        { 0.125, [0.3125, 2, 253, 8, 3, 2] }, // 1.5 is rounded up, and so are 252.5 and 7.5.
        { -0.175, [-0.4375, -1, 247, 2, 3, 2] }, // So is -1.5.
        { 0.5, [1.25, 5, 255, 15, 3, 2] }, // 5 is not beyond the middle between 3 and 7.
        { -0.5, [-1.25, -5, 240, 0, 0, -5] },
        { double.NaN, [.. Enumerable.Repeat(double.NaN, Outputs)] },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Whole_numbers_are_rounded_within_their_type_and_values_are_the_nearest_ones(double x, double[] expected)
    {
        Assert.Equal(expected, s_surrogate.Answer([x]));
        foreach (Precision precision in (Precision[])[Precision.Single, Precision.Double])
        {
            AssertNear(expected, CSharpExport.Evaluate(s_surrogate, [x], precision));
            using var exported = new CompiledC(CExport.Write(s_surrogate, new ExportOptions(Precision: precision)));
            AssertNear(expected, exported.OneRow([x], Outputs));
            const int Rows = 40; // A whole block, and a rest.
            Assert.All(exported.AllRows([.. Enumerable.Repeat(x, Rows)], Rows, Outputs).Chunk(Outputs), row => AssertNear(expected, row));
        }
    }

    [Fact]
    public void A_number_that_no_integer_holds_is_the_end_of_its_type()
    {
        Surrogate huge = Of(SampleSurrogates.Linear([0, 0], [1e30, 1e30], 1, -1), (ScalarKind.Int32, []), (ScalarKind.Int32, []));
        using var exported = new CompiledC(CExport.Write(huge, new ExportOptions()));
        Assert.Equal([int.MaxValue, int.MinValue], exported.OneRow([1], 2));
        Assert.Equal([int.MaxValue, int.MinValue], huge.Answer([1]));
    }

    [Fact]
    public void An_input_over_decades_is_scaled_by_its_logarithm()
    {
        // u = log10(x) / 2 over [1/100, 100], beside an input that is not; y = 3 u + v.
        Surrogate line = SampleSurrogates.Linear([0], [1], 3, 1);
        ImmutableArray<InputVariable> inputs = [line.Signature.Inputs[0] with { Range = new Interval(0.01, 100) { IsLogarithmic = true } }, line.Signature.Inputs[1]];
        line = line with { Program = line.Program with { Signature = line.Signature with { Inputs = inputs } } };
        double[] x = [0.01, 0, 1, 0.5, 100, -1, 10, 0.25], expected = [-3, 0.5, 2, 1.75];
        using var exported = new CompiledC(CExport.Write(line, new ExportOptions(Precision: Precision.Double)));
        Assert.All((double[][])[line.Answer(x), CSharpExport.Evaluate(line, x, Precision.Double), exported.AllRows(x, 4, 1)], y => AssertNear(expected, y));
        double[] least = line.Answer([double.Epsilon, 0]);
        Assert.Equal(least, line.Answer([-7, 0])); // What is not positive is the least positive number.
        AssertNear(least, exported.OneRow([-7, 0], 1), 1e-9);
    }

    private static Surrogate Of(Surrogate surrogate, params (ScalarKind Kind, double[] Values)[] outputs) => surrogate with
    {
        Program = surrogate.Program with { Signature = surrogate.Signature with { Outputs = [.. outputs.Select((o, k) => new OutputVariable($"out[{k}]", o.Kind))] } },
        OutputValues = [.. outputs.Select(o => o.Values.ToImmutableArray())],
    };

    private static void AssertNear(double[] expected, double[] actual, double tolerance = 1e-6) =>
        Assert.All(expected.Zip(actual, (e, a) => (Expected: e, Actual: a)), p => Assert.Equal(p.Expected, p.Actual, tolerance));
}
