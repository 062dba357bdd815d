// Runs some of a program's samples once more, in a build that notices what C leaves undefined: what the compiler happened to make of it must not be
// learned silently.

using System.Diagnostics;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Sampling;

/// <summary>Warns of undefined behaviour on samples.</summary>
public static class UndefinedBehaviourCheck
{
    /// <summary>How many samples are looked at, from the first on.</summary>
    public const int Samples = 256;

    // A program that is slow on the first few is not run on the others.
    private const int FewSamples = 16;
    private static readonly TimeSpan s_slow = TimeSpan.FromMilliseconds(100);

    // Two builds may compute the same in two ways. Beyond this part of an output's largest value they do not.
    private const double Same = 1e-9;

    /// <summary>Adds one warning for each place in the program, with the first inputs that lead there.</summary>
    /// <param name="samples">What the program gave in its usual build.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Run(CProgram program, SampleSet samples, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken = default)
    {
        if (samples.Count == 0)
        {
            return;
        }

        var problems = new DiagnosticBag();
        using NativeProgram? native = NativeProgram.Compile(Sanitizer.Reporting(program), toolchain, problems, sanitizing: Sanitizing.Reports);
        if (native is null)
        {
            diagnostics.ReportNotSanitized(program, problems.First());
            return;
        }

        long start = Stopwatch.GetTimestamp();
        int count = Math.Min(FewSamples, samples.Count);
        List<UndefinedOperation?> found = [.. Look(native, samples.Slice(0, count), cancellationToken)];
        if (Stopwatch.GetElapsedTime(start) < s_slow)
        {
            int rest = Math.Min(Samples, samples.Count) - count;
            found.AddRange(Look(native, samples.Slice(count, rest), cancellationToken));
        }

        foreach (var place in found.Select((operation, row) => (operation, row)).Where(f => f.operation is not null).GroupBy(f => f.operation!.Value, f => f.row))
        {
            UndefinedOperation operation = place.Key == Sanitizer.UnsetVariable ? Sanitizer.FindUnsetVariable(program, toolchain) : place.Key;
            diagnostics.ReportUndefined(program, operation, place.Count(), found.Count, samples.X.AsSpan(place.First() * samples.InputCount, samples.InputCount));
        }
    }

    // For each sample what was undefined, or null.
    private static IEnumerable<UndefinedOperation?> Look(NativeProgram native, SampleSet samples, CancellationToken cancellationToken)
    {
        int width = samples.OutputCount, columns = width + Sanitizer.Columns;
        double[] largest = [.. Enumerable.Range(0, width).Select(k => samples.Output(k).Select(Math.Abs).DefaultIfEmpty().Max())];
        ProgramRun run = native.Run(samples.X, cancellationToken);
        UndefinedOperation stray = run.CountOf(SampleStatus.Crashed) == 0 ? default : Sanitizer.StrayAccess with { Line = native.LineAt(run.FirstFault) };
        return run.Statuses.Select((status, row) => status switch
        {
            SampleStatus.Ok or SampleStatus.NotFinite => Sanitizer.Reported(run.Outputs.AsSpan((row * columns) + width, Sanitizer.Columns))
                ?? (IsUsual(row) ? null : Sanitizer.UnsetVariable),
            SampleStatus.Crashed => stray,
            _ => (UndefinedOperation?)null,
        });

        bool IsUsual(int row) => Enumerable.Range(0, width).All(k => Math.Abs(run.Outputs[(row * columns) + k] - samples.Y[(row * width) + k]) <= Same * largest[k]);
    }
}
