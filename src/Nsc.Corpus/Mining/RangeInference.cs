// Real functions seldom say over which ranges they are meant. The widest ranges over which a function's graph gives finite,
// varied and smooth answers are taken for them: first one of some usual ranges for all inputs, or a mixture of them, then
// each input by itself as wide as it goes.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining;

/// <summary>Ranges for a function's inputs, and which of its outputs are good to learn over them; the others are left out.</summary>
public sealed record InferredRanges(ImmutableArray<InputVariable> Inputs, ImmutableSortedSet<int> Varied);

public sealed class RangeInference
{
    private const int Mixtures = 48;

    private static readonly ImmutableArray<Interval> s_candidates =
    [
        new(-1000, 1000), new(0, 1000), new(-100, 100), new(0, 100), new(1, 100), new(-10, 10), new(0, 10), new(1, 10),
        new(-Math.PI, Math.PI), new(-2, 2), new(0, 2), new(-1, 1), new(0, 1), new(0.1, 1),
    ];

    private readonly RangeTrial _trial;
    private readonly ImmutableArray<InputVariable> _inputs;

    private RangeInference(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        _trial = new RangeTrial(graph);
        _inputs = inputs;
    }

    /// <summary>
    /// The inputs with inferred ranges, the most wanted first; none when no candidate will do. An input that is a truth value
    /// keeps its own.
    /// </summary>
    /// <param name="graph">The function's dataflow over its own units.</param>
    public static IEnumerable<InferredRanges> Infer(DataflowGraph graph, ImmutableArray<InputVariable> inputs)
    {
        var inference = new RangeInference(graph, inputs);
        ImmutableArray<InferredRanges> common = [.. inference.Common().OrderByDescending(c => c.Varied.Count)];
        if (common.IsEmpty)
        {
            return inference.Mixed() is { } mixed ? [inference.Widened(mixed), mixed] : [];
        }

        // Where the program does not do what its graph says far out, it may near zero.
        return [inference.Widened(common[0]), .. common.Reverse()];
    }

    private IEnumerable<InferredRanges> Common() => s_candidates
        .Select(candidate => _trial.Try([.. _inputs.Select(i => i with { Range = Fit(candidate, i) })])).OfType<InferredRanges>();

    private InferredRanges? Mixed()
    {
        var random = new Random(_inputs.Length);
        for (int i = 0; i < Mixtures && _inputs.Length > 1; i++)
        {
            if (_trial.Try([.. _inputs.Select(v => v with { Range = Fit(s_candidates[random.Next(s_candidates.Length)], v) })]) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private InferredRanges Widened(InferredRanges found)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            foreach (Interval candidate in s_candidates)
            {
                InputVariable input = found.Inputs[i];
                Interval range = Fit(candidate, _inputs[i]);
                bool isWider = range.Low <= input.Range.Low && range.High >= input.Range.High && range != input.Range;
                if (isWider && _trial.Try(found.Inputs.SetItem(i, input with { Range = range })) is { } wider && wider.Varied.IsSupersetOf(found.Varied))
                {
                    found = wider;
                    break;
                }
            }
        }

        return found;
    }

    // Whole numbers stay within the range that the graph holds for.
    private static Interval Fit(Interval candidate, InputVariable input)
    {
        if (!input.Kind.IsInteger())
        {
            return candidate;
        }

        double low = Math.Clamp(Math.Ceiling(candidate.Low), input.Range.Low, input.Range.High - 1);
        return new Interval(low, Math.Clamp(Math.Floor(candidate.High), low + 1, input.Range.High));
    }
}
