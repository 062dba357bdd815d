// libclang recurses over syntax trees when it prints or evaluates them. What it could parse on its own 8 MB must also be
// printed and evaluated here, whatever stack the caller's thread has.

using System.Runtime.ExceptionServices;

namespace Nsc.FrontEnd.Tools;

internal static class DeepStack
{
    private const int Size = 256 << 20;

    /// <summary>Runs a function on a thread of its own with a large stack, which costs address space and no memory.</summary>
    public static T Run<T>(Func<T> function)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = function();
                }
                catch (Exception error)
                {
                    failure = ExceptionDispatchInfo.Capture(error);
                }
            },
            Size);
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
