// What an interrupted bench had measured, so that the same command goes on from there and prints what it would have printed.

using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Nsc.Bench;
using Nsc.CommandLine;
using Nsc.Core.Files;

namespace Nsc.Cli.Data;

/// <summary>The file's content.</summary>
/// <param name="Run">What the results depend on, by name.</param>
internal sealed record ResumeJson<T>(string Format, Dictionary<string, string> Run, List<ArmResult<T>> Results);

internal static class ResumeFile
{
    private const string Format = "nsc bench results 1";
    private const long LargestFile = 1L << 30;

    public static Option<FileInfo?> Option() => new("--resume")
    {
        Description = "Keep results in this file as they are measured; after an interruption, the same command goes on from there.", HelpName = "FILE.json",
    };

    /// <summary>Opens a file, or begins one; null when the user named none.</summary>
    /// <param name="run">What the results depend on, by name; a file of another run is refused.</param>
    /// <param name="isSound">Whether results are such as this run measures.</param>
    /// <exception cref="CommandException">The file holds something else.</exception>
    public static Recall<T>? Open<T>(FileInfo? file, Dictionary<string, string> run, Func<ArmResult<T>, bool> isSound, Terminal terminal)
    {
        if (file is null)
        {
            return null;
        }

        ResumeJson<T> kept = Path.Exists(file.FullName) ? Read(file, run, isSound) : new ResumeJson<T>(Format, run, []);
        if (kept.Results.Count > 0)
        {
            terminal.Say($"{file}: {kept.Results.Count} of the results are known");
        }

        return (arm, samples, measure) =>
        {
            if (kept.Results.Find(r => r.Arm == arm && r.Samples == samples) is { } known)
            {
                return known;
            }

            ArmResult<T> measured = measure();
            kept.Results.Add(measured);
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(kept, typeof(ResumeJson<T>), ResumeContext.Default);
            AtomicFile.Write(file.FullName, json);
            terminal.Say($"{file}: {arm}, {samples} samples");
            return measured;
        };
    }

    private static ResumeJson<T> Read<T>(FileInfo file, Dictionary<string, string> run, Func<ArmResult<T>, bool> isSound)
    {
        ResumeJson<T> kept = Parse<T>(file);
        foreach ((string name, string value) in run)
        {
            if (kept.Run.GetValueOrDefault(name) is var theirs && theirs != value)
            {
                throw new CommandException(
                    ExitCode.Refused, $"'{file}' holds the results of another run, with {name} '{theirs}' instead of '{value}'",
                    "repeat the command that wrote it, or name another file");
            }
        }

        return kept.Results.TrueForAll(r => r?.Rows.All(row => row is not null) == true && isSound(r)) && kept.Results.DistinctBy(r => (r.Arm, r.Samples)).Count() == kept.Results.Count
            ? kept
            : throw Damaged(file, "its results are not those of the run that it names");
    }

    private static ResumeJson<T> Parse<T>(FileInfo file)
    {
        if (!file.Exists || file.Length > LargestFile)
        {
            throw Damaged(file, file.Exists ? $"it has {file.Length} bytes" : "it is no file");
        }

        try
        {
            var kept = (ResumeJson<T>?)JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), typeof(ResumeJson<T>), ResumeContext.Default);
            return kept?.Format == Format ? kept : throw Damaged(file, "it has another format");
        }
        catch (JsonException damage)
        {
            throw Damaged(file, damage.Message);
        }
    }

    private static CommandException Damaged(FileInfo file, string reason) =>
        new(ExitCode.Refused, $"'{file}' is not a file that --resume wrote: {reason}", "name another file");
}

/// <summary>Which results each bench can have measured.</summary>
internal static class ResumeRows
{
    public static Func<ArmResult<ProgramError>, bool> Errors(TrainingPlan plan) => result =>
        result.Rows.Select(e => (e.Program, e.Arm, e.Samples)).SequenceEqual(plan.Programs.Select(p => (p.Name, result.Arm, result.Samples)))
        && result.Rows.All(e => IsError(e.Nmse) && e.Nmse > 0 && e.NmseBySeed.Length > 0 && e.NmseBySeed.All(IsError));

    public static Func<ArmResult<KernelError>, bool> Kernels(TrainingPlan plan) => result =>
        result.Rows.Select(e => (e.Program, e.Arm, e.Samples, e.Seed)).SequenceEqual(plan.Programs.SelectMany(
            p => Enumerable.Range(0, plan.Seeds).Select(seed => (p.Name, result.Arm, result.Samples, seed))))
        && result.Rows.All(e => IsError(e.Application) && IsError(e.Absolute) && IsError(e.UnitMse));

    /// <summary>With a look after every epoch.</summary>
    public static Func<ArmResult<ProgramCourses>, bool> Courses(TrainingPlan plan) => result =>
        result.Rows.Select(c => (c.Program, c.Arm)).SequenceEqual(plan.Programs.Select(p => (p.Name, result.Arm)))
        && result.Rows.All(c => c.Courses.Length == plan.Seeds && c.Courses.All(course => course?.Length == plan.Options.Steps + 1 && course.All(IsError)));

    public static Func<ArmResult<MadeImage>, bool> Images(TrainingPlan plan, IReadOnlyList<ImageBench> benches) => result =>
        result.Rows.Select(m => (m.Task, m.Program, m.Image, m.Arm, m.Samples, m.Seed, m.Picture.Width, m.Picture.Height)).SequenceEqual(
            from bench in benches
            from seed in Enumerable.Range(0, plan.Seeds)
            from image in bench.Exact
            select (bench.Task.Name, bench.Program.Name, image.Key, result.Arm, result.Samples, seed, image.Value.Width, image.Value.Height))
        && result.Rows.All(m => IsError(m.Rmse) && double.IsFinite(m.Ssim));

    /// <param name="watched">The training that the courses are of.</param>
    public static Func<ArmResult<MeasuredArm>, bool> All(TrainingPlan plan, TrainingPlan watched, IReadOnlyList<ImageBench> benches) => result =>
        result.Rows.Length == 1
        && (MeasuredArm.ArmOfCourses(result.Arm) is { } arm
            ? IsSound(result with { Arm = arm }, m => m.Courses, Courses(watched)) && result.Rows[0] is { Errors: [], Images: [], Kernels: [] }
            : IsSound(result, m => m.Errors, Errors(plan)) && IsSound(result, m => m.Images, Images(plan, benches))
                && IsSound(result, m => m.Kernels, Kernels(plan)) && result.Rows[0].Courses.Length == 0);

    private static bool IsSound<T>(ArmResult<MeasuredArm> result, Func<MeasuredArm, T[]> part, Func<ArmResult<T>, bool> isSound)
        where T : class =>
        Array.TrueForAll(part(result.Rows[0]), row => row is not null) && isSound(new ArmResult<T>(result.Arm, result.Samples, result.Seconds, part(result.Rows[0])));

    private static bool IsError(double value) => value >= 0;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(PictureJson)])]
[JsonSerializable(typeof(ResumeJson<ProgramError>))]
[JsonSerializable(typeof(ResumeJson<KernelError>))]
[JsonSerializable(typeof(ResumeJson<ProgramCourses>))]
[JsonSerializable(typeof(ResumeJson<MadeImage>))]
[JsonSerializable(typeof(ResumeJson<MeasuredArm>))]
internal sealed partial class ResumeContext : JsonSerializerContext;
