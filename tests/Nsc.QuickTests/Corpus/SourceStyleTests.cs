// From the idioms' plain C to a person's: types, suffixes, parentheses; and the numbers inside.

using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Tests.Corpus;

public class SourceStyleTests
{
    private static readonly SourceStyle Single = new("float", "float", true);
    private static readonly SourceStyle Double = new("double", "double", false);

    [Theory]
    [InlineData("real y = 2.0 * sqrt(x) + 1e-3;", "float y = 2.0f * sqrtf(x) + 1e-3f;")]
    [InlineData("real unreal = p[2] * x2 + log1p(x);", "float unreal = p[2] * x2 + log1pf(x);")]
    [InlineData("return x < (-0.5) ? (-2.0) : y - (-3.0);", "return x < -0.5f ? -2.0f : y - (-3.0f);")]
    [InlineData("fmin(fmax(x, (-0.7)), 1.5e-5)", "fminf(fmaxf(x, -0.7f), 1.5e-5f)")]
    public void Single_precision_carries_its_suffixes(string plain, string expected) => Assert.Equal(expected, Single.Body(plain));

    [Theory]
    [InlineData("real y = 2.0 * sqrt(x);", "double y = 2.0 * sqrt(x);")]
    [InlineData("helper(-0.5)", "helper(-0.5)")]
    public void Double_precision_only_names_its_type(string plain, string expected) => Assert.Equal(expected, Double.Body(plain));

    [Theory]
    [InlineData(3, "3.0")]
    [InlineData(-0.25, "-0.25")]
    [InlineData(1e-7, "1e-07")]
    [InlineData(1e20, "1e20")]
    public void A_literal_is_of_type_double(double value, string expected) => Assert.Equal(expected, Numbers.Literal(value));

    [Fact]
    public void A_constant_between_two_bounds_lies_between_them()
    {
        for (int i = 0; i < 5000; i++)
        {
            var rng = new Rng(9, i);
            double low = rng.Uniform(-100, 100), high = low + Math.Pow(10, rng.Uniform(-3, 2));
            Assert.InRange(Numbers.Between(rng, low, high), low, high);
        }
    }
}
