// What repeats a held-out function, and what does not: the same cases as DuplicateTests and SiblingTests, as graphs.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Mining;
using Nsc.Corpus.Mining.Duplicates;
using Nsc.Corpus.Shards;

namespace Nsc.Tests.Corpus;

public class DuplicateIndexTests
{
    private static readonly Interval s_speed = new(5, 40), s_angle = new(5, 80), s_height = new(0, 20);
    private static readonly Interval[] s_ranges = [s_speed, s_angle, s_height];

    // How far a stone flies, thrown at a speed and an angle in degrees from a height.
    private static readonly ShardRow s_heldOut = CorpusRows.Row("held out", s_ranges, x => [Reach(x[0], x[1], x[2])]);

    public static TheoryData<string> Copies => [.. s_copies.Keys];

    public static TheoryData<string> Strangers => [.. s_strangers.Keys];

    private static readonly Dictionary<string, ShardRow> s_copies = new()
    {
        ["constants 1% larger"] = Row(s_ranges, x => [Reach(x[0], x[1], x[2], 1.01)]),
        ["constants 3% smaller"] = Row(s_ranges, x => [Reach(x[0], x[1], x[2], 0.97)]),
        ["permuted"] = Row([s_height, s_speed, s_angle], x => [Reach(x[1], x[2], x[0])]),
        ["permuted, constants 1% larger"] = Row([s_angle, s_height, s_speed], x => [Reach(x[2], x[0], x[1], 1.01)]),
        ["an input added that hardly matters"] = Row([.. s_ranges, new Interval(-1, 1)], x => [Reach(x[0], x[1], x[2]) + (0.5 * x[3])]),
        ["a second output"] = Row(s_ranges, x => [Reach(x[0], x[1], x[2]), Flight(x[0], x[1], x[2])]),
        ["another output first"] = Row([s_height, s_angle, s_speed], x => [(0.02 * x[2]).Of(Opcode.Exp) * x[0], Reach(x[2], x[1], x[0])]),
        ["one range 5% wider"] = Row([new Interval(5, 41.8), s_angle, s_height], x => [Reach(x[0], x[1], x[2])]),
        ["an input mirrored"] = Row([new Interval(-40, -5), s_angle, s_height], x => [Reach(0 - x[0], x[1], x[2])]),
        ["an affine map of the output"] = Row(s_ranges, x => [7 - (3 * Reach(x[0], x[1], x[2]))]),
        ["other units"] = Row([new Interval(18, 144), s_angle, new Interval(100, 120)], x => [Reach(x[0] / 3.6, x[1], x[2] + -100)]),
    };

    private static readonly Dictionary<string, Func<Term[], Term>> s_strangers = new()
    {
        ["the time of flight"] = x => Flight(x[0], x[1], x[2]),
        ["the square of the speed and the height"] = x => (x[0] * x[0] / 20) + (x[2] * x[2]),
        ["from the ground, over the height"] = x => x[0] * x[0] * (2 * Radians(x[1])).Of(Opcode.Sin) / (x[2] + 5),
        ["a product with a root"] = x => x[0] * (2 * Radians(x[1])).Of(Opcode.Cos) * x[2].Of(Opcode.SquareRoot),
        ["a smaller one times the angle"] = x => x[0].Apply(Opcode.Minimum, x[2]) * x[1],
        ["a logarithm"] = x => ((x[2] * x[0]) + 1).Of(Opcode.Log) - (0.05 * x[1]),
    };

    [Theory]
    [MemberData(nameof(Copies))]
    public void A_near_copy_of_a_held_out_function_is_kept_from_training(string what)
    {
        Duplicate dropped = Assert.Single(Deduplication.Against([s_copies[what]], [s_heldOut]).Dropped);
        Assert.Equal((s_copies[what], s_heldOut), (dropped.Row, dropped.Original));
        Assert.InRange(dropped.Nmse, 0, 2e-3);
        Assert.True(new LeakFilter([s_heldOut]).Leaks(s_copies[what].Program()));
    }

    [Theory]
    [MemberData(nameof(Strangers))]
    public void Another_function_of_the_same_quantities_is_trained_on(string what)
    {
        ShardRow stranger = Row(s_ranges, x => [s_strangers[what](x)]);
        Assert.Equal([stranger], Deduplication.Against([stranger], [s_heldOut]).Kept);
        Assert.False(new LeakFilter([s_heldOut]).Leaks(stranger.Program()));
    }

    [Fact]
    public void What_is_the_same_is_found_by_tokens_first_then_by_the_graph_then_by_behaviour()
    {
        ShardRow original = CorpusRows.Row("original", 2, x => (x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[1] * x[1]));
        ShardRow other = CorpusRows.Row("other", 2, x => x[0] + x[1]);
        ShardRow swapped = CorpusRows.Row("swapped", 2, x => (x[1] * (0.5 * x[0]).Of(Opcode.Exp)) - (3 * x[0] * x[0]));
        ShardRow mapped = CorpusRows.Row("mapped", 2, x => 7 - (4 * ((x[0] * (0.5 * x[1]).Of(Opcode.Exp)) - (3 * x[1] * x[1]))));
        Assert.Equal(DuplicateKind.Tokens, Kind(other with { Source = original.Source }, original));
        Assert.Equal(DuplicateKind.Graph, Kind(swapped, original));
        Assert.Equal(DuplicateKind.Behaviour, Kind(mapped, original));
        Assert.Null(Kind(other, original));
    }

    // Within the corpus a function is a repetition only when all of its outputs are, in order.
    [Fact]
    public void A_repetition_has_all_outputs_in_order_and_the_first_of_them_stays()
    {
        Interval[] ranges = [new(-1, 1), new(-1, 1)];
        Term Wave(Term[] x) => (3 * x[0] * x[1]).Of(Opcode.Sin);
        Term Bump(Term[] x) => (x[0] - (2 * x[1])).Of(Opcode.Exp) * x[0];
        ShardRow both = CorpusRows.Row("both", ranges, x => [Wave(x), Bump(x)]), again = CorpusRows.Row("again", ranges, x => [2 * Wave(x), Bump(x) + 1]);
        ShardRow turned = CorpusRows.Row("turned", ranges, x => [Bump(x), Wave(x)]), half = CorpusRows.Row("half", ranges, x => [Wave(x)]);
        Deduplication within = Deduplication.Within([both, half, turned, again], []);
        Assert.Equal([both, half, turned], within.Kept);
        Assert.Equal((again, both), (within.Dropped[0].Row, within.Dropped[0].Original));
        Assert.Equal((0, 0, 1), (within.Count(DuplicateKind.Tokens), within.Count(DuplicateKind.Graph), within.Count(DuplicateKind.Behaviour)));

        // And when it is one of the others.
        Assert.Equal([half], Deduplication.Within([again, half], [both]).Kept);
    }

    // A leak is one output of more than eight operations, or all telling outputs of each in the other.
    [Fact]
    public void A_short_output_alone_gives_nothing_away_and_all_of_them_do()
    {
        Interval[] ranges = [new(-1, 1), new(-1, 1)];
        Term Short(Term[] x) => (3 * x[0] * x[1]).Of(Opcode.Sin);
        Term Other(Term[] x) => (x[0] - (2 * x[1])).Of(Opcode.Exp) * x[0];
        Term Third(Term[] x) => (2 * x[0]).Of(Opcode.Cos) + (x[1] * x[1] * x[1]);
        ShardRow unseen = CorpusRows.Row("unseen", ranges, x => [Short(x), Other(x)]);
        Assert.Single(Deduplication.Against([CorpusRows.Row("same", ranges, x => [Other(x), Short(x)])], [unseen]).Dropped);
        Assert.Empty(Deduplication.Against([CorpusRows.Row("shares one", ranges, x => [Short(x), Third(x)])], [unseen]).Dropped);
        Assert.Empty(Deduplication.Against([CorpusRows.Row("less", ranges, x => [Short(x)])], [unseen]).Dropped);
        Assert.Empty(Deduplication.Against([CorpusRows.Row("more", ranges, x => [Short(x), Other(x), Third(x)])], [unseen]).Dropped);

        Term Long(Term[] x) => Short(x) * Other(x) / ((x[1] * x[1]) + 2);
        ShardRow own = CorpusRows.Row("own", ranges, x => [Short(x), Long(x)]);
        Assert.Single(Deduplication.Against([CorpusRows.Row("shares the long one", ranges, x => [Third(x), Long(x)])], [own]).Dropped);
    }

    // Sums of products of one input and a constant each: so many operations, and constants, which are none.
    [Theory]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void An_output_of_more_than_eight_operations_gives_a_function_away(int operations, bool isGivenAway)
    {
        Term Chain(Term[] x) => Enumerable.Range(0, operations - 3).Aggregate(x[0] * x[1], (y, i) => i % 2 == 0 ? y.Of(Opcode.Sin) : 0.9 * y) + (0.5 * x[0]);
        Term Third(Term[] x) => (2 * x[0]).Of(Opcode.Cos) + (x[1] * x[1] * x[1]);
        Interval[] ranges = [new(-1, 1), new(-1, 1)];
        ShardRow unseen = CorpusRows.Row("unseen", ranges, x => [Chain(x), (x[0] - (2 * x[1])).Of(Opcode.Exp) * x[0]]);
        ShardRow row = CorpusRows.Row("row", ranges, x => [Third(x), Chain(x)]);
        Assert.Equal(operations, FunctionKeys.Of(unseen).Outputs[0].Response.Cone.Nodes.Count(n => n.Opcode is not (Opcode.Input or Opcode.Constant)));
        Assert.Equal(isGivenAway, Deduplication.Against([row], [unseen]).Dropped.Length == 1);
    }

    [Fact]
    public void The_error_that_is_told_is_that_of_the_output_that_fits_worst()
    {
        Interval[] ranges = [new(-1, 1), new(-1, 1)];
        Term Wave(Term[] x, double factor = 1) => (3 * factor * x[0] * x[1]).Of(Opcode.Sin);
        Term Bump(Term[] x) => (x[0] - (2 * x[1])).Of(Opcode.Exp) * x[0];
        ShardRow both = CorpusRows.Row("both", ranges, x => [Wave(x), Bump(x)]);
        ShardRow near = CorpusRows.Row("near", ranges, x => [1 - Wave(x, 1.02), 1 - Bump(x)]), nearer = CorpusRows.Row("nearer", ranges, x => [1 - Wave(x, 1.003), 1 - Bump(x)]);
        Assert.InRange(Assert.Single(Deduplication.Against([near], [both]).Dropped).Nmse, 1e-5, 2e-3);
        Assert.InRange(Assert.Single(Deduplication.Within([nearer], [both]).Dropped).Nmse, 1e-8, 1e-4);
    }

    [Fact]
    public void A_straight_line_tells_no_functions_apart_unless_there_is_nothing_else()
    {
        Interval[] ranges = [new(-1, 1), new(-1, 1)];
        ShardRow unseen = CorpusRows.Row("unseen", ranges, x => [3 * x[0], (3 * x[0] * x[1]).Of(Opcode.Sin)]);
        ShardRow other = CorpusRows.Row("other", ranges, x => [(2 * x[1]) + -1, (x[0] - x[1]).Of(Opcode.Exp) * (4 * x[0]).Of(Opcode.Cos)]);
        Assert.Empty(Deduplication.Against([other], [unseen]).Dropped);

        ShardRow inches = CorpusRows.Row("inches", 1, x => x[0] / 0.0254), radians = CorpusRows.Row("radians", 1, x => 0.0174533 * x[0]);
        Duplicate line = Assert.Single(Deduplication.Against([inches], [radians]).Dropped);
        Assert.Equal(DuplicateKind.Behaviour, line.Kind);
        Assert.Empty(Deduplication.Against([inches], [unseen]).Dropped);
        Assert.Empty(Deduplication.Against([CorpusRows.Row("square", 1, x => x[0] * x[0])], [radians]).Dropped);
    }

    [Fact]
    public void Alike_inputs_in_pairs_are_found_in_another_order() => Assert.Single(Deduplication.Against(
        [CorpusRows.Row("f", 4, x => (2 * x[0] * x[3]) - (2 * x[2] * x[1]))], [CorpusRows.Row("g", 4, x => (x[0] * x[1]) + (x[2] * x[3]))]).Dropped);

    [Fact]
    public void A_large_value_that_both_functions_have_somewhere_does_not_make_them_the_same() => Assert.Empty(Deduplication.Against(
        [CorpusRows.Row("f", 2, x => (5 * x[1]).Of(Opcode.Sin) + (3 * x[0]).Of(Opcode.Cos))],
        [CorpusRows.Row("g", 2, x => (x[1].Of(Opcode.Exp) * x[0]) + (1 / ((1000 * x[0] * x[0]) + 1)))]).Dropped);

    [Fact]
    public void What_is_compared_is_said() => Assert.Equal(
        "tokens; the graph of an output with constants within 10 %; its values up to 0.2 % of the variance", Deduplication.LeakCriteria);

    private static DuplicateKind? Kind(ShardRow row, ShardRow original) => Deduplication.Against([row], [original]).Dropped.SingleOrDefault()?.Kind;

    private static ShardRow Row(Interval[] ranges, Func<Term[], Term[]> formulas) => CorpusRows.Row("copy", ranges, formulas);

    private static Term Radians(Term angle, double factor = 1) => factor * Math.PI * angle / 180;

    private static Term Flight(Term speed, Term angle, Term height, double factor = 1)
    {
        Term upwards = speed * Radians(angle, factor).Of(Opcode.Sin);
        return (upwards + ((upwards * upwards) + (2 * 9.81 * factor * factor * height)).Of(Opcode.SquareRoot)) / (9.81 * factor);
    }

    private static Term Reach(Term speed, Term angle, Term height, double factor = 1) =>
        speed * Radians(angle, factor).Of(Opcode.Cos) * Flight(speed, angle, height, factor);
}
