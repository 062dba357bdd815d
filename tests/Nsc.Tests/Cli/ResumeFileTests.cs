using Nsc.Bench;
using Nsc.Bench.Images;
using Nsc.Cli.Data;
using Nsc.CommandLine;
using Nsc.Engine;
using Nsc.Engine.Trainers;
using Nsc.Tests.Training;

namespace Nsc.Tests.Cli;

public sealed class ResumeFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");
    private readonly TrainingPlan _plan = new([SmallPrograms.SolvedProduct(new NetShape(16, [16, 16]), samples: 8, seeds: 1)], SmallPrograms.SolvedArms, new NetShape(16, [16, 16]), [8], new FineTuneOptions(Steps: 3));
    private readonly Dictionary<string, string> _run = new() { ["bench"] = "data", ["options"] = "3 steps" };

    private FileInfo Results => new(Path.Combine(_folder.FullName, "results.json"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_measured_comes_back_to_the_last_bit()
    {
        double error = 1.0 / 3;
        Recall<ProgramError> first = Open()!;
        Assert.Equal(error, first("random", 8, () => Result("random", error)).Rows[0].Nmse);
        ArmResult<ProgramError> known = Open()!("random", 8, () => throw new InvalidOperationException("measured again"));
        Assert.Equal((error, 2.5, "product"), (known.Rows[0].Nmse, known.Seconds, known.Rows[0].Program));
        Assert.Equal(error, known.Rows[0].NmseBySeed.Single());
        Assert.Null(ResumeFile.Open(null, _run, ResumeRows.Errors(_plan), Terminal.Silent));
    }

    [Fact]
    public void Results_of_another_run_are_refused_by_what_differs()
    {
        Open()!("random", 8, () => Result("random", 0.5));
        _run["options"] = "4 steps";
        Assert.Contains("with options '3 steps' instead of '4 steps'", Refusal());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{\"format\": \"nsc bench results 1\", \"results\": []}")]
    [InlineData("{\"format\": \"nsc bench results 1\", \"run\": null, \"results\": []}")]
    [InlineData("{\"format\": \"nsc bench results 9\", \"run\": {}, \"results\": []}")]
    public void What_is_no_file_of_results_is_refused(string text)
    {
        File.WriteAllText(Results.FullName, text);
        Assert.Contains("not a file that --resume wrote", Refusal());
    }

    [Theory]
    [InlineData("\"product\"", "\"stranger\"")]
    [InlineData("\"nmse\": ", "\"nmse\": -")]
    [InlineData("\"nmse\": 0.5", "\"nmse\": \"NaN\"")]
    [InlineData("\"arm\": \"random\"", "\"arm\": null")]
    [InlineData("\"rows\": [", "\"rows\": [null, ")]
    [InlineData("\"results\": [", "\"results\": [null, ")]
    public void Results_that_were_tampered_with_are_refused(string original, string tampered)
    {
        Open()!("random", 8, () => Result("random", 0.5));
        string text = File.ReadAllText(Results.FullName);
        Assert.Contains(original, text);
        File.WriteAllText(Results.FullName, text.Replace(original, tampered, StringComparison.Ordinal));
        Assert.Contains("not a file that --resume wrote", Refusal());
    }

    [Fact]
    public void Whatever_is_changed_in_it_a_file_is_continued_or_refused()
    {
        Open()!("random", 8, () => Result("random", 0.5));
        byte[] good = File.ReadAllBytes(Results.FullName);
        for (int seed = 0; seed < 300; seed++)
        {
            File.WriteAllBytes(Results.FullName, Mutation.Of(good, seed));
            try
            {
                Open();
            }
            catch (CommandException refusal)
            {
                Assert.Equal(ExitCode.Refused, refusal.Code);
            }
        }
    }

    [Fact]
    public void A_folder_is_no_file_of_results()
    {
        Directory.CreateDirectory(Results.FullName);
        Assert.Contains("it is no file", Refusal());
    }

    [Fact]
    public void Courses_that_are_too_short_are_refused()
    {
        Func<ArmResult<ProgramCourses>, bool> isSound = ResumeRows.Courses(_plan);
        ArmResult<ProgramCourses> Of(params double[][] courses) => new("random", 8, 1, [new ProgramCourses("product", "random", courses)]);
        Assert.True(isSound(Of([1, 0.5, 0.25, 0.125])));
        Assert.False(isSound(Of([1, 0.5, 0.25])));
        Assert.False(isSound(Of([1, 0.5, 0.25, 0.125], [1, 1, 1, 1])));
        Assert.False(isSound(Of((double[])null!)));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("\"small\"", "\"stranger\"", false)]
    [InlineData("\"seed\": 0", "\"seed\": 1", false)]
    [InlineData("\"rmse\": ", "\"rmse\": -", false)]
    [InlineData("\"picture\": \"", "\"picture\": \"?", false)]
    [InlineData("\"picture\": \"", "\"picture\": \"AAAA", false)]
    [InlineData("\"images\": [", "\"images\": [null, ", false)]
    [InlineData("\"kernels\": [", "\"kernels\": [null, ", false)]
    [InlineData("\"courses\": []", "\"courses\": [{ \"program\": \"product\", \"arm\": \"random\", \"courses\": [[1, 1, 1, 1]] }]", false)]
    public void What_all_benches_measured_comes_back_whole_or_is_refused(string original, string tampered, bool isSound)
    {
        var pictures = new Dictionary<string, Picture> { ["small"] = Picture.Blank(2, 1) with { Values = [0, 0.2, 0.4, 0.6, 0.8, 1] } };
        ImageBench[] benches = [new ImageBench(ImageTask.All[0], _plan.Programs[0], pictures, pictures)];
        Recall<MeasuredArm> Opened() => ResumeFile.Open(Results, _run, ResumeRows.All(_plan, _plan, benches), Terminal.Silent)!;
        var made = new MadeImage(ImageTask.All[0].Name, "product", "small", "random", 8, 0, 0.75, 0.25, pictures["small"]);
        var measured = new MeasuredArm(
            [new ProgramError("product", "random", 8, 0.5, [0.5])], [made], [new KernelError("product", "random", 8, 0, "metric", 0.5, 0.5, 0.5)], []);
        Opened()("random", 8, () => new ArmResult<MeasuredArm>("random", 8, 1.5, [measured]));
        MeasuredArm.Epochs(Opened())!("random", 8, () => new ArmResult<ProgramCourses>("random", 8, 2.5, [new ProgramCourses("product", "random", [[1, 0.5, 0.25, 0.125]])]));

        string text = File.ReadAllText(Results.FullName);
        Assert.Contains(original, text);
        File.WriteAllText(Results.FullName, original == "" ? text : text.Replace(original, tampered, StringComparison.Ordinal));
        if (!isSound)
        {
            Assert.Equal(ExitCode.Refused, Assert.Throws<CommandException>(Opened).Code);
            return;
        }

        ArmResult<MeasuredArm> known = Opened()("random", 8, () => throw new InvalidOperationException("measured again"));
        Assert.Equal(made with { Picture = known.Rows[0].Images[0].Picture }, known.Rows[0].Images[0]);
        Assert.Equal(made.Picture.ToPng(), known.Rows[0].Images[0].Picture.ToPng());
        var courses = MeasuredArm.Epochs(Opened())!("random", 8, () => throw new InvalidOperationException("measured again"));
        Assert.Equal(("random", 2.5), (courses.Arm, courses.Seconds));
        Assert.Equal([1, 0.5, 0.25, 0.125], courses.Rows[0].Courses[0]);
    }

    private Recall<ProgramError>? Open() => ResumeFile.Open(Results, _run, ResumeRows.Errors(_plan), Terminal.Silent);

    private string Refusal()
    {
        CommandException failure = Assert.Throws<CommandException>(() => Open());
        Assert.Equal(ExitCode.Refused, failure.Code);
        return failure.Message;
    }

    private static ArmResult<ProgramError> Result(string arm, double error) => new(arm, 8, 2.5, [new ProgramError("product", arm, 8, error, [error])]);
}
