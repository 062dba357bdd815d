// How far from the least value each optimiser ends: the simple regret, in deviations of the function's values over its ranges.

using Nsc.Core.Sampling;
using Nsc.Training.Progress;

namespace Nsc.Bench.Tuning;

/// <summary>The course of one search.</summary>
/// <param name="Best">The least value after each call.</param>
public sealed record SearchCourse(string Function, string Method, int Budget, long Seed, IReadOnlyList<double> Best);

/// <summary>One function, optimiser and number of calls.</summary>
/// <param name="Value">The least value that was found, the median over seeds, in the function's units.</param>
/// <param name="Regret">How far above the least known value that is, in deviations of the function's values; at least <see cref="TuningRows.LeastRegret"/>.</param>
public sealed record TuningRow(string Function, int Calls, string Method, double Value, double Regret);

/// <summary>An optimiser at one number of calls.</summary>
/// <param name="Regret">The geometric mean over functions.</param>
/// <param name="Best">Functions on which its regret is the least, or within a tenth of that.</param>
public sealed record TuningSummary(int Calls, string Method, int Functions, double Regret, double Low, double High, int Best);

public static class TuningRows
{
    /// <summary>Smaller regrets say no more.</summary>
    public const double LeastRegret = 1e-6;

    private const double NearBest = 1.1;

    /// <summary>A row for each function, number of calls and method whose searches had so many.</summary>
    /// <param name="least">Least values that are known; for others it is the least that any search found.</param>
    public static List<TuningRow> Of(IReadOnlyList<SearchCourse> courses, IReadOnlyList<BenchProgram> programs, IReadOnlyList<int> counts, IReadOnlyDictionary<string, double> least) =>
    [
        .. from program in programs
           let own = courses.Where(c => c.Function == program.Name).ToArray()
           where own.Length > 0
           let scale = ErrorMetrics.Scale(program.Test, 0)
           let optimum = least.TryGetValue(program.Program.Signature.Function, out double known) ? known : own.Min(c => c.Best.Count == 0 ? double.PositiveInfinity : c.Best[^1])
           from calls in counts
           from method in own.Where(c => IsOf(c, calls)).GroupBy(c => c.Method)
           let value = ZeroShot.Median(method.Select(c => c.Best.Count == 0 ? double.PositiveInfinity : c.Best[Math.Min(calls, c.Best.Count) - 1]))
           select new TuningRow(program.Name, calls, method.Key, value, Math.Max(LeastRegret, (value - optimum) / scale)),
    ];

    public static List<TuningSummary> Summarise(IReadOnlyList<TuningRow> rows)
    {
        var best = rows.GroupBy(r => (r.Function, r.Calls)).ToDictionary(g => g.Key, g => g.Min(r => r.Regret));
        return
        [
            .. from method in rows.GroupBy(r => (r.Calls, r.Method))
               let interval = MeanInterval.Geometric([.. method.Select(r => Math.Log(r.Regret))])
               select new TuningSummary(
                   method.Key.Calls, method.Key.Method, method.Count(), GeometricMean.Of(method.Select(r => r.Regret)), interval.Low, interval.High,
                   method.Count(r => r.Regret <= NearBest * best[(r.Function, r.Calls)])),
        ];
    }

    // Ours plans for its budget; others are looked at on their way, if they go so far.
    private static bool IsOf(SearchCourse course, int calls) => OurTuner.All.Any(o => o.Name == course.Method) ? course.Budget == calls : course.Budget >= calls;
}
