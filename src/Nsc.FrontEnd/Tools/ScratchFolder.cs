// A private temporary folder whose lifetime is that of an object. Programs are executed in it, so it lies where the file system
// allows that. What a killed nsc has left behind is swept away when the next one makes its first folder.

namespace Nsc.FrontEnd.Tools;

/// <summary>
/// A new folder that only the current user can enter; removed with everything in it on <see cref="Dispose"/>, or when the
/// process exits. As long as its owner lives, a file in it is locked.
/// </summary>
public sealed class ScratchFolder : IDisposable
{
    internal const string Prefix = "nsc-scratch-", LockName = ".owner";

    private static int s_sweeps;

    private readonly FileStream _lock;

    /// <exception cref="MissingToolException">There is no place for it on this machine.</exception>
    public ScratchFolder()
        : this(ScratchRoots.Candidates())
    {
    }

    internal ScratchFolder(IEnumerable<string> candidates)
    {
        (Path, _lock) = ScratchRoots.Make(candidates);
        AppDomain.CurrentDomain.ProcessExit += Remove;
        if (Interlocked.Increment(ref s_sweeps) == 1)
        {
            ScratchRoots.Sweep(System.IO.Path.GetDirectoryName(Path)!);
        }
    }

    public string Path { get; }

    /// <summary>The path of a file in this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Remove;
        Remove(null, EventArgs.Empty);
    }

    private void Remove(object? sender, EventArgs arguments)
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Somebody has cleaned up before us, or a tool is writing its last file: the next sweep takes it.
        }

        _lock.Dispose();
    }
}
