// How long programs take for a call. The sandbox has no clock, so what is measured is the processor time of its process, less
// what the process costs when it makes no call.

using System.Runtime.InteropServices;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Sampling;

public static partial class ProgramTimer
{
    private const int Children = -1, GlanceRounds = 3;
    private const double Tick = 1e-6; // Seconds of getrusage.

    // What one process computes for: long against its start, short against a user's patience.
    private static readonly TimeSpan s_burst = TimeSpan.FromMilliseconds(100), s_glance = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Nanoseconds of processor time for one call of each program, as <c>clang -O2</c> compiles it: the least over rounds in which the programs
    /// take turns. Null, with diagnostics, when one of them cannot be built or run. No other child process may be running.
    /// </summary>
    /// <param name="inputs">(n, inputs), row-major: the rows that are called in turn. The programs have the same inputs and outputs.</param>
    /// <param name="fast">Those that are compiled by -Ofast instead; null for none.</param>
    /// <param name="burst">What one process computes for; null for a tenth of a second.</param>
    public static double[]? Measure(
        IReadOnlyList<CProgram> programs, double[] inputs, int rounds, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        IReadOnlyList<CProgram>? fast = null, TimeSpan? burst = null)
    {
        int rows = inputs.Length / programs[0].Signature.Inputs.Length;
        var limits = SandboxLimits.Default with { PerCall = s_longest, Cpu = 4 * s_longest, WallClock = 8 * s_longest };
        NativeProgram?[] natives = [.. programs.Select(p => NativeProgram.Compile(TimedLoop.Over(TimedLoop.AddTo(p), rows), toolchain, diagnostics, limits, isFast: fast?.Any(f => ReferenceEquals(f, p)) == true))];
        try
        {
            return natives.Contains(null) ? null
                : Least(natives!, inputs, rows, rounds, burst ?? s_burst, cancellationToken) ?? throw new InvalidOperationException("a program that is timed did not come to its end");
        }
        finally
        {
            Array.ForEach(natives, n => n?.Dispose());
        }
    }

    /// <summary>
    /// The same for one program whose object has its loop, soon and roughly: in some hundredths of a second. Null when it came to grief on the way.
    /// </summary>
    /// <param name="loop">Of <see cref="TimedLoop.Over"/>.</param>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    public static double? Roughly(NativeProgram loop, double[] inputs, int rows, CancellationToken cancellationToken) =>
        Least([loop], inputs, rows, GlanceRounds, s_glance, cancellationToken)?[0];

    /// <summary>Runs a program, and tells the processor time that its process took.</summary>
    public static (ProgramRun Run, double Seconds) Watch(NativeProgram native, double[] inputs, CancellationToken cancellationToken)
    {
        double before = ChildSeconds();
        ProgramRun run = native.Run(inputs, cancellationToken);
        return (run, ChildSeconds() - before);
    }

    /// <summary>The processor time of all child processes that have come to their end.</summary>
    public static unsafe double ChildSeconds()
    {
        // struct rusage: user and system time as seconds and microseconds, and then fourteen numbers that nobody asks for.
        long* usage = stackalloc long[4 + 14];
        _ = GetUsage(Children, usage);
        return usage[0] + usage[2] + (1e-6 * (usage[1] + usage[3]));
    }

    // Other work on the machine only adds to a time, so the least of each counts.
    private static double[]? Least(NativeProgram[] natives, double[] inputs, int rows, int rounds, TimeSpan burst, CancellationToken cancellationToken)
    {
        long?[] repeats = [.. natives.Select(n => Repeats(n, inputs, rows, burst, cancellationToken))];
        var (idle, busy) = (new double?[natives.Length, rounds], new double?[natives.Length, rounds]);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < natives.Length && repeats[i] is { } count; i++)
            {
                idle[i, round] = Seconds(natives[i], inputs, rows, 0, cancellationToken);
                busy[i, round] = Seconds(natives[i], inputs, rows, count, cancellationToken);
            }
        }

        double? LeastOf(double?[,] seconds, int i) => Enumerable.Range(0, rounds).Min(round => seconds[i, round] ?? double.PositiveInfinity) is var least && double.IsFinite(least) ? least : null;

        // Every row is computed twice, see runner.c. No time is below what the clock can tell.
        double?[] times = [.. natives.Select((_, i) => LeastOf(busy, i) - LeastOf(idle, i) is { } taken ? 1e9 * Math.Max(Tick, taken) / (2.0 * repeats[i] * rows) : null)];
        return times.Contains(null) ? null : [.. times.Select(t => t!.Value)];
    }

    private static long? Repeats(NativeProgram native, double[] inputs, int rows, TimeSpan burst, CancellationToken cancellationToken)
    {
        double? idle = Seconds(native, inputs, rows, 0, cancellationToken);
        double? Look(long repeats) => Seconds(native, inputs, rows, repeats, cancellationToken) - idle;
        for (long repeats = 1; ; repeats *= 4)
        {
            double? seconds = Look(repeats);
            if (seconds > burst.TotalSeconds / 4)
            {
                // A second look: another child that ends meanwhile is counted too, and only once.
                seconds = Look(repeats) is { } again ? Math.Min(seconds.Value, again) : null;
            }

            if (seconds is not { } taken)
            {
                return null;
            }

            if (taken > burst.TotalSeconds / 4)
            {
                return Math.Max(1, (long)(repeats * burst.TotalSeconds / taken));
            }
        }
    }

    // Null when the program came to grief.
    private static double? Seconds(NativeProgram native, double[] inputs, int rows, long repeats, CancellationToken cancellationToken) =>
        Watch(native, [repeats, rows, .. inputs], cancellationToken) is var (run, seconds) && run.Incident is null ? seconds : null;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
