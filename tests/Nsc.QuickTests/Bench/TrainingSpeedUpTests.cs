using Nsc.Bench;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class TrainingSpeedUpTests
{
    [Fact]
    public void An_arm_that_starts_from_the_solution_needs_one_epoch()
    {
        var shape = new NetShape(16, [16, 16]);
        BenchProgram bench = SmallPrograms.SolvedProduct(shape, samples: 64, seeds: 1);
        var options = new FineTuneOptions(Steps: 100, CheckEvery: 1);
        var results = TrainingSpeedUp.Measure(new TrainingPlan([bench], SmallPrograms.SolvedArms, shape, [64], options), cancellationToken: TestContext.Current.CancellationToken);
        ProgramEpochs[] measured = [.. results.SelectMany(r => r.Rows)];
        List<EpochsRow> rows = TrainingSpeedUp.Summarise(measured, 64, 1);

        ProgramEpochs random = measured.Single(m => m.Arm == DataEfficiency.RandomArm), ours = measured.Single(m => m.Arm == Architectures.Dataflow);
        Assert.Equal(101, random.Course.Length);
        Assert.Equal(random.Course.Min(), random.Course[(int)random.Epochs]);
        Assert.Equal(1, ours.Epochs);
        Assert.Equal((1, random.Epochs), (rows.Single(r => r.Arm == Architectures.Dataflow).Wins, rows.Single(r => r.Arm == Architectures.Dataflow).RatioToRandom));
    }
}
