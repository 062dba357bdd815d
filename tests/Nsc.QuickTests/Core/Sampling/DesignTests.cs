// Designs fill the ranges more evenly than independent draws do, and each of their rows alone is one.

using Nsc.Core.Programs;
using Nsc.Core.Sampling.Designs;

namespace Nsc.Tests.Sampling;

public class DesignTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Sobol_points_have_one_in_each_of_as_many_slices_along_each_axis(ulong seed)
    {
        const int Count = 256, Dimensions = 128;
        Assert.Equal(Dimensions, SobolDirections.MostDimensions);
        double[] points = new SobolSequence(Dimensions, seed).Next(Count);
        Assert.All(Enumerable.Range(0, Dimensions), i =>
            Assert.Equal(Enumerable.Range(0, Count), Enumerable.Range(0, Count).Select(row => (int)(points[(row * Dimensions) + i] * Count)).Order()));
    }

    [Fact]
    public void Sobol_points_fill_the_boxes_of_each_pair_of_the_first_axes_equally()
    {
        const int Count = 1024, Dimensions = 16, Boxes = 4;
        double[] points = new SobolSequence(Dimensions, 3).Next(Count);
        foreach ((int a, int b) in Enumerable.Range(0, Dimensions).SelectMany(a => Enumerable.Range(0, a).Select(b => (a, b))))
        {
            IEnumerable<int> counts = Enumerable.Range(0, Count).Select(row => row * Dimensions)
                .CountBy(at => ((int)(points[at + a] * Boxes), (int)(points[at + b] * Boxes))).Select(c => c.Value);
            Assert.Equal(Enumerable.Repeat(Count / (Boxes * Boxes), Boxes * Boxes), counts);
        }
    }

    [Fact]
    public void Fewer_sobol_points_are_the_first_of_more_and_another_seed_gives_others()
    {
        var sequence = new SobolSequence(3, 5);
        double[] all = new SobolSequence(3, 5).Next(100);
        Assert.Equal(all, sequence.Next(37).Concat(sequence.Next(63)));
        Assert.Empty(all.Intersect(new SobolSequence(3, 6).Next(100)));
        Assert.All(all, u => Assert.InRange(u, 0, 1 - 1e-16));
    }

    [Fact]
    public void A_scrambled_point_alone_is_uniform()
    {
        double[] third = [.. Enumerable.Range(0, 4096).Select(seed => new SobolSequence(5, (ulong)seed).Next(3)[^1])];
        Assert.InRange(third.Average(), 0.48, 0.52);
        Assert.All(third.CountBy(u => (int)(u * 8)), c => Assert.InRange(c.Value, 412, 612));
    }

    [Fact]
    public void The_mean_of_a_smooth_function_errs_less_on_sobol_points()
    {
        double Error(SamplingDesign design, ulong seed)
        {
            double[] rows = design.Inputs(Signature(Reals(6)), seed)(1024);
            return Math.Abs(rows.Chunk(6).Average(x => x.Aggregate(1.0, (product, v) => product * (1 + (v / 4)))) - 1);
        }

        double Mean(SamplingDesign design) => Enumerable.Range(1, 16).Average(seed => Error(design, (ulong)seed));
        Assert.InRange(Mean(SamplingDesign.Sobol), 0, Mean(SamplingDesign.Uniform) / 20);
        Assert.InRange(Mean(SamplingDesign.LatinHypercube), 0, Mean(SamplingDesign.Uniform) / 2);
    }

    [Fact]
    public void A_latin_hypercube_has_one_row_in_each_slice()
    {
        const int Count = 100;
        double[] rows = new LatinHypercube(4, 9).Next(Count);
        Assert.All(Enumerable.Range(0, 4), i => Assert.Equal(Enumerable.Range(0, Count), Enumerable.Range(0, Count).Select(row => (int)(rows[(row * 4) + i] * Count)).Order()));
    }

    [Theory]
    [InlineData(SamplingDesign.Sobol)]
    [InlineData(SamplingDesign.LatinHypercube)]
    [InlineData(SamplingDesign.Uniform)]
    public void Whole_numbers_stay_whole_and_a_logarithmic_range_has_as_many_rows_in_each_decade(SamplingDesign design)
    {
        ProgramSignature signature = Signature(
            [("n", ScalarKind.Int32, new(-2.5, 2.5)), ("p", ScalarKind.Double, new(1, 1e6) { IsLogarithmic = true }), ("f", ScalarKind.Float, new(0, 0.1))]);
        double[][] rows = [.. design.Inputs(signature, 4)(1000).Chunk(3)];
        Assert.Equal([-2, -1, 0, 1, 2], rows.Select(r => r[0]).Distinct().Order());
        Assert.All(rows.CountBy(r => Math.Floor(Math.Log10(r[1]))), c => Assert.InRange(c.Value, 130, 205));
        Assert.All(rows, r => Assert.Equal((float)r[2], r[2]));
    }

    [Fact]
    public void Inputs_beyond_those_that_have_directions_are_drawn_all_the_same()
    {
        double[] rows = new SobolSequence(131, 2).Next(64);
        Assert.InRange(Enumerable.Range(0, 64).Average(row => rows[(row * 131) + 130]), 0.35, 0.65);
        Assert.Equal(64 * 131, rows.Distinct().Count());
    }

    [Fact]
    public void Each_design_has_a_name_that_finds_it_and_some_need_a_program()
    {
        Assert.All(Enum.GetValues<SamplingDesign>(), design => Assert.Equal(design, SamplingDesigns.Named(design.Name())));
        Assert.All(SamplingDesigns.All.Where(d => !d.Design.NeedsRangesAlone()), d => Assert.Throws<ArgumentOutOfRangeException>(() => d.Design.Inputs(Signature(Reals(1)), 1)));
        Assert.Equal([SamplingDesign.Paths, SamplingDesign.Active], SamplingDesigns.All.Select(d => d.Design).Where(d => !d.NeedsRangesAlone()));
    }

    private static (string, ScalarKind, Interval)[] Reals(int count) => [.. Enumerable.Range(0, count).Select(i => ($"x{i}", ScalarKind.Double, Interval.Default))];

    private static ProgramSignature Signature((string Name, ScalarKind Kind, Interval Range)[] inputs) =>
        new("f", "", [.. inputs.Select(i => new InputVariable(i.Name, i.Kind, i.Range))], [new OutputVariable("return", ScalarKind.Double)]);
}
