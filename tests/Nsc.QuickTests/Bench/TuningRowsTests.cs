using Nsc.Bench.Tuning;

namespace Nsc.Tests.Bench;

public sealed class TuningRowsTests
{
    [Fact]
    public void An_optimiser_within_a_tenth_of_the_best_counts_as_best()
    {
        TuningRow[] rows = [new("f", 50, "a", 1, 1.0), new("f", 50, "b", 1, 1.05), new("f", 50, "c", 1, 2), new("g", 50, "a", 1, 4), new("g", 50, "b", 1, 1)];
        List<TuningSummary> summary = TuningRows.Summarise(rows);
        Assert.Equal([("a", 1, 2), ("b", 2, 2), ("c", 0, 1)], summary.Select(s => (s.Method, s.Best, s.Functions)));
        Assert.Equal(2, summary[0].Regret, 1e-12);
    }
}
