// How much of some work was clang's own. Others in this process may use clang at the same time; theirs is not counted.

using System.Diagnostics;
using System.Diagnostics.Metrics;
using Nsc.FrontEnd.Tools;

namespace Nsc.Corpus.Mining;

internal sealed class ClangClock : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly AsyncLocal<bool> _isOurs = new();
    private readonly Lock _lock = new();
    private double _clangSeconds;
    private double _busySeconds;

    public ClangClock()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ClangTime.MeterName && instrument.Name == ClangTime.CounterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, _, _) => Add(_isOurs.Value ? seconds : 0, 0));
        _listener.Start();
    }

    /// <summary>Seconds of all work together.</summary>
    public double BusySeconds => _busySeconds;

    /// <summary>Of these, those in clang.</summary>
    public double ClangSeconds => _clangSeconds;

    /// <summary>Does some work and counts its time; may be called by several threads at once.</summary>
    public void Run(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        _isOurs.Value = true;
        work();
        _isOurs.Value = false;
        Add(0, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(double clang, double busy)
    {
        lock (_lock)
        {
            _clangSeconds += clang;
            _busySeconds += busy;
        }
    }
}
