using Nsc.Engine.Trainers;

namespace Nsc.Engine.Refining;

/// <summary>How much a net is refined on its dataflow.</summary>
/// <param name="Points">Points that every step is taken on.</param>
/// <param name="Steps">Those steps, at most.</param>
/// <param name="Rounds">Rounds of steps on further points; 0 for none.</param>
/// <param name="BatchRows">How many of these points at a time.</param>
/// <param name="WarmUpSteps">Steps of Adam before them.</param>
public sealed record RefinementEffort(int Points, int Steps, int Rounds, int BatchRows, int WarmUpSteps)
{
    /// <summary>The most points that can be asked for.</summary>
    public const int MostPoints = 1 << 17;

    private const int FewPoints = 128, FewSteps = 4, MostRounds = 4, UsualRows = 128, UsualWarmUp = 10_000;

    /// <summary>
    /// What fits into the time that clang takes, some 40 ms for a file, however many functions it has. A net costs about 2 ms on 128 points with few steps,
    /// 12 on 192 and 30 on 256, and 3 for each round.
    /// </summary>
    /// <param name="nets">The outputs of all functions that are compiled together.</param>
    public static RefinementEffort For(int nets) => nets switch
    {
        <= 2 => On(256),
        <= 4 => On(192) with { Rounds = MostRounds / 2 },
        _ => On(FewPoints),
    };

    /// <summary>
    /// What is done with so many points. The first steps gain the most: on one half of the idioms the geometric mean of the error is 0.0084 after 16 steps on
    /// 128 points and 0.0040 after 4, and one round of half the rows, which takes no longer; 0.0025 after 80 steps on 256 points, 0.0007 with 10 rounds.
    /// </summary>
    public static RefinementEffort On(int points) =>
        points <= FewPoints ? new(points, FewSteps, 1, UsualRows / 2, 0) : new(points, FineTuneOptions.DefaultSteps(Optimizer.Lm), MostRounds, UsualRows, UsualWarmUp);
}
