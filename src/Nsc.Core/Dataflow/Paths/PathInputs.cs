// Inputs that are spread over the paths of a program, so that a branch that is seldom taken is seen often enough to be learned.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Core.Dataflow.Paths;

/// <summary>How much of the samples a path gets.</summary>
public enum PathShare
{
    /// <summary>In proportion to the square root of its probability.</summary>
    SquareRoot,

    /// <summary>As much as any other path.</summary>
    Equal,
}

/// <summary>
/// Draws candidates uniformly from the inputs' ranges, sorts them by their paths, and hands them out so that each path has its share at
/// any time. A path that has none left gives its share to the others.
/// </summary>
public sealed class PathInputs
{
    /// <summary>Paths with a share of their own; the less frequent ones share one.</summary>
    public const int MostGroups = 16;

    private const int FewestCandidates = 1 << 14, MostCandidates = 1 << 18, CandidatesForOne = 64;
    private readonly ProgramSignature _signature;
    private readonly SplitMix64 _random;
    private readonly double[] _candidates;
    private readonly Queue<int>[] _groups;
    private readonly double[] _shares;
    private readonly int[] _given;
    private int _rows;

    /// <param name="count">How many rows will be asked for, about.</param>
    public PathInputs(ProgramSignature signature, DataflowGraph graph, int count, PathShare share, SplitMix64 random)
    {
        (_signature, _random) = (signature, random);
        _candidates = InputSampler.Draw(signature, (int)Math.Clamp((long)count * CandidatesForOne, FewestCandidates, MostCandidates), random);
        PathTable table = new PathClassifier(graph).Classify(_candidates);
        Paths = table.Paths;
        Candidates = table.PathOf.Length;
        _groups = [.. Enumerable.Range(0, Math.Min(Paths.Length, MostGroups)).Select(_ => new Queue<int>())];
        for (int row = 0; row < table.PathOf.Length; row++)
        {
            _groups[GroupOf(table.PathOf[row])].Enqueue(row);
        }

        double[] weights = [.. _groups.Select(g => Weight((double)g.Count / table.PathOf.Length, share))];
        _shares = [.. weights.Select(w => w / weights.Sum())];
        _given = new int[_groups.Length];
    }

    /// <summary>The paths that the candidates take, the most frequent one first.</summary>
    public ImmutableArray<ExecutionPath> Paths { get; }

    /// <summary>How many inputs were sorted.</summary>
    public int Candidates { get; }

    /// <summary>The group of a path: itself, or the last one for all that are less frequent.</summary>
    public static int GroupOf(int path) => Math.Min(path, MostGroups - 1);

    /// <summary>The next rows, (count, inputs), row-major; independent uniform ones when all candidates are used up.</summary>
    public double[] Next(int count)
    {
        int width = _signature.Inputs.Length;
        var rows = new double[count * width];
        for (int i = 0; i < count; i++)
        {
            int group = NextGroup();
            double[] row = group < 0
                ? InputSampler.Draw(_signature, 1, _random)
                : _candidates.AsSpan(_groups[group].Dequeue() * width, width).ToArray();
            row.CopyTo(rows, i * width);
        }

        return rows;
    }

    // The one that is furthest behind its share; -1 when none has any left.
    private int NextGroup()
    {
        _rows++;
        int next = -1;
        for (int g = 0; g < _groups.Length; g++)
        {
            if (_groups[g].Count > 0 && (next < 0 || Behind(g) > Behind(next)))
            {
                next = g;
            }
        }

        if (next >= 0)
        {
            _given[next]++;
        }

        return next;

        double Behind(int group) => (_shares[group] * _rows) - _given[group];
    }

    private static double Weight(double probability, PathShare share) => share == PathShare.SquareRoot ? Math.Sqrt(probability) : 1;
}
