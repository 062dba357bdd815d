// The paper's first question: how much less data does a compiled surrogate need than one trained from scratch?

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Training.Progress;

namespace Nsc.Bench;

/// <summary>The test error of one program under one arm.</summary>
/// <param name="Nmse">The geometric mean over seeds.</param>
/// <param name="NmseBySeed">The error of each seed's surrogate.</param>
public sealed record ProgramError(string Program, string Arm, int Samples, double Nmse, double[] NmseBySeed);

/// <summary>An arm's figures at one number of samples.</summary>
/// <param name="Low">Lower end of the <see cref="MeanInterval"/> of <paramref name="NmseGeomean"/> over programs.</param>
/// <param name="RatioToRandom">Geometric mean over programs of random's error divided by this arm's.</param>
/// <param name="RatioLow">Lower end of its interval, program by program.</param>
/// <param name="Wins">Programs on which this arm's error is below random's.</param>
/// <param name="Losses">Programs on which it is above.</param>
public sealed record BenchRow(
    string Arm, int Samples, int Programs, int Seeds, double NmseGeomean, double NmseMedian, double Low, double High,
    double RatioToRandom, double RatioLow, double RatioHigh, int Wins, int Losses);

public static class DataEfficiency
{
    /// <summary>Training from scratch, which every ratio is taken to.</summary>
    public const string RandomArm = "random";

    /// <summary>Trains the arms and measures their surrogates.</summary>
    public static List<ArmResult<ProgramError>> Measure(
        TrainingPlan plan, Recall<ProgramError>? recall = null, Action<string>? progress = null, CancellationToken cancellationToken = default) =>
        plan.Measure(trained => Errors(plan.Programs, trained), recall, progress, cancellationToken);

    /// <summary>The test errors of an arm's surrogates.</summary>
    public static ProgramError[] Errors(IReadOnlyList<BenchProgram> programs, TrainedArm trained) =>
    [
        .. programs.Zip(trained.Surrogates, (program, surrogates) =>
        {
            double[] bySeed = [.. surrogates.Select(s => TestError(s, program))];
            return new ProgramError(program.Name, trained.Arm, trained.Samples, GeometricMean.Of(bySeed), bySeed);
        }),
    ];

    /// <summary>Summarises errors, a row for each arm and number of samples.</summary>
    public static List<BenchRow> Summarise(IReadOnlyList<ProgramError> errors, int seeds)
    {
        var rows = new List<BenchRow>();
        foreach (var group in errors.GroupBy(e => (e.Samples, e.Arm)))
        {
            var random = errors.Where(e => e.Samples == group.Key.Samples && e.Arm == RandomArm).ToDictionary(e => e.Program, e => e.Nmse);
            double[] logs = [.. group.Select(e => Math.Log(e.Nmse))], ratios = [.. group.Select(e => Math.Log(random[e.Program] / e.Nmse))];
            (double low, double high) = MeanInterval.Geometric(logs);
            (double ratioLow, double ratioHigh) = MeanInterval.Geometric(ratios);
            rows.Add(new BenchRow(
                group.Key.Arm, group.Key.Samples, logs.Length, seeds, Math.Exp(logs.Average()), ZeroShot.Median(group.Select(e => e.Nmse)), low, high,
                Math.Exp(ratios.Average()), ratioLow, ratioHigh, group.Count(e => e.Nmse < random[e.Program]),
                group.Count(e => e.Nmse > random[e.Program])));
        }

        return rows;
    }

    private static double TestError(Surrogate surrogate, BenchProgram program)
    {
        double[] predicted = new SurrogateEvaluator(surrogate).Evaluate(program.Test.X);
        return GeometricMean.Bounded(ErrorMetrics.Measure(program.Test, predicted, worstCount: 0).Nmse);
    }
}
