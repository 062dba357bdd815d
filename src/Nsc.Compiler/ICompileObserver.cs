// The library has no console. Who wants to show or log what goes on looks on.

namespace Nsc.Compiler;

/// <summary>Told what happens while it happens, by several threads at once.</summary>
public interface ICompileObserver
{
    /// <summary>A phase has ended, for one text or one unit of functions.</summary>
    void Ended(string phase, TimeSpan duration);

    /// <summary>One more of many like things is done.</summary>
    void Advanced(string activity, int done, int count);
}

/// <summary>Looks away.</summary>
internal sealed class NoObserver : ICompileObserver
{
    public static readonly NoObserver Instance = new();

    public void Ended(string phase, TimeSpan duration)
    {
    }

    public void Advanced(string activity, int done, int count)
    {
    }
}

internal static class ObservedPhases
{
    /// <summary>Does the work of a phase, and says how long it took.</summary>
    public static T Measure<T>(this ICompileObserver observer, string phase, Func<T> work)
    {
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        T result = work();
        observer.Ended(phase, System.Diagnostics.Stopwatch.GetElapsedTime(start));
        return result;
    }
}
