// Where the time of a compilation goes.

using System.Diagnostics;
using System.Globalization;
using Nsc.CommandLine.Messages;
using Nsc.Compiler;

namespace Nsc.CommandLine;

/// <summary>
/// Time by phase, in the order in which the phases first ended. With many programs several threads are in a phase at once, and their
/// times add up; the last number is the wall clock's, from the process's start to its reading.
/// </summary>
internal sealed class PhaseTimes(Terminal terminal) : ICompileObserver
{
    private readonly Lock _gate = new();
    private readonly List<(string Phase, double Milliseconds)> _times = [];
    private readonly DateTime _begin = DateTime.UtcNow;
    private readonly long _beginStamp = Stopwatch.GetTimestamp();

    public void Ended(string phase, TimeSpan duration)
    {
        terminal.Detail(LogCategory.OfPhase(phase), () => string.Create(CultureInfo.InvariantCulture, $"{phase}: {duration.TotalMilliseconds:F1} ms"));
        lock (_gate)
        {
            int known = _times.FindIndex(t => t.Phase == phase);
            if (known < 0)
            {
                _times.Add((phase, duration.TotalMilliseconds));
            }
            else
            {
                _times[known] = (phase, _times[known].Milliseconds + duration.TotalMilliseconds);
            }
        }
    }

    public void Advanced(string activity, int done, int count) => terminal.Progress(() => $"{activity} {done}/{count}");

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
