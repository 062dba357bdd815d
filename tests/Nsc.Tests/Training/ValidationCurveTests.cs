using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ValidationCurveTests : IDisposable
{
    private static readonly CompNetOptions s_shape = new(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_curve_comes_back_from_its_file_as_it_was()
    {
        string path = Path.Combine(_folder.FullName, "a.csv");
        ValidationCurve curve = ValidationCurve.Empty
            .With(new CurvePoint(10, 1.5, 0.1 + 0.2, new HeldOutFigures(1.0 / 3, double.NaN, 0.1)))
            .With(new CurvePoint(20, 3, -0.25, new HeldOutFigures(1e-9, 12345.678, 2.0 / 7)));
        curve.Save(path);
        Assert.Equal(curve.Points, ValidationCurve.TryLoad(path)!.Points);
        Assert.Equal(10, Assert.Single(ValidationCurve.TryLoad(path)!.Until(19).Points).Step);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x,y\n1,2\n")]
    [InlineData("20,1,1,1,1,1\n10,1,1,1,1,1\n", true)]
    [InlineData("10,1,1,1,1\n", true)]
    [InlineData("10,1,1,one,1,1\n", true)]
    public void A_file_that_is_no_curve_is_told_from_one(string text, bool underHeader = false)
    {
        string path = Path.Combine(_folder.FullName, "b.csv");
        File.WriteAllText(path, (underHeader ? ValidationCurve.Empty.ToString() : "") + text);
        Assert.Null(ValidationCurve.TryLoad(path));
    }

    [Fact]
    public void The_best_look_decides_which_weights_are_the_result_and_the_last_ones_lie_beside()
    {
        // At this learning rate the training falls apart, so that an early look is the best.
        var options = new TrainingOptions(
            Steps: 20, ProgramsPerStep: 8, SamplesPerProgram: 16, WarmUpSteps: 10, LearningRate: 0.3, LookEverySteps: 1);
        TrainingProgram[] programs = [.. Enumerable.Range(0, 32).Select(i => SmallPrograms.Random(i))];
        string path = Path.Combine(_folder.FullName, "c.safetensors");
        using (var trainer = new CompNetTrainer(s_shape, options, [new TrainingSource("small", programs, 1)], "corpus", programs[..16]))
        {
            trainer.Run(path, TimeSpan.FromHours(1), null, CancellationToken.None);
        }

        var points = ValidationCurve.TryLoad(ValidationCurve.PathBeside(path))!.Points;
        Assert.Equal(Enumerable.Range(1, 20), points.Select(p => p.Step));
        CurvePoint best = points.MinBy(p => p.HeldOut.Score)!;
        Assert.True(best.Step < 20, string.Join(" ", points.Select(p => p.HeldOut.Score)));
        CompNetCheckpoint result = CompNetCheckpoint.Load(path);
        Assert.Equal($"{best.Step}", result.Notes["best step"]);
        Assert.False(File.Exists(BestCheckpoint.PathBeside(path)));
        using HyperNetwork net = result.ToNet(), last = CompNetCheckpoint.Load(BestCheckpoint.LastPathBeside(path)).ToNet();
        Assert.Equal(best.HeldOut, HeldOutFigures.Measure(net, programs[..16], options.Seed));
        Assert.Equal(points[^1].HeldOut, HeldOutFigures.Measure(last, programs[..16], options.Seed));
    }

    [Fact]
    public void A_resumed_training_does_not_take_another_file_for_its_curve()
    {
        var options = new TrainingOptions(Steps: 4, ProgramsPerStep: 8, SamplesPerProgram: 16, LookEverySteps: 2);
        TrainingProgram[] programs = [.. Enumerable.Range(0, 16).Select(i => SmallPrograms.Random(i))];
        string path = Path.Combine(_folder.FullName, "d.safetensors");
        using var trainer = new CompNetTrainer(s_shape, options, [new TrainingSource("small", programs, 1)], "corpus", programs);
        trainer.Run(path, TimeSpan.FromHours(1), null, CancellationToken.None);
        File.WriteAllText(ValidationCurve.PathBeside(path), "somebody's data\n");
        Assert.Throws<ContainerException>(() => trainer.Resume(path));
    }
}
