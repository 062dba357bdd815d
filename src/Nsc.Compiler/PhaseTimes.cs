// Where the time of a compilation goes.

using System.Diagnostics;

namespace Nsc.Cli;

/// <summary>Wall-clock time by phase, in the order in which the phases first ran.</summary>
internal sealed class PhaseTimes
{
    private readonly List<(string Phase, double Milliseconds)> _times = [];

    /// <summary>Starts with the time that the process took before its first line of ours ran.</summary>
    public static PhaseTimes SinceProcessStart()
    {
        var times = new PhaseTimes();
        times._times.Add(("start-up", (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalMilliseconds));
        return times;
    }

    public T Measure<T>(string phase, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        int known = _times.FindIndex(t => t.Phase == phase);
        if (known < 0)
        {
            _times.Add((phase, elapsed));
        }
        else
        {
            _times[known] = (phase, _times[known].Milliseconds + elapsed);
        }

        return result;
    }

    public override string ToString() =>
        string.Join(", ", _times.Select(t => $"{t.Phase} {t.Milliseconds:F0} ms")) + $"; {_times.Sum(t => t.Milliseconds):F0} ms in all";
}
