// Where the time of a compilation goes.

using System.Diagnostics;

namespace Nsc.Cli;

/// <summary>
/// Time by phase, in the order in which the phases first ended. With many programs several threads are in a phase at once, and their
/// times add up; the last number is the wall clock's, from the process's start to its reading.
/// </summary>
internal sealed class PhaseTimes
{
    private readonly Lock _gate = new();
    private readonly List<(string Phase, double Milliseconds)> _times = [];
    private readonly DateTime _begin = DateTime.UtcNow;
    private readonly long _beginStamp = Stopwatch.GetTimestamp();

    public T Measure<T>(string phase, Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        T result = work();
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        lock (_gate)
        {
            int known = _times.FindIndex(t => t.Phase == phase);
            if (known < 0)
            {
                _times.Add((phase, elapsed));
            }
            else
            {
                _times[known] = (phase, _times[known].Milliseconds + elapsed);
            }
        }

        return result;
    }

    public override string ToString()
    {
        double sinceBegin = Stopwatch.GetElapsedTime(_beginStamp).TotalMilliseconds;
        double startUp = (_begin - Process.GetCurrentProcess().StartTime.ToUniversalTime()).TotalMilliseconds;
        lock (_gate)
        {
            return $"start-up {startUp:F0} ms, " + string.Join(", ", _times.Select(t => $"{t.Phase} {t.Milliseconds:F0} ms")) + $"; {startUp + sinceBegin:F0} ms in all";
        }
    }
}
