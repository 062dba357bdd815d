// Where to run a program next, when a run is dear: where its answer takes most of the doubt that a teacher has about all inputs.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Arithmetic;
using Nsc.Engine.Teaching;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

/// <summary>
/// Batches of inputs for a surrogate's program, each chosen from random candidates by what the samples before it say: one after the other the input that most
/// lowers the mean variance over all candidates (Cohn, Ghahramani and Jordan, "Active learning with statistical models", 1996). Candidates
/// that are nearer to an input on which the program failed than to any sample are passed over. The first batch, what comes after the last one, and what is asked where nothing is in doubt, is a Sobol' sequence.
/// </summary>
/// <param name="start">The surrogate that is going to be fine-tuned: its compiled nets are the teacher's means, their subspaces its coordinates.</param>
public sealed class ActiveDesign(Surrogate start, ulong seed)
{
    /// <summary>Samples after which no more are chosen: a teacher's time grows with their cube.</summary>
    public const int MostChosen = 512;

    private const int First = 8, Candidates = 512;

    // A batch is a part of the samples so far.
    private const int Part = 4;

    // A variance, in the output's own, that nobody asks about.
    private const double Least = 1e-9;

    private static readonly FineTuneOptions s_options = new(Optimizer: Optimizer.Lm);

    private readonly Func<int, double[]> _sequence = SamplingDesign.Sobol.Inputs(start.Signature, seed);
    private readonly SplitMix64 _random = new(SplitMix64.Scramble(seed));
    private readonly List<double[]> _asked = [];

    /// <summary>Inputs of a batch, (count, inputs) row-major: no more than are missing.</summary>
    /// <param name="known">The samples so far, in the order in which they were asked for; what was asked for and is not there has failed.</param>
    public double[] Next(SampleSet known, int missing)
    {
        double[] batch = known.Count < First ? _sequence(Math.Min(First - known.Count, missing))
            : known.Count >= MostChosen || SurrogateFineTuner.Objection(start, known) is not null ? _sequence(missing)
            : Chosen(known, Math.Min(Math.Max(1, known.Count / Part), missing));
        _asked.AddRange(batch.Chunk(known.InputCount));
        return batch;
    }

    private double[] Chosen(SampleSet known, int count)
    {
        double[][] failed = [.. Failed(known)], rows = [.. Enumerable.Range(0, known.Count).Select(row => known.Inputs(row).ToArray())];
        double[][] candidates = [.. InputSampler.Draw(start.Signature, Candidates, _random).Chunk(known.InputCount).Where(c => Nearest(c, rows) <= Nearest(c, failed))];
        double[][] chosen = candidates.Length == 0 ? [] : [.. MostTelling([.. Doubts(known, [.. candidates.SelectMany(c => c)])], count).Select(i => candidates[i])];
        return chosen.Length == 0 ? _sequence(count) : [.. chosen.SelectMany(c => c)];
    }

    private IEnumerable<double[]> Failed(SampleSet known)
    {
        int row = 0;
        foreach (double[] asked in _asked)
        {
            bool isKnown = row < known.Count && known.Inputs(row).SequenceEqual(asked);
            row += isKnown ? 1 : 0;
            if (!isKnown)
            {
                yield return asked;
            }
        }
    }

    // The square of the distance to the nearest of some inputs, in half widths of the ranges.
    private double Nearest(double[] inputs, double[][] others) => others.Select(other => inputs.Select((x, i) =>
    {
        Interval range = start.Signature.Inputs[i].Range;
        double difference = range.Unit(x) - range.Unit(other[i]);
        return difference * difference;
    }).Sum()).DefaultIfEmpty(double.PositiveInfinity).Min();

    // For each output what its teacher does not know, in units of its variance.
    private IEnumerable<Doubt> Doubts(SampleSet known, double[] candidates)
    {
        NetShape shape = NetShape.Of(start.Topology) with { Inputs = start.Topology.Inputs };
        foreach ((LessonSet pupils, double[] asked, double[][] means) in PreparedSurrogate.Of(start, known, [.. Enumerable.Range(0, known.Count)], known.Count, shape, s_options).Lessons(candidates, shape))
        {
            if (Teacher.Of(pupils) is { } teacher)
            {
                yield return new Doubt(teacher.Doubt(asked, means), candidates.Length / known.InputCount);
            }
        }
    }

    // One after the other, until nothing is in doubt.
    private static IEnumerable<int> MostTelling(Doubt[] doubts, int count)
    {
        for (int chosen = 0; chosen < count && doubts.Length > 0; chosen++)
        {
            (double gain, int best) = Enumerable.Range(0, doubts[0].Count).Select(j => (doubts.Sum(doubt => doubt.Gain(j)), j)).MaxBy(g => g.Item1);
            if (gain == 0)
            {
                yield break;
            }

            Array.ForEach(doubts, doubt => doubt.Know(best));
            yield return best;
        }
    }

    // A covariance of candidates, (count, count).
    private sealed record Doubt(double[] Covariance, int Count)
    {
        // The variance that knowing a candidate takes off, summed over all.
        public double Gain(int candidate) => Row(candidate) is var row && row[candidate] > Least ? PositiveDefiniteSystem.Dot(row, row) / row[candidate] : 0;

        // What an answer says of the others does not depend on which it is.
        public void Know(int candidate)
        {
            double[] row = Row(candidate).ToArray();
            for (int i = 0; row[candidate] > Least && i < Count; i++)
            {
                PositiveDefiniteSystem.AddScaled(Row(i), -row[i] / row[candidate], row);
            }
        }

        private Span<double> Row(int i) => Covariance.AsSpan(i * Count, Count);
    }
}
