// Path conditions as reduced ordered binary decision diagrams (Bryant 1986): two conditions are equal exactly when they
// are the same number, so that the paths of an `if` that meet again leave no trace of it.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>A condition on the branches taken so far; only <see cref="PathConditions"/> makes them.</summary>
internal readonly record struct Condition(int Id)
{
    public static readonly Condition False = new(0);
    public static readonly Condition True = new(1);
}

/// <summary>All conditions of one execution. A decision tests one boolean value of the graph.</summary>
internal sealed class PathConditions(ValueGraph graph)
{
    private readonly record struct Decision(int Level, Condition WhenTrue, Condition WhenFalse);

    private const int TerminalLevel = int.MaxValue;

    private readonly List<Decision> _decisions =
        [new(TerminalLevel, Condition.False, Condition.False), new(TerminalLevel, Condition.True, Condition.True)];

    private readonly Dictionary<Decision, Condition> _index = [];
    private readonly Dictionary<(Condition, Condition), Condition> _conjunctions = [];
    private readonly Dictionary<Condition, Condition> _complements = [];
    private readonly List<int> _tests = [];
    private readonly Dictionary<int, int> _levels = [];

    /// <summary>How many decisions there are: the measure of what the conditions cost.</summary>
    public int Count => _decisions.Count;

    /// <summary>The condition that a boolean value is true.</summary>
    public Condition Holds(int value)
    {
        if (graph.IsConstant(value))
        {
            return value == graph.True ? Condition.True : Condition.False;
        }

        var (test, isNegated) = graph.Positive(value);
        if (!_levels.TryGetValue(test, out int level))
        {
            level = _tests.Count;
            _tests.Add(test);
            _levels[test] = level;
        }

        return isNegated ? Create(level, Condition.False, Condition.True) : Create(level, Condition.True, Condition.False);
    }

    public Condition Not(Condition condition)
    {
        if (condition.Id <= 1)
        {
            return condition == Condition.True ? Condition.False : Condition.True;
        }

        if (!_complements.TryGetValue(condition, out Condition result))
        {
            Decision d = _decisions[condition.Id];
            result = Create(d.Level, Not(d.WhenTrue), Not(d.WhenFalse));
            _complements[condition] = result;
        }

        return result;
    }

    public Condition And(Condition a, Condition b)
    {
        if (a == Condition.False || b == Condition.False)
        {
            return Condition.False;
        }

        if (a == Condition.True || a == b)
        {
            return b;
        }

        if (b == Condition.True)
        {
            return a;
        }

        var key = a.Id < b.Id ? (a, b) : (b, a);
        if (!_conjunctions.TryGetValue(key, out Condition result))
        {
            int level = Math.Min(LevelOf(a), LevelOf(b));
            result = Create(level, And(Restrict(a, level, true), Restrict(b, level, true)), And(Restrict(a, level, false), Restrict(b, level, false)));
            _conjunctions[key] = result;
        }

        return result;
    }

    public Condition Or(Condition a, Condition b) => Not(And(Not(a), Not(b)));

    /// <summary>The test that a condition makes first, as a level; more than any other level for a constant condition.</summary>
    public int LevelOf(Condition condition) => _decisions[condition.Id].Level;

    /// <summary>The boolean value that a level tests.</summary>
    public int TestAt(int level) => _tests[level];

    /// <summary>What is left of a condition once the test at a level, not after its first one, came out.</summary>
    public Condition Restrict(Condition condition, int level, bool outcome)
    {
        Decision d = _decisions[condition.Id];
        return d.Level != level ? condition : outcome ? d.WhenTrue : d.WhenFalse;
    }

    /// <summary>All boolean values that decide about some conditions.</summary>
    public int[] TestsOf(IEnumerable<Condition> conditions)
    {
        var seen = new HashSet<Condition>(conditions);
        var open = new Stack<Condition>(seen);
        var levels = new SortedSet<int>();
        while (open.TryPop(out Condition condition))
        {
            Decision d = _decisions[condition.Id];
            if (d.Level == TerminalLevel)
            {
                continue;
            }

            levels.Add(d.Level);
            foreach (Condition next in (ReadOnlySpan<Condition>)[d.WhenTrue, d.WhenFalse])
            {
                if (seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return [.. levels.Select(TestAt)];
    }

    private Condition Create(int level, Condition whenTrue, Condition whenFalse)
    {
        if (whenTrue == whenFalse)
        {
            return whenTrue;
        }

        var decision = new Decision(level, whenTrue, whenFalse);
        if (!_index.TryGetValue(decision, out Condition condition))
        {
            condition = new Condition(_decisions.Count);
            _decisions.Add(decision);
            _index[decision] = condition;
        }

        return condition;
    }
}
