// How long clang is at work for us, as a metric that whoever wants to know can listen to.

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Nsc.FrontEnd.Tools;

/// <summary>The seconds that calls of libclang's parser and child processes of clang, and the linker's after it, take.</summary>
public static class ClangTime
{
    public const string MeterName = "Nsc.FrontEnd";

    public const string CounterName = "clang.seconds";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<double> s_seconds = s_meter.CreateCounter<double>(CounterName, "s");

    /// <summary>Does some work of clang's and counts its time.</summary>
    internal static T Measure<T>(Func<T> work)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            return work();
        }
        finally
        {
            s_seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }
}
