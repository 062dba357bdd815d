// What a computation costs on a machine that others use as well.

namespace Nsc.Bench.Peers;

internal static class ProcessorTime
{
    /// <summary>The processor time that this process uses during an action: of one thread's work, what it would take on an idle machine.</summary>
    public static TimeSpan Of(Action action)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        action();
        return Environment.CpuUsage.TotalTime - before;
    }
}
