// Whole applications: built as their author would build them and run, with the kernel as it is and with what nsc accelerate puts in its place.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Nsc.Compiler;
using Nsc.Compiler.Acceleration;
using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Accelerating;

/// <summary>An application of data/accelerate/applications. It prints numbers, one a line.</summary>
/// <param name="Kernel">The function that is replaced.</param>
/// <param name="MaxError">What its author lets the kernel err by.</param>
/// <param name="Metric">How two outputs are compared, in words.</param>
/// <param name="Apart">Of the original's numbers and the other's.</param>
public sealed record Application(string File, string Kernel, double MaxError, string Metric, Func<double[], double[], double> Apart)
{
    // Runs of each of the two, in turns; the median counts.
    private const int Runs = 5;

    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(2);

    public static ImmutableArray<Application> All { get; } =
    [
        new("develop.c", "developed", 0.004, "root mean square of the pixels' differences, of 255", (a, b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Average())),
        new("orbit.c", "log_density", 1e-3, "distance of the satellites after 4 days, km", (a, b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum())),
        new("pricing.c", "local_volatility", 0.002, "difference of the price, per cent", (a, b) => 100 * Math.Abs(b[0] / a[0] - 1)),
    ];

    /// <summary>Null where the diagnostics say what cannot be built or run.</summary>
    /// <param name="folder">Where the applications are. They run as they are, outside the sandbox.</param>
    public ApplicationRow? Measure(string folder, AccelerateRequest request, Toolchain toolchain, DiagnosticBag diagnostics, Action<string> progress, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, File), text = System.IO.File.ReadAllText(path);
        CompileOptions kernel = request.Compile with { Reading = request.Compile.Reading with { Functions = [Kernel] } };
        if (new Accelerator(request with { Compile = kernel, Limit = request.Limit with { MaxError = MaxError } }, diagnostics, progress, cancellationToken).Run(new CSource(path, text)) is not { } accelerated)
        {
            return null;
        }

        progress($"running {File}");
        using var scratch = new ScratchFolder();
        string[] built = [Build(scratch, "original", text, toolchain), Build(scratch, "accelerated", accelerated.Text, toolchain)];
        var (seconds, outputs) = (built.Select(_ => new List<double>()).ToArray(), new double[built.Length][]);
        for (int run = 0; run < Runs; run++)
        {
            for (int i = 0; i < built.Length; i++)
            {
                double before = ProgramTimer.ChildSeconds();
                outputs[i] = [.. Started(built[i]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
                seconds[i].Add(ProgramTimer.ChildSeconds() - before);
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        double Median(int i) => seconds[i].Order().ElementAt(Runs / 2);
        return new ApplicationRow(Path.GetFileNameWithoutExtension(File), $"{accelerated.Method}, {accelerated.Approximation.Size}", Median(0), Median(1), Metric, Apart(outputs[0], outputs[1]));
    }

    private static string Build(ScratchFolder scratch, string name, string text, Toolchain toolchain)
    {
        System.IO.File.WriteAllText(scratch[$"{name}.c"], text);
        _ = Started(toolchain.ClangPath, "-O2", "-w", scratch[$"{name}.c"], "-lm", "-o", scratch[name]);
        return scratch[name];
    }

    private static string Started(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        using var limit = new CancellationTokenSource(s_longest);
        using CancellationTokenRegistration kill = limit.Token.Register(process.Kill);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{Path.GetFileName(program)}' ends with {process.ExitCode}");
    }
}
