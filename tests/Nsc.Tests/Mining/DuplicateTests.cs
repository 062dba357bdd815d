using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

public sealed class DuplicateTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Original = "#include <math.h>\ndouble f(double a, double b) { return a * exp(0.5 * b) - b * b * 3.0; }";

    [Fact]
    public void Names_layout_and_the_spelling_of_numbers_do_not_hide_the_same_tokens() =>
        Assert.Equal(DuplicateKind.Tokens, Compare(Original, """
            #include <math.h>
            /* Another author's. */
            double response(const double gain,
                            double level)
            {
                return gain * exp(.50 * level) - level * level * 3e0;
            }
            """));

    [Theory]
    [InlineData("double f(double a, double b) { double c = 3.0 * (b * b); return exp(b * 0.5) * a - c; }")]
    [InlineData("double f(double b, double a) { return a * exp(0.5 * b) - b * b * 3.0; }")]
    [InlineData("static double g(double x) { return exp(0.5 * x); } double f(double a, double b) { return a * g(b) - b * b * 3.0; }")]
    public void Another_order_of_operands_or_inputs_and_helpers_do_not_hide_the_same_graph(string other) =>
        Assert.NotNull(Compare(Original, "#include <math.h>\n" + other));

    [Theory]
    [InlineData("double f(double a, double b) { return 7.0 - 4.0 * (a * exp(0.5 * b) - b * b * 3.0); }")]
    [InlineData("double f(double u, double v) { return v * exp(u / 2.0) - 3.0 * (u + 1e-9) * u; }")]
    [InlineData("double f(double minus_a, double b) { return minus_a * exp(0.5 * b) + b * b * 3.0; }")]
    public void Scale_sign_direction_and_order_of_inputs_do_not_hide_the_same_behaviour(string other) =>
        Assert.Equal(DuplicateKind.Behaviour, Compare(Original, "#include <math.h>\n" + other));

    [Theory]
    [InlineData("double f(double a, double b) { return a * exp(0.5 * b) - b * b * 2.0; }")]
    [InlineData("double f(double a, double b) { return a * exp(0.5 * b) - a * b * 3.0; }")]
    [InlineData("double f(double a, double b) { return b * exp(0.5 * b) - b * b * 3.0 + 0.0 * a; }")]
    [InlineData("double f(double a, double b, double c) { return a * exp(0.5 * b) - b * c * 3.0; }")]
    public void Other_functions_are_no_duplicates(string other) => Assert.Null(Compare(Original, "#include <math.h>\n" + other));

    [Fact]
    public void Ranges_do_not_hide_the_same_graph() => Assert.NotNull(
        Compare(Original, Original.Replace("double f", "#pragma nsc inputs(0, 7)\ndouble f", StringComparison.Ordinal)));

    private DuplicateKind? Compare(string original, string other)
    {
        ShardRow first = MiningFolder.Plain(original, sandbox.Toolchain).Single(), second = MiningFolder.Plain(other, sandbox.Toolchain).Single();
        return Deduplication.Against([second], [first]).Dropped.SingleOrDefault()?.Kind;
    }
}
