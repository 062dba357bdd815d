using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;
using Nsc.Corpus.Splitting;
using Nsc.Tests.FrontEnd.Execution;

namespace Nsc.Tests.Mining;

/// <summary>What training must not see of a held-out function: how far a stone flies, of data/idioms.</summary>
public sealed class SiblingTests(Sandbox sandbox) : IClassFixture<Sandbox>
{
    private const string Ranges = "#pragma nsc input(v, 5, 40)\n#pragma nsc input(a, 5, 80)\n#pragma nsc input(h, 0, 20)\n";
    private const string HeldOut = Ranges + "double f(double v, double a, double h) {" + Body + " return x * t; }";

    private const string Body = """

        double angle = a * 3.14159265358979 / 180.0;
        double x = v * cos(angle), y = v * sin(angle);
        double t = (y + sqrt(y * y + 2.0 * 9.81 * h)) / 9.81;

        """;

    private static readonly string s_onePercent = Scaled(1.01, 1.01, 1.01), s_threePercent = Scaled(1.03, 1.03, 1.03), s_mixed = Scaled(1.03, 0.97, 1.03);

    public static TheoryData<string, string> Siblings => new()
    {
        { "constants 1% larger", $"{Ranges}double f(double v, double a, double h) {{ {s_onePercent} return x * t; }}" },
        { "constants 1% smaller", $"{Ranges}double f(double v, double a, double h) {{ {Scaled(0.99, 0.99, 0.99)} return x * t; }}" },
        { "constants 3% larger", $"{Ranges}double f(double v, double a, double h) {{ {s_threePercent} return x * t; }}" },
        { "constants 3% smaller", $"{Ranges}double f(double v, double a, double h) {{ {Scaled(0.97, 0.97, 0.97)} return x * t; }}" },
        { "constants 3% either way", $"{Ranges}double f(double v, double a, double h) {{ {s_mixed} return x * t; }}" },
        { "permuted", $"{Ranges}double f(double h, double v, double a) {{ {Body} return x * t; }}" },
        { "permuted, constants 1% larger", $"{Ranges}double f(double a, double h, double v) {{ {s_onePercent} return x * t; }}" },
        { "permuted, constants 3% either way", $"{Ranges}double f(double h, double a, double v) {{ {s_mixed} return x * t; }}" },
        { "an input added that hardly matters", $"{Ranges}double f(double v, double a, double h, double wind) {{ {Body} return x * t + 0.5 * wind; }}" },
        { "a factor that hardly matters", $"{Ranges}double f(double drag, double v, double a, double h) {{ {Body} return x * t * (1.0 + 0.01 * drag); }}" },
        { "an input that hardly matters, constants 1% larger", $"{Ranges}double f(double v, double a, double h, double wind) {{ {s_onePercent} return x * t + 0.5 * wind; }}" },
        { "a second output", $"{Ranges}double f(double v, double a, double h, double *flight) {{ {Body} *flight = t; return x * t; }}" },
        { "another output first, permuted", $"{Ranges}double f(double h, double a, double v, double *reach) {{ {Body} *reach = x * t; return exp(0.02 * v) * h; }}" },
        { "ranges 5% wider", "#pragma nsc input(v, 4.1, 40.9)\n#pragma nsc input(a, 3.1, 81.9)\n#pragma nsc input(h, 0, 21)\n" + $"double f(double v, double a, double h) {{ {Body} return x * t; }}" },
        { "one range 5% wider, constants 1% larger", "#pragma nsc input(v, 5, 41.8)\n#pragma nsc input(a, 5, 80)\n#pragma nsc input(h, 0, 20)\n" + $"double f(double v, double a, double h) {{ {s_onePercent} return x * t; }}" },
        { "an input mirrored", "#pragma nsc input(w, -40, -5)\n#pragma nsc input(a, 5, 80)\n#pragma nsc input(h, 0, 20)\n" + $"double f(double w, double a, double h) {{ double v = -w; {Body} return x * t; }}" },
        { "two inputs mirrored", "#pragma nsc input(w, -40, -5)\n#pragma nsc input(down, -20, 0)\n#pragma nsc input(a, 5, 80)\n" + $"double f(double w, double a, double down) {{ double v = -w, h = -down; {Body} return x * t; }}" },
        { "an affine map of the output", $"{Ranges}double f(double v, double a, double h) {{ {Body} return 7.0 - 3.0 * (x * t); }}" },
        { "other units", "#pragma nsc input(kmh, 18, 144)\n#pragma nsc input(a, 5, 80)\n#pragma nsc input(above, 100, 120)\n" + $"double f(double kmh, double a, double above) {{ double v = kmh / 3.6, h = above - 100.0; {Body} return x * t; }}" },
        { "all of it", "#pragma nsc input(w, -40.5, -4.5)\n#pragma nsc input(a, 5, 80)\n#pragma nsc input(h, 0, 20)\n" + $"double f(double wind, double h, double a, double w, double *flight) {{ double v = -w; {s_onePercent} *flight = t; return 2.0 - x * t + 0.5 * wind; }}" },
    };

    public static TheoryData<string> Strangers => new()
    {
        "x * x / 20.0 + h * h", "y * y / 19.62 + h", "t", "v * v * sin(2.0 * angle) / (5.0 + h)", "0.5 * v * v + 9.81 * h * a", "x * exp(-0.1 * t)",
        "v * cos(2.0 * angle) * sqrt(h)", "atan2(y, x + h)", "h * cos(0.3 * v)", "fmin(v, h) * a", "x > 15.0 ? t : 0.0", "log(1.0 + h * v) - 0.05 * a",
    };

    [Theory]
    [MemberData(nameof(Siblings))]
    public void A_near_copy_of_a_held_out_function_is_kept_from_training(string what, string sibling)
    {
        (ShardRow heldOut, ShardRow copy) = (Function(HeldOut), Function(sibling));
        Assert.True(Deduplication.Against([copy], [heldOut]).Dropped.Length == 1, what);
        Assert.True(new LeakFilter([heldOut]).Leaks(copy.Program()), what);
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Another_function_of_the_same_quantities_is_trained_on(string result) => Assert.Empty(Deduplication.Against(
        [Function($"{Ranges}double f(double v, double a, double h) {{ {Body} return {result}; }}")], [Function(HeldOut)]).Dropped);

    [Fact]
    public void A_straight_line_in_one_input_that_several_functions_have_tells_nobody_apart()
    {
        ShardRow unseen = Function("double f(double x, double y, double *scaled) { *scaled = 3.0 * x; return sin(3.0 * x * y); }");
        ShardRow other = Function("double g(double u, double v, double *doubled) { *doubled = 2.0 * v - 1.0; return exp(u - v) * cos(4.0 * u); }");
        Assert.Empty(Deduplication.Against([other], [unseen]).Dropped);
    }

    [Fact]
    public void Functions_that_are_nothing_but_straight_lines_are_the_same() => Assert.Single(Deduplication.Against(
        [Function("double inches(double metres) { return metres / 0.0254; }")], [Function("double radians(double degrees) { return degrees * 0.0174533; }")]).Dropped);

    [Fact]
    public void Alike_inputs_in_pairs_are_found_in_another_order() => Assert.Single(Deduplication.Against(
        [Function("double f(double a, double b, double c, double d) { return 2.0 * a * d - 2.0 * c * b; }")],
        [Function("double f(double a, double b, double c, double d) { return a * b + c * d; }")]).Dropped);

    [Fact]
    public void A_large_value_that_both_functions_have_somewhere_does_not_make_them_the_same() => Assert.Empty(Deduplication.Against(
        [Function("double f(double x, double y) { return sin(5.0 * y) + cos(3.0 * x); }")],
        [Function("double f(double x, double y) { return exp(y) * x + 1.0 / (1.0 + 1e3 * x * x); }")]).Dropped);

    private static string Scaled(double angle, double gravity, double half) => FormattableString.Invariant($"""

        double angle = a * {angle * Math.PI} / 180.0;
        double x = v * cos(angle), y = v * sin(angle);
        double t = (y + sqrt(y * y + {2 * half} * {9.81 * gravity} * h)) / {9.81 * gravity};

        """);

    private ShardRow Function(string source) => MiningFolder.Plain("#include <math.h>\n" + source + "\n", sandbox.Toolchain).Single();
}
