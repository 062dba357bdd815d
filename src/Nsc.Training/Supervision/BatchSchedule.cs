// Which programs a step trains on: a function of the seed and the step alone, so that a resumed run continues exactly.

namespace Nsc.Training.Supervision;

/// <summary>
/// Walks a new permutation of each source every time that the source is through; sources that weigh more are through more
/// often. Programs are drawn for several steps at once and sorted by what they cost, so that a batch has few, full levels or
/// rows; the order of those batches is random again.
/// </summary>
internal sealed class BatchSchedule
{
    private const int StepsPerDraw = 16;
    private readonly TrainingOptions _options;
    private readonly SourceWalk[] _walks;
    private (int Draw, TrainingProgram[][] Batches) _draw = (-1, []);

    public BatchSchedule(IReadOnlyList<TrainingSource> sources, TrainingOptions options)
    {
        _options = options;
        double total = sources.Sum(s => s.Weight), before = 0;
        _walks = new SourceWalk[sources.Count];
        for (int s = 0; s < _walks.Length; s++)
        {
            _walks[s] = new SourceWalk(sources[s].Programs, before / total, (before + sources[s].Weight) / total, options.Seed, s);
            before += sources[s].Weight;
        }
    }

    /// <summary>The programs of a step.</summary>
    public TrainingProgram[] ProgramsOf(int step)
    {
        int draw = step / StepsPerDraw;
        if (_draw.Draw != draw)
        {
            _draw = (draw, Draw(draw));
        }

        return _draw.Batches[step % StepsPerDraw];
    }

    private TrainingProgram[][] Draw(int draw)
    {
        long size = _options.ProgramsPerStep * StepsPerDraw;
        TrainingProgram[][] batches =
        [
            .. _walks.SelectMany(w => w.Between(draw * size, (draw + 1) * size)).OrderBy(p => p.Cost).Select(p => p.Program)
                .Chunk(_options.ProgramsPerStep),
        ];
        SeededRandom.For(_options.Seed, draw, 1).Shuffle(batches);
        return batches;
    }

    // Of all the programs ever drawn, counted from 0, a source gives those whose place falls into its part of the whole.
    private sealed class SourceWalk(IReadOnlyList<TrainingProgram> programs, double from, double to, long seed, int source)
    {
        private const int FirstPurpose = 1 << 20;
        private readonly int[] _costs = [.. programs.Select(p => p.Tokens.IsEmpty ? p.Graph.Levels().Max() : p.Tokens.Length)];
        private (int Epoch, int[] Order) _permutation = (-1, []);

        public IEnumerable<(TrainingProgram Program, int Cost)> Between(long first, long end)
        {
            for (long position = CountBefore(first); position < CountBefore(end); position++)
            {
                int index = Permutation((int)(position / programs.Count))[(int)(position % programs.Count)];
                yield return (programs[index], _costs[index]);
            }
        }

        // Both ends are rounded alike, so that the sources together give every program once.
        private long CountBefore(long place) => (long)Math.Round(place * to) - (long)Math.Round(place * from);

        private int[] Permutation(int epoch)
        {
            if (_permutation.Epoch != epoch)
            {
                int[] order = [.. Enumerable.Range(0, programs.Count)];
                SeededRandom.For(seed, epoch, source == 0 ? 2 : FirstPurpose + source).Shuffle(order);
                _permutation = (epoch, order);
            }

            return _permutation.Order;
        }
    }
}
