// A program as native code, executed in a sandbox: the front end's source of truth about what the program computes.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Execution;

/// <summary>
/// A compiled program. Each run is a process of its own that can compute and do nothing else (see runner.c); several runs may
/// be under way at once. Removes its files on <see cref="Dispose"/>.
/// </summary>
public sealed class NativeProgram : IDisposable
{
    // How often a run goes on in a new process after the program brought one down; each may cost seconds.
    private const int MaxRestarts = 8;

    private readonly CProgram _program;
    private readonly SandboxLimits _limits;
    private readonly ScratchFolder _folder;
    private readonly string _unitPath;
    private int _runs;

    private NativeProgram(CProgram program, SandboxLimits limits, SandboxRunner runner, ScratchFolder folder, string unitPath)
    {
        (_program, _limits, Runner, _folder, _unitPath) = (program, limits, runner, folder, unitPath);
    }

    internal SandboxRunner Runner { get; }

    private enum ExitCode
    {
        CannotLoad = 0x41,
        NoSandbox = 0x42,
        Killed = 128 + 9,
        OutOfCpuTime = 128 + 24,
    }

    /// <summary>
    /// Compiles a program to native code in a private temporary folder. Null, with error diagnostics, when it does not compile or
    /// link, or when loading it would already run code of its own.
    /// </summary>
    /// <param name="sharedRunner">A runner of another machine; null for this one's.</param>
    /// <param name="sanitizing">What becomes of arithmetic and indices that are undefined in C.</param>
    /// <param name="isFast">Whether it is compiled with -Ofast: its answers are then not quite those that C prescribes.</param>
    public static NativeProgram? Compile(
        CProgram program, Toolchain toolchain, DiagnosticBag diagnostics, SandboxLimits? limits = null, SandboxRunner? sharedRunner = null,
        Sanitizing sanitizing = Sanitizing.Off, bool isFast = false)
    {
        SandboxRunner runner = sharedRunner ?? SandboxRunner.Create();
        var folder = new ScratchFolder();
        NativeProgram? native = null;
        try
        {
            IReadOnlyList<Diagnostic> problems = ClangTime.Measure(() => ObjectBuilder.BuildAsync([program], toolchain, folder, sanitizing, isFast).GetAwaiter().GetResult());
            diagnostics.AddRange(problems);
            native = problems.Count > 0 ? null : new NativeProgram(program, limits ?? SandboxLimits.Default, runner, folder, folder[ObjectBuilder.ObjectName]);
            return native;
        }
        finally
        {
            if (native is null)
            {
                folder.Dispose();
            }
        }
    }

    /// <summary>A program whose entry a shared object has that is compiled already, and which must outlive it.</summary>
    internal static NativeProgram Of(CProgram program, string unitPath) =>
        new(program, SandboxLimits.Default, SandboxRunner.Create(), new ScratchFolder(), unitPath);

    /// <summary>Calls the program on every row of <paramref name="inputs"/>, twice, in a sandbox.</summary>
    /// <param name="inputs">(n, InputCount), row-major, in the program's own units.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the process is gone.</exception>
    /// <exception cref="MissingToolException">This machine does not offer what the sandbox needs, such as seccomp.</exception>
    /// <exception cref="IOException">The temporary folder has no room for the samples.</exception>
    public ProgramRun Run(ReadOnlySpan<double> inputs, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int width = _program.Signature.Inputs.Length;
        int count = width == 0 ? 0 : inputs.Length / width;
        if (width == 0 || inputs.Length % width != 0)
        {
            throw new ArgumentException($"{inputs.Length} values are not rows of {width} inputs", nameof(inputs));
        }

        if (count == 0)
        {
            return new ProgramRun([], [], null);
        }

        int run = Interlocked.Increment(ref _runs);
        string inputPath = _folder[$"inputs-{run}"], resultPath = _folder[$"results-{run}"];
        try
        {
            WriteInputs(inputPath, inputs);
            using var results = new ResultsFile(resultPath, count, _program.Signature.Outputs.Length);
            string? incident = RunToTheEnd(results, Arguments(inputPath, resultPath, count), count, cancellationToken);
            return results.ToRun(incident);
        }
        finally
        {
            File.Delete(inputPath);
            File.Delete(resultPath);
        }
    }

    /// <summary>The line of the program's file that an offset in the compiled unit comes from, by its line table; 0 where there is none.</summary>
    internal int LineAt(long offset)
    {
        string[] arguments = ["-e", _unitPath, string.Create(CultureInfo.InvariantCulture, $"0x{offset:x}")];
        string tool = Path.Combine(Path.GetDirectoryName(SystemLinker.Require())!, "addr2line");
        string place = File.Exists(tool) ? ToolProcess.RunAsync(tool, _folder.Path, arguments).GetAwaiter().GetResult().Output : "";
        string line = place.Split(':')[^1].Split(' ')[0].Trim();
        return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < CProgram.FirstGeneratedLine ? number : 0;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Runs the sandbox until every sample has a status, going on after the sample that brought a process down, a few times.
    /// Returns what brought it down first, if anything did.
    /// </summary>
    private string? RunToTheEnd(ResultsFile results, string[] arguments, int count, CancellationToken cancellationToken)
    {
        string? incident = null;
        long deadline = Environment.TickCount64 + (long)_limits.ForSamples(count).WallClock.TotalMilliseconds;
        for (int restarts = 0; restarts <= MaxRestarts; restarts++)
        {
            int? exitCode = RunProcess(arguments, deadline, cancellationToken);
            if (exitCode is null)
            {
                return incident ?? "a run that took too long";
            }

            if (exitCode == (int)ExitCode.NoSandbox)
            {
                throw new MissingToolException(
                    "the sandbox cannot be set up on this machine: a limit, a signal handler or seccomp was refused",
                    "nsc doctor says what this kernel gives; give samples in a file instead");
            }

            if (exitCode == (int)ExitCode.CannotLoad)
            {
                results.MarkAll(SampleStatus.Crashed);
                return "a program too large to be loaded within the limit on memory";
            }

            SampleStatus status = exitCode is (int)ExitCode.Killed or (int)ExitCode.OutOfCpuTime ? SampleStatus.TimedOut : SampleStatus.Crashed;
            if (results.IsDone || !results.SkipInterruptedCall(status))
            {
                return incident;
            }

            incident ??= results.FirstIncident() ?? Describe(exitCode.Value);
        }

        return incident;
    }

    private static string Describe(int exitCode) =>
        exitCode > 128 ? Incident.Signal(exitCode - 128) : "a call that damaged the process around it";

    /// <summary>One process of the sandbox, to its end. Its exit code (128 + signal), or null when the deadline passed first.</summary>
    private int? RunProcess(string[] arguments, long deadline, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Runner.Path, arguments)
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();

        using Process process = Process.Start(start)!;
        bool inTime;
        using (cancellationToken.Register(process.Kill))
        {
            inTime = process.WaitForExit((int)Math.Clamp(deadline - Environment.TickCount64, 0, int.MaxValue));
        }

        if (!inTime)
        {
            process.Kill();
            process.WaitForExit();
        }

        cancellationToken.ThrowIfCancellationRequested();
        return inTime ? process.ExitCode : null;
    }

    private string[] Arguments(string inputPath, string resultPath, int count)
    {
        SandboxLimits limits = _limits.ForSamples(count);
        long[] numbers =
        [
            count, _program.Signature.Inputs.Length, _program.Signature.Outputs.Length, limits.MemoryBytes, limits.StackBytes,
            (long)Math.Ceiling(limits.Cpu.TotalSeconds), (long)limits.PerCall.TotalMicroseconds,
        ];
        return
        [
            _unitPath, _program.EntryName, inputPath, resultPath,
            .. numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)),
        ];
    }

    private static void WriteInputs(string path, ReadOnlySpan<double> inputs)
    {
        const int Piece = 1 << 24;
        using SafeFileHandle file = File.OpenHandle(
            path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, preallocationSize: inputs.Length * (long)sizeof(double));
        for (int start = 0; start < inputs.Length; start += Piece)
        {
            ReadOnlySpan<double> piece = inputs.Slice(start, Math.Min(Piece, inputs.Length - start));
            RandomAccess.Write(file, MemoryMarshal.AsBytes(piece), start * (long)sizeof(double));
        }
    }
}
