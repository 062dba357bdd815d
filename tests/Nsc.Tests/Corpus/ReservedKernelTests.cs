// The benchmark's programs stay out of training: by rule where coefficients are drawn, and by behaviour.

using System.Collections.Immutable;
using Nsc.Corpus.Generator;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Families.Mathematics;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Tests.Corpus;

public class ReservedKernelTests
{
    [Theory]
    [InlineData(1, "1 2 1 0 0 0 -1 -2 -1")]
    [InlineData(-0.25, "1 2 1 0 0 0 -1 -2 -1")]
    [InlineData(1, "-1 0 1 -2 0 2 -1 0 1")]
    public void Sobels_window_is_known_at_any_scale_sign_and_orientation(double scale, string window) =>
        Assert.True(ReservedKernels.IsSobel([.. Window(window).Select(w => w * scale)]));

    [Theory]
    [InlineData("1 1 1 0 0 0 -1 -1 -1")]
    [InlineData("3 10 3 0 0 0 -3 -10 -3")]
    [InlineData("0 0 0 0 0 0 0 0 0")]
    public void Other_windows_are_not_reserved(string window) => Assert.False(ReservedKernels.IsSobel(Window(window)));

    [Fact]
    public void No_gradient_pair_that_is_drawn_contains_sobels()
    {
        for (int i = 0; i < 20_000; i++)
        {
            (double[] horizontal, double[] vertical) = Stencils.DrawPair(new Rng(3, i));
            Assert.False(ReservedKernels.IsSobel(horizontal) || ReservedKernels.IsSobel(vertical));
        }
    }

    [Fact]
    public void The_other_kernels_parameters_are_reserved_and_their_neighbours_are_not()
    {
        Assert.True(ReservedKernels.IsKmeansDistance(3, 2, isWeighted: false));
        Assert.False(ReservedKernels.IsKmeansDistance(3, 2, isWeighted: true));
        Assert.False(ReservedKernels.IsKmeansDistance(4, 2, isWeighted: false));
        Assert.True(ReservedKernels.IsFftTwiddle(-2 * Math.PI));
        Assert.False(ReservedKernels.IsFftTwiddle(Math.PI));
        Assert.True(ReservedKernels.IsInverseK2J(0.5, 0.5));
        Assert.False(ReservedKernels.IsInverseK2J(0.5, 0.6));
    }

    [Fact]
    public void No_generated_function_behaves_like_the_kmeans_distance()
    {
        string[] near = ["linear-algebra", "colours", "loops", "geometry"];
        var weights = ProgramGenerator.FamilyNames.ToImmutableDictionary(n => n, n => near.Contains(n) ? 1.0 : 0.0);
        double[] sixInputs = [0, 0, 0, 0, 0, 1];
        var generator = new ProgramGenerator(new GeneratorOptions { FamilyWeights = weights, InputWeights = [.. sixInputs] });
        GeneratedFunction[] candidates = [.. Enumerable.Range(0, 400).Select(i => generator.Function(81, i)).Where(f => f.InputCount == 6 && f.Output.Names.Length == 1)];
        Assert.True(candidates.Length > 50);
        Assert.DoesNotContain(NativeProbe.Run(candidates, 16, 2), IsKmeans);
    }

    [Fact]
    public void The_kmeans_distance_itself_would_be_noticed()
    {
        const string Text = "double f0(double a, double b, double c, double p, double q, double r)\n{ return sqrt((a-b)*(a-b) + (c-p)*(c-p) + (q-r)*(q-r)); }\n";
        ImmutableArray<GeneratedParameter> parameters =
            [.. "abcpqr".Select(c => new GeneratedParameter(c.ToString(), "double", ParameterShape.Scalar, [new(c.ToString(), false, new(0, 1))]))];
        var kernel = new GeneratedFunction("f0", "", "", Text, parameters, new(OutputShape.Value, "double", "", ["return"]));
        Assert.True(IsKmeans(NativeProbe.Run([kernel], 16, 2)[0]));
    }

    private static double[] Window(string text) => [.. text.Split(' ').Select(w => double.Parse(w, System.Globalization.CultureInfo.InvariantCulture))];

    // Whether some pairing of the six inputs makes the output their Euclidean distance.
    private static bool IsKmeans(Probe probe) => Pairings([0, 1, 2, 3, 4, 5]).Any(pairing =>
        Enumerable.Range(0, probe.Inputs.Length).All(p =>
        {
            double squared = pairing.Sum(pair => Math.Pow(probe.Inputs[p][pair.First] - probe.Inputs[p][pair.Second], 2));
            return Math.Abs(probe.Outputs[p][0] - Math.Sqrt(squared)) <= 1e-4 * Math.Sqrt(squared);
        }));

    private static IEnumerable<ImmutableArray<(int First, int Second)>> Pairings(ImmutableArray<int> rest) => rest.IsEmpty
        ? [[]]
        : from second in rest.Skip(1) from pairing in Pairings(rest.Remove(second).RemoveAt(0)) select pairing.Insert(0, (rest[0], second));
}
