// Which of several meeting paths control came by, as a tree of tests: what a phi becomes.

namespace Nsc.FrontEnd.Lowering.Values;

/// <summary>
/// A tree over exclusive paths: a leaf names a path; an inner node tests a boolean value of the graph.
/// Where no path leads, the tree may answer anything, so common prefixes of the paths do not appear in it.
/// </summary>
internal sealed class PathChoice
{
    private readonly int _path;
    private readonly int _test;
    private readonly PathChoice? _whenTrue, _whenFalse;

    private PathChoice(int path) => _path = path;

    private PathChoice(int test, PathChoice whenTrue, PathChoice whenFalse)
    {
        _test = test;
        _whenTrue = whenTrue;
        _whenFalse = whenFalse;
    }

    /// <summary>The tree for paths under the given conditions.</summary>
    public static PathChoice Among(PathConditions conditions, IReadOnlyList<Condition> paths) =>
        new Finder(conditions).Find([.. paths.Select((condition, path) => new Candidate(path, condition))]);

    /// <summary>The value that arrives: one candidate per path, merged where a test decides.</summary>
    public T Merge<T>(IReadOnlyList<T> candidates, Func<int, T, T, T> select) =>
        Merge(candidates, select, []);

    private T Merge<T>(IReadOnlyList<T> candidates, Func<int, T, T, T> select, Dictionary<PathChoice, T> done)
    {
        if (_whenTrue is null || _whenFalse is null)
        {
            return candidates[_path];
        }

        if (!done.TryGetValue(this, out T? result))
        {
            result = select(_test, _whenTrue.Merge(candidates, select, done), _whenFalse.Merge(candidates, select, done));
            done[this] = result;
        }

        return result;
    }

    private readonly record struct Candidate(int Path, Condition Condition);

    /// <summary>Builds one tree. Equal subtrees are one object.</summary>
    private sealed class Finder(PathConditions conditions)
    {
        private readonly Dictionary<int, PathChoice> _leaves = [];
        private readonly Dictionary<(int, PathChoice, PathChoice), PathChoice> _inner = [];
        private readonly Dictionary<string, PathChoice> _found = [];

        public PathChoice Find(Candidate[] paths)
        {
            int level = paths.Length > 1 ? paths.Min(p => conditions.LevelOf(p.Condition)) : int.MaxValue;
            if (level == int.MaxValue)
            {
                return Leaf(paths[0].Path);
            }

            string key = string.Join(',', paths.Select(p => $"{p.Path}:{p.Condition.Id}"));
            if (!_found.TryGetValue(key, out PathChoice? choice))
            {
                choice = Split(level, paths);
                _found[key] = choice;
            }

            return choice;
        }

        private PathChoice Split(int level, Candidate[] paths)
        {
            Candidate[] whenTrue = After(paths, level, true), whenFalse = After(paths, level, false);
            return whenTrue.Length == 0 ? Find(whenFalse)
                : whenFalse.Length == 0 ? Find(whenTrue)
                : Inner(conditions.TestAt(level), Find(whenTrue), Find(whenFalse));
        }

        private Candidate[] After(Candidate[] paths, int level, bool outcome) =>
            [.. paths.Select(p => p with { Condition = conditions.Restrict(p.Condition, level, outcome) }).Where(p => p.Condition != Condition.False)];

        private PathChoice Leaf(int path)
        {
            if (!_leaves.TryGetValue(path, out PathChoice? leaf))
            {
                leaf = new PathChoice(path);
                _leaves[path] = leaf;
            }

            return leaf;
        }

        private PathChoice Inner(int test, PathChoice whenTrue, PathChoice whenFalse)
        {
            if (whenTrue == whenFalse)
            {
                return whenTrue;
            }

            if (!_inner.TryGetValue((test, whenTrue, whenFalse), out PathChoice? choice))
            {
                choice = new PathChoice(test, whenTrue, whenFalse);
                _inner[(test, whenTrue, whenFalse)] = choice;
            }

            return choice;
        }
    }
}
