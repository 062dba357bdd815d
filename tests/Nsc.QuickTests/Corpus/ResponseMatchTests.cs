// The search for a matching of inputs: what it must find, and what tells outputs apart before it begins.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining.Duplicates;

namespace Nsc.Tests.Corpus;

public class ResponseMatchTests
{
    private const double Tolerance = 2e-3;

    // Of three inputs; which way an input runs is not always to be seen in a slope. The search is no proof: there are functions of which it
    // misses some orders.
    private static readonly Dictionary<string, Func<Term[], Term>> s_functions = new()
    {
        ["three that matter less and less"] = x => (1.5 * x[0]).Of(Opcode.Exp) + x[1].Of(Opcode.Sin) + (0.4 * x[2] * x[2]),
        ["a product beside a slope"] = x => (x[0] * x[1]) + (0.7 * x[2]),
        ["products in pairs"] = x => (x[0] * x[1]) + (0.8 * x[1] * x[2]),
        ["products in pairs beside a slope"] = x => (x[0] * x[1]) + (x[1] * x[2]) + x[0],
        ["a product of three beside a square"] = x => (x[0] * x[1] * x[2]) + (x[0] * x[0]),
        ["a cube beside a product"] = x => (x[0] * x[0] * x[0]) + (0.5 * x[1] * x[2]),
        ["a falling exponential"] = x => (-2 * x[0]).Of(Opcode.Exp) * (x[1] + 1.5) * ((0.5 * x[2]) + 2),
        ["a difference that is squashed"] = x => (x[0] - x[1]).Of(Opcode.Tanh) * x[2],
        ["an exponential less a square"] = x => (x[0] + (0.5 * x[1])).Of(Opcode.Exp) - (x[2] * x[2]),
        ["a pole beside a product"] = x => (1 / (x[0] + 1.3)) + (x[1] * x[2]) + x[1],
    };

    private static readonly int[][] s_orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

    public static TheoryData<string> Functions => [.. s_functions.Keys];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Inputs_in_any_order_and_direction_and_the_sign_of_the_output_are_found_again(string which)
    {
        Func<Term[], Term> function = s_functions[which];
        ResponseProfile original = Profile(3, function);
        for (int sides = 0; sides < 16; sides++)
        {
            double Side(int i) => (sides >> i) % 2 == 0 ? 1 : -1;
            foreach (int[] order in s_orders)
            {
                ResponseProfile copy = Profile(3, x => (Side(3) * function([.. order.Select((o, i) => Side(i) * x[o])])) + 5);
                double? there = ResponseMatch.Find(copy, original, Tolerance), back = ResponseMatch.Find(original, copy, Tolerance);
                Assert.True(there is <= Tolerance && back is <= Tolerance, $"{string.Join(',', order)}, sides {sides}: {there}, {back}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Different_functions_are_not_found(string which) => Assert.All(
        s_functions.Where(f => f.Key != which), other => Assert.Null(ResponseMatch.Find(Profile(3, s_functions[which]), Profile(3, other.Value), Tolerance)));

    [Fact]
    public void What_has_no_values_is_like_nothing_but_its_own_kind()
    {
        ResponseProfile constant = Profile(1, x => 0 * x[0]), wave = Profile(1, x => (3 * x[0]).Of(Opcode.Sin));
        Assert.Equal(0, ResponseMatch.Find(constant, constant, Tolerance));
        Assert.Null(ResponseMatch.Find(constant, wave, Tolerance));
        Assert.Null(ResponseMatch.Find(wave, constant, Tolerance));
    }

    // The same output each time; only what its profile says is changed.
    [Fact]
    public void Importances_that_differ_by_more_than_the_sampling_error_tell_outputs_apart()
    {
        ResponseProfile one = Profile(2, x => x[0].Of(Opcode.Exp) * (x[1] + 2));
        Assert.Equal(0, ResponseMatch.Find(one, one, Tolerance)!.Value, 1e-12);
        InputEffect first = one.Effects[0], second = one.Effects[1];
        Assert.Null(ResponseMatch.Find(one, one with { Effects = [first with { Importance = first.Importance - 0.2 }, second] }, Tolerance));
        Assert.Null(ResponseMatch.Find(one, one with { Effects = [first, second with { Importance = second.Importance + 0.2 }] }, Tolerance));
        Assert.Null(ResponseMatch.Find(one, one with { Effects = [first, second, second] }, Tolerance));
        Assert.Null(ResponseMatch.Find(one with { Effects = [first, second, second] }, one, Tolerance));

        // As much as the tolerance and the sampling error allow is no difference.
        double most = Math.Sqrt(Tolerance) + 0.12;
        InputEffect none = first with { Importance = 0 }, much = first with { Importance = most };
        ResponseProfile single = Profile(1, x => x[0].Of(Opcode.Exp));
        Assert.NotNull(ResponseMatch.Find(single with { Effects = [much] }, single with { Effects = [none] }, Tolerance));
        Assert.Null(ResponseMatch.Find(single with { Effects = [much with { Importance = most + 1e-9 }] }, single with { Effects = [none] }, Tolerance));
    }

    [Fact]
    public void Quantiles_that_fit_neither_straight_nor_turned_tell_outputs_apart()
    {
        ResponseProfile one = Profile(2, x => x[0].Of(Opcode.Exp) * (x[1] + 2));
        Assert.Null(ResponseMatch.Find(one, one with { Quantiles = [.. one.Quantiles.Select(q => q * 2)] }, Tolerance));
        Assert.NotNull(ResponseMatch.Find(one, one with { Quantiles = [.. one.Quantiles.Select(q => q + 0.05f)] }, Tolerance));
        Assert.NotNull(ResponseMatch.Find(one, one with { Quantiles = [.. one.Quantiles.Reverse().Select(q => -q)] }, Tolerance));
    }

    [Fact]
    public void Inputs_as_they_stand_are_tried_first_and_others_only_where_their_effects_are_alike()
    {
        Func<Term[], Term> function = x => (-2 * x[0]).Of(Opcode.Exp) + x[1];
        ResponseProfile one = Profile(2, function), swapped = Profile(2, x => function([x[1], x[0]]));
        ResponseProfile Bent(ResponseProfile profile) => profile with { Effects = [.. profile.Effects.Select(e => e with { Slope = e.Slope + (e.Slope > 0 ? 0.4 : -0.4) })] };
        Assert.NotNull(ResponseMatch.Find(one, Bent(one), Tolerance));
        Assert.NotNull(ResponseMatch.Find(one, swapped, Tolerance));
        Assert.Null(ResponseMatch.Find(one, Bent(swapped), Tolerance));
        Assert.Null(ResponseMatch.Find(one, swapped with { Effects = [.. swapped.Effects.Select(e => e with { Curvature = e.Curvature + 0.4 })] }, Tolerance));
    }

    [Fact]
    public void An_input_that_the_other_does_not_have_takes_values_of_its_own()
    {
        ResponseProfile with = Profile(2, x => (2 * x[0]).Of(Opcode.Sin) + (0.04 * x[1])), without = Profile(2, x => (2 * x[0]).Of(Opcode.Sin));
        Assert.Equal((2, 1), (with.Effects.Length, without.Effects.Length));
        double[] expected = ProbeDesign.Evaluate(with.Cone, with.Inputs, [ProbeDesign.Base(0), ProbeDesign.Free(1)], ProbeDesign.Count)[0];
        Assert.Equal(ProbeDesign.Nmse(expected, without.Values), ResponseMatch.Find(with, without, 1e-2)!.Value, 1e-15);
    }

    [Fact]
    public void An_error_as_large_as_the_tolerance_is_within_it()
    {
        ResponseProfile one = Profile(1, x => (2 * x[0]).Of(Opcode.Sin)), near = Profile(1, x => (2.02 * x[0]).Of(Opcode.Sin));
        double nmse = ResponseMatch.Find(near, one, Tolerance)!.Value;
        Assert.InRange(nmse, 1e-9, Tolerance);
        Assert.Equal(nmse, ResponseMatch.Find(near, one, nmse));
        Assert.Null(ResponseMatch.Find(near, one, nmse * (1 - 1e-9)));
    }

    private static ResponseProfile Profile(int inputs, Func<Term[], Term> formula) => Assert.Single(ResponseProfile.Of(
        Term.Graphed(inputs, x => [formula(x)]), [.. Enumerable.Range(0, inputs).Select(i => new InputVariable($"x{i}", ScalarKind.Double, new Interval(-1, 1)))]));
}
