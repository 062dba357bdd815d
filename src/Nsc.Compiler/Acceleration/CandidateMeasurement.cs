// What approximations give in their places: the very files are compiled, run and timed.

using System.Globalization;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export.Approximations;
using Nsc.FrontEnd.Sampling;

namespace Nsc.Compiler.Acceleration;

internal sealed record Measured(double Nmse, double OriginalNs, double AcceleratedNs, BoundedError Error)
{
    /// <summary>Why it must not take the function's place, in words, or null.</summary>
    public string? Objection(ErrorLimit limit) => limit.Objection(Error)
        ?? (OriginalNs > AcceleratedNs
            ? null : string.Create(CultureInfo.InvariantCulture, $"the program itself is faster: {OriginalNs:F1} ns a call against {AcceleratedNs:F1} ns; keep the program"));
}

internal static class CandidateMeasurement
{
    public const int TimedRounds = 9;
    private const int ComparedRounds = 25, TimedRows = 256;

    // What one of many is timed for in a round: where other work disturbs some rounds, many short ones find a quiet one.
    private static readonly TimeSpan s_glance = TimeSpan.FromMilliseconds(8);

    /// <summary>Of each approximation; the original and they take turns. Null where the diagnostics say what cannot be built or run.</summary>
    /// <param name="samples">Those that the errors are measured on.</param>
    public static Measured[]? Of(IReadOnlyList<IApproximation> approximations, SampleSet samples, AccelerationTask task)
    {
        var programs = new List<CProgram> { task.Program };
        var answers = new List<FunctionAnswers>();
        foreach (IApproximation approximation in approximations)
        {
            task.Progress($"measuring {approximation.Kind}, {approximation.Size}");
            string text = task.Write(approximation, []);
            if (ExportedRun.Rebuild(text, task.Program, task.Project, isDropIn: true, task.Toolchain, task.Diagnostics) is not { } replaced
                || ExportedRun.Of(replaced, task.Program, isDropIn: true, isGuarded: true, samples, task.Toolchain, task.Diagnostics, task.CancellationToken) is not { } given)
            {
                return null;
            }

            programs.Add(replaced);
            answers.Add(given);
        }

        bool isOne = approximations.Count == 1;
        double[]? times = ProgramTimer.Measure(
            programs, TimedInputs(samples), isOne ? TimedRounds : ComparedRounds, task.Toolchain, task.Diagnostics, task.CancellationToken, burst: isOne ? null : s_glance);
        return times is null || task.Diagnostics.HasErrors
            ? null
            : [.. answers.Select((given, i) => new Measured(
                ErrorMetrics.Measure(samples, given.Outputs).Nmse, times[0], times[i + 1],
                BoundedError.Of(task.Program.Signature, samples, given, task.Allowed, isAllowed: true, task.Request.Limit)))];
    }

    /// <summary>The rows that are called in turn.</summary>
    public static double[] TimedInputs(SampleSet samples) => samples.Slice(0, Math.Min(TimedRows, samples.Count)).X;
}
