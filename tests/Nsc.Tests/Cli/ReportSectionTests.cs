// Reports say in words where a compiled surrogate lost, and why that is plausible.

using Nsc.Bench;
using Nsc.Bench.Images;
using Nsc.Cli.Output;
using Nsc.CommandLine.Reporting;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;
using Nsc.Report;
using Nsc.Tests.Training;

namespace Nsc.Tests.Cli;

public sealed class ReportSectionTests
{
    private const string Random = DataEfficiency.RandomArm, Ours = Architectures.Dataflow;

    private readonly TrainingPlan _plan;

    public ReportSectionTests()
    {
        BenchProgram program = SmallPrograms.SolvedProduct(new NetShape(16, [16, 16]), samples: 8, seeds: 1);
        program = program with { Graph = program.Graph with { Approximations = ["a loop was cut"] } };
        _plan = new TrainingPlan([program], SmallPrograms.SolvedArms, new NetShape(16, [16, 16]), [8], new FineTuneOptions(Steps: 3));
    }

    [Theory]
    [InlineData(0.6, 0.9, "dataflow is not ahead of training from scratch on 1 of 1 programs at 8 samples.")]
    [InlineData(0.6, 0.9, "<li>product (1.5 times random&#39;s error): its graph is approximate (a loop was cut); neither start learns it")]
    [InlineData(0.0001, 0.0002, "<li>product (2 times random&#39;s error): its graph is approximate (a loop was cut); both are nearly exact</li>")]
    [InlineData(0.6, 0.3, "dataflow is ahead of training from scratch on every program at every number of samples.")]
    public void Errors_that_are_greater_than_randoms_are_explained(double random, double ours, string words)
    {
        ArmResult<ProgramError> Of(string arm, double error) => new(arm, 8, 1, [new ProgramError("product", arm, 8, error, [error])]);
        ArmResult<ProgramError>[] results = [Of(Random, random), Of(Ours, ours)];
        Assert.Contains(words, Html(new DataSection(_plan, DataEfficiency.Summarise([.. results.SelectMany(r => r.Rows)], 1), results)));
    }

    [Theory]
    [InlineData(20, "dataflow does not need fewer epochs than training from scratch on 1 of 1 programs")]
    [InlineData(20, "<li>product (20 epochs against 10): its graph is approximate (a loop was cut)</li>")]
    [InlineData(5, "dataflow needs fewer epochs than training from scratch on every program.")]
    public void Epochs_that_are_no_fewer_than_randoms_are_explained(double ours, string words)
    {
        ArmResult<ProgramEpochs> Of(string arm, double epochs) => new(arm, 8, 1, [new ProgramEpochs("product", arm, epochs, [1, 0.5, 0.25, 0.125])]);
        ArmResult<ProgramEpochs>[] results = [Of(Random, 10), Of(Ours, ours)];
        Assert.Contains(words, Html(new EpochsSection(_plan, TrainingSpeedUp.Summarise([.. results.SelectMany(r => r.Rows)], 8, 1), results)));
    }

    [Theory]
    [InlineData(0.4, "not more like the program&#39;s than those of training from scratch: edges at 8 samples. That is plausible")]
    [InlineData(0.6, "dataflow&#39;s images are always more like the program&#39;s")]
    public void Images_that_are_less_alike_than_randoms_are_explained(double ours, string words)
    {
        var pictures = new Dictionary<string, Picture> { ["small"] = Picture.Blank(2, 2) };
        ImageBench[] benches = [new ImageBench(ImageTask.All[0], _plan.Programs[0], pictures, pictures)];
        ArmResult<MadeImage> Of(string arm, double ssim) => new(arm, 8, 1, [new MadeImage("edges", "product", "small", arm, 8, 0, ssim, 0.1, pictures["small"])]);
        Assert.Contains(words, Html(new ImagesSection(_plan, benches, [Of(Random, 0.5), Of(Ours, ours)])));
    }

    private static string Html(IReportSection section)
    {
        var page = new HtmlPage("test");
        section.WriteTo(page);
        return page.ToString();
    }
}
