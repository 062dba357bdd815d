using Nsc.Bench;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class DataEfficiencyTests
{
    [Fact]
    public void An_arm_that_starts_from_the_solution_wins_and_its_ratio_says_by_how_much()
    {
        var shape = new NetShape(16, [16, 16]);
        BenchProgram bench = SmallPrograms.SolvedProduct(shape, samples: 16, seeds: 2);
        var plan = new TrainingPlan([bench], SmallPrograms.SolvedArms, shape, [0, 16], new FineTuneOptions(Steps: 100));
        var results = DataEfficiency.Measure(plan, cancellationToken: TestContext.Current.CancellationToken);
        var rows = DataEfficiency.Summarise([.. results.SelectMany(r => r.Rows)], seeds: 2);

        Assert.Equal(4, rows.Count);
        Assert.All(rows.Where(r => r.Arm == DataEfficiency.RandomArm), r => Assert.Equal((1.0, 0), (r.RatioToRandom, r.Wins)));
        BenchRow won = rows.Single(r => r.Arm == Architectures.Dataflow && r.Samples == 16), lost = rows.Single(r => r.Arm == DataEfficiency.RandomArm && r.Samples == 16);
        Assert.Equal(1, won.Wins);
        Assert.Equal(lost.NmseGeomean / won.NmseGeomean, won.RatioToRandom, 1e-6 * won.RatioToRandom);
        Assert.True(won.RatioToRandom > 2, $"ratio {won.RatioToRandom}");
    }

    [Fact]
    public void A_row_is_the_geometric_mean_of_errors_that_follow_from_the_surrogates_predictions()
    {
        var shape = new NetShape(16, [16, 16]);
        BenchProgram first = SmallPrograms.SolvedProduct(shape, samples: 16, seeds: 2), second = first with { Name = "again", Test = first.Pools[0] };
        var plan = new TrainingPlan([first, second], SmallPrograms.SolvedArms, shape, [16], new FineTuneOptions(Steps: 50));
        var predictions = new List<(string Arm, BenchProgram Program, double[] Predicted)>();
        plan.Measure<int>(
            trained =>
            {
                predictions.AddRange(plan.Programs.SelectMany((program, p) => trained.Surrogates[p].Select(
                    s => (trained.Arm, program, new SurrogateEvaluator(s).Evaluate(program.Test.X)))));
                return [];
            },
            cancellationToken: TestContext.Current.CancellationToken);
        var results = DataEfficiency.Measure(plan, cancellationToken: TestContext.Current.CancellationToken);

        // Mean squared error by the variance, from the predictions themselves.
        static double Nmse(double[] truth, double[] predicted) => truth.Zip(predicted, (y, p) => (p - y) * (p - y)).Sum() / truth.Sum(y => (y - truth.Average()) * (y - truth.Average()));
        foreach (BenchRow row in DataEfficiency.Summarise([.. results.SelectMany(r => r.Rows)], seeds: 2))
        {
            double[] errors = [.. predictions.Where(p => p.Arm == row.Arm).Select(p => Nmse(p.Program.Test.Y, p.Predicted))];
            Assert.Equal(4, errors.Length);
            double expected = Math.Pow(errors.Aggregate((a, b) => a * b), 0.25);
            Assert.Equal(expected, row.NmseGeomean, 1e-9 * expected);
        }
    }

    [Fact]
    public void The_interval_covers_the_geometric_mean_and_widens_with_the_spread()
    {
        ProgramError[] Errors(double spread) => [.. Enumerable.Range(0, 40).Select(i =>
            new ProgramError($"p{i}", DataEfficiency.RandomArm, 8, 0.1 * Math.Pow(spread, i % 2 == 0 ? 1 : -1), []))];
        BenchRow narrow = DataEfficiency.Summarise(Errors(1.1), 1).Single(), wide = DataEfficiency.Summarise(Errors(10), 1).Single();
        Assert.InRange(0.1, wide.Low, wide.High);
        Assert.True(wide.High / wide.Low > narrow.High / narrow.Low);
    }
}
