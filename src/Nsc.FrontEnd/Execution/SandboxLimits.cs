// How much of the machine a sandboxed program may use before it is stopped.

namespace Nsc.FrontEnd.Execution;

/// <summary>Limits on one run of a program.</summary>
/// <param name="PerCall">Processor time of one call; a longer call is <c>TimedOut</c> and the run goes on.</param>
/// <param name="Cpu">Processor time of a run's process, before the allowance for the number of samples.</param>
/// <param name="WallClock">Elapsed time of a run, restarts included, before the allowance for the number of samples.</param>
/// <param name="MemoryBytes">Address space on top of the stack and the samples themselves.</param>
/// <param name="StackBytes">The stack; a deeper recursion or a larger local array crashes.</param>
public sealed record SandboxLimits(TimeSpan PerCall, TimeSpan Cpu, TimeSpan WallClock, long MemoryBytes, long StackBytes)
{
    /// <summary>What every run may use on top of <see cref="Cpu"/> and <see cref="WallClock"/> for each of its samples.</summary>
    public static readonly TimeSpan AllowancePerSample = TimeSpan.FromMicroseconds(100);

    /// <summary>Generous for numerical code, and short enough to wait for.</summary>
    public static SandboxLimits Default { get; } = new(
        PerCall: TimeSpan.FromMilliseconds(100),
        Cpu: TimeSpan.FromSeconds(60),
        WallClock: TimeSpan.FromSeconds(90),
        MemoryBytes: 256L << 20,
        StackBytes: 8L << 20);

    /// <summary>The same limits with <see cref="Cpu"/> and <see cref="WallClock"/> widened for so many samples.</summary>
    public SandboxLimits ForSamples(int count) => this with
    {
        Cpu = Cpu + (count * AllowancePerSample),
        WallClock = WallClock + (count * AllowancePerSample),
    };
}
