// Many like things on all cores.

using System.Runtime.ExceptionServices;

namespace Nsc.Compiler;

internal static class AllCores
{
    /// <summary>Does something for each of so many items; the first failure ends it.</summary>
    /// <param name="activity">What the observer is told.</param>
    public static void ForAll(int count, string activity, ICompileObserver observer, CancellationToken cancellationToken, Action<int> work)
    {
        int done = 0;
        var gate = new Lock();
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken }, i =>
            {
                work(i);
                lock (gate)
                {
                    observer.Advanced(activity, ++done, count);
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }
}
