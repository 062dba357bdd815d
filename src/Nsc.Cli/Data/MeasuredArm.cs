// What bench all measures of one arm, in the one shape in which --resume keeps it.

using Nsc.Bench;

namespace Nsc.Cli.Data;

/// <summary>
/// What an arm's surrogates at one number of samples gave, and no courses; or the courses of the error while it trains on the
/// greatest number, and nothing else, under the arm's name with an addition.
/// </summary>
internal sealed record MeasuredArm(ProgramError[] Errors, MadeImage[] Images, KernelError[] Kernels, ProgramCourses[] Courses)
{
    private const string Addition = ", epochs";

    /// <summary>The arm whose courses are kept under a name; null when the name is an arm's own.</summary>
    public static string? ArmOfCourses(string name) => name.EndsWith(Addition, StringComparison.Ordinal) ? name[..^Addition.Length] : null;

    /// <summary>Remembers courses in the same place as everything else.</summary>
    public static Recall<ProgramCourses>? Epochs(Recall<MeasuredArm>? recall) => recall is null ? null : (arm, samples, measure) =>
    {
        ArmResult<MeasuredArm> kept = recall(arm + Addition, samples, () =>
        {
            ArmResult<ProgramCourses> measured = measure();
            return new ArmResult<MeasuredArm>(arm + Addition, samples, measured.Seconds, [new MeasuredArm([], [], [], measured.Rows)]);
        });
        return new ArmResult<ProgramCourses>(arm, samples, kept.Seconds, kept.Rows[0].Courses);
    };
}
