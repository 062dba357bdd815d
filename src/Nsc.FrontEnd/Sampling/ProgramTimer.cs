// How long programs take for a call. The sandbox has no clock, so what is measured is the processor time of its process, less
// what the process costs when it makes no call.

using System.Globalization;
using System.Runtime.InteropServices;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Sampling;

public static partial class ProgramTimer
{
    private const string Entry = "nsc_timed";
    private const int Children = -1;

    // What one process computes for: long against its start, short against a user's patience.
    private static readonly TimeSpan s_burst = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Nanoseconds of processor time for one call of each program, as <c>clang -O2</c> compiles it: the median over rounds in which the programs
    /// take turns. Null, with diagnostics, when one of them cannot be built or run. No other child process may be running.
    /// </summary>
    /// <param name="inputs">(n, inputs), row-major: the rows that are called in turn. The programs have the same inputs and outputs.</param>
    public static double[]? Measure(
        IReadOnlyList<CProgram> programs, double[] inputs, int rounds, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        using SandboxRunner runner = SandboxRunner.Create(toolchain);
        int rows = inputs.Length / programs[0].Signature.Inputs.Length;
        var limits = SandboxLimits.Default with { PerCall = s_longest, Cpu = 4 * s_longest, WallClock = 8 * s_longest };
        NativeProgram?[] natives = [.. programs.Select(p => NativeProgram.Compile(Timed(p, rows), toolchain, diagnostics, limits, runner))];
        try
        {
            return natives.Contains(null) ? null : Medians(natives!, inputs, rows, rounds, cancellationToken);
        }
        finally
        {
            Array.ForEach(natives, n => n?.Dispose());
        }
    }

    // The program that calls another one's entry on all rows, over and over: its first input is how often.
    private static CProgram Timed(CProgram program, int rows)
    {
        ProgramSignature signature = program.Signature;
        string loop = string.Create(CultureInfo.InvariantCulture, $$"""

            void {{Entry}}(const double *nsc_in, double *nsc_out);
            void {{Entry}}(const double *nsc_in, double *nsc_out) {
              void (*volatile nsc_call)(const double *, double *) = {{program.EntryName}};
              double nsc_result[{{signature.Outputs.Length}}] = { 0 };
              for (long nsc_i = 0; nsc_i < (long)nsc_in[0]; nsc_i++)
                for (long nsc_j = 0; nsc_j < {{rows}}; nsc_j++)
                  nsc_call(nsc_in + 1 + nsc_j * {{signature.Inputs.Length}}, nsc_result);
              nsc_out[0] = 0;
            }
            """);
        return program with
        {
            EntrySource = program.EntrySource + loop, EntryName = Entry,
            Signature = signature with
            {
                Inputs = [.. Enumerable.Range(0, 1 + (rows * signature.Inputs.Length)).Select(i => new InputVariable($"in{i}", ScalarKind.Double, Interval.Default))],
                Outputs = [new OutputVariable("out", ScalarKind.Double)],
            },
        };
    }

    private static double[]? Medians(NativeProgram[] natives, double[] inputs, int rows, int rounds, CancellationToken cancellationToken)
    {
        long[] repeats = [.. natives.Select(n => Repeats(n, inputs, cancellationToken))];
        var times = natives.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < natives.Length; i++)
            {
                // Every row is computed twice, see runner.c.
                double seconds = Seconds(natives[i], inputs, repeats[i], cancellationToken) - Seconds(natives[i], inputs, 0, cancellationToken);
                times[i].Add(1e9 * seconds / (2.0 * repeats[i] * rows));
            }
        }

        return [.. times.Select(t => t.Order().ElementAt(rounds / 2))];
    }

    private static long Repeats(NativeProgram native, double[] inputs, CancellationToken cancellationToken)
    {
        double idle = Seconds(native, inputs, 0, cancellationToken);
        for (long repeats = 1; ; repeats *= 4)
        {
            double seconds = Seconds(native, inputs, repeats, cancellationToken) - idle;
            if (seconds > s_burst.TotalSeconds / 4)
            {
                return Math.Max(1, (long)(repeats * s_burst.TotalSeconds / seconds));
            }
        }
    }

    private static double Seconds(NativeProgram native, double[] inputs, long repeats, CancellationToken cancellationToken)
    {
        double before = ChildSeconds();
        var run = native.Run([repeats, .. inputs], cancellationToken);
        return run.Incident is null ? ChildSeconds() - before : throw new InvalidOperationException($"a program that is timed came to {run.Incident}");
    }

    private static unsafe double ChildSeconds()
    {
        // struct rusage: user and system time as seconds and microseconds, and then fourteen numbers that nobody asks for.
        long* usage = stackalloc long[4 + 14];
        _ = GetUsage(Children, usage);
        return usage[0] + usage[2] + (1e-6 * (usage[1] + usage[3]));
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static unsafe partial int GetUsage(int who, long* usage);
}
