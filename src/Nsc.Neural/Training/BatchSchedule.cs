// Which programs a step trains on: a function of the seed and the step alone, so that a resumed run continues exactly.

namespace Nsc.Neural.Training;

/// <summary>
/// Walks a new permutation of the corpus each epoch. Programs are drawn for several steps at once and sorted by depth, so
/// that a batch has few, full levels; the order of those batches is random again.
/// </summary>
internal sealed class BatchSchedule
{
    private const int StepsPerDraw = 16;
    private readonly IReadOnlyList<TrainingProgram> _corpus;
    private readonly TrainingOptions _options;
    private readonly int[] _depths;
    private (int Epoch, int[] Order) _permutation = (-1, []);
    private (int Draw, int[][] Batches) _draw = (-1, []);

    public BatchSchedule(IReadOnlyList<TrainingProgram> corpus, TrainingOptions options)
    {
        _corpus = corpus;
        _options = options;
        _depths = [.. corpus.Select(p => p.Graph.Levels().Max())];
    }

    /// <summary>The programs of a step.</summary>
    public TrainingProgram[] ProgramsOf(int step)
    {
        int draw = step / StepsPerDraw;
        if (_draw.Draw != draw)
        {
            _draw = (draw, Draw(draw));
        }

        return Array.ConvertAll(_draw.Batches[step % StepsPerDraw], i => _corpus[i]);
    }

    private int[][] Draw(int draw)
    {
        int size = _options.ProgramsPerStep * StepsPerDraw;
        var drawn = new int[size];
        for (int i = 0; i < size; i++)
        {
            long position = ((long)draw * size) + i;
            drawn[i] = Permutation((int)(position / _corpus.Count))[(int)(position % _corpus.Count)];
        }

        Array.Sort(drawn, (a, b) => (_depths[a], a).CompareTo((_depths[b], b)));
        int[][] batches = [.. drawn.Chunk(_options.ProgramsPerStep)];
        SeededRandom.For(_options.Seed, draw, 1).Shuffle(batches);
        return batches;
    }

    private int[] Permutation(int epoch)
    {
        if (_permutation.Epoch != epoch)
        {
            int[] order = [.. Enumerable.Range(0, _corpus.Count)];
            SeededRandom.For(_options.Seed, epoch, 2).Shuffle(order);
            _permutation = (epoch, order);
        }

        return _permutation.Order;
    }
}
