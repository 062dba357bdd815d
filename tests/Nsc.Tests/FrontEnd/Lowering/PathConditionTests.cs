// Conditions are canonical: equal meanings are equal numbers, which is what makes joins forget their branches.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Values;

namespace Nsc.Tests.FrontEnd.Lowering;

public sealed class PathConditionTests
{
    private readonly ValueGraph _graph = new();
    private readonly PathConditions _conditions;
    private readonly Condition _a, _b, _c;

    public PathConditionTests()
    {
        _conditions = new PathConditions(_graph);
        (_a, _b, _c) = (_conditions.Holds(Boolean(0)), _conditions.Holds(Boolean(1)), _conditions.Holds(Boolean(2)));
    }

    private int Boolean(int input) => _graph.Input(input, ValueKind.Boolean, ValueRange.Of(ValueKind.Boolean));

    [Fact]
    public void A_condition_and_its_complement_cover_everything() => Assert.Equal(Condition.True, _conditions.Or(_a, _conditions.Not(_a)));

    [Fact]
    public void A_condition_and_its_complement_exclude_each_other() => Assert.Equal(Condition.False, _conditions.And(_a, _conditions.Not(_a)));

    [Fact]
    public void Conjunction_distributes_over_disjunction() => Assert.Equal(
        _conditions.And(_a, _conditions.Or(_b, _c)), _conditions.Or(_conditions.And(_c, _a), _conditions.And(_a, _b)));

    [Fact]
    public void A_comparison_of_integers_and_its_negation_share_a_test()
    {
        int x = _graph.Input(3, ValueKind.Int32, ValueRange.Of(ValueKind.Int32)), y = _graph.Input(4, ValueKind.Int32, ValueRange.Of(ValueKind.Int32));
        Condition less = _conditions.Holds(_graph.Apply(Opcode.Less, ValueKind.Boolean, x, y));
        Condition notLess = _conditions.Holds(_graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, y, x));
        Assert.Equal(_conditions.Not(less), notLess);
    }

    [Fact]
    public void Not_less_is_not_greater_or_equal_for_numbers_that_may_be_NaN()
    {
        int x = _graph.Input(3, ValueKind.Double, default), y = _graph.Input(4, ValueKind.Double, default);
        int less = _graph.Apply(Opcode.Less, ValueKind.Boolean, x, y);
        Condition notLess = _conditions.Not(_conditions.Holds(less));
        Assert.NotEqual(notLess, _conditions.Holds(_graph.Apply(Opcode.LessOrEqual, ValueKind.Boolean, y, x)));
        Assert.Equal(notLess, _conditions.Holds(_graph.Not(less)));
    }

    [Fact]
    public void A_choice_tests_only_what_tells_its_paths_apart()
    {
        Condition[] paths = [_conditions.And(_a, _b), _conditions.And(_a, _conditions.Not(_b))];
        string chosen = PathChoice.Among(_conditions, paths).Merge(["first", "second"], (test, yes, no) => $"{test == Boolean(1)} ? {yes} : {no}");
        Assert.Equal("True ? first : second", chosen);
    }

    [Fact]
    public void Early_returns_become_a_chain_in_their_order()
    {
        Condition notA = _conditions.Not(_a), notB = _conditions.Not(_b);
        Condition[] paths = [_a, _conditions.And(notA, _b), _conditions.And(notA, notB)];
        Assert.Equal("(x (y z))", PathChoice.Among(_conditions, paths).Merge(["x", "y", "z"], (_, yes, no) => $"({yes} {no})"));
    }
}
