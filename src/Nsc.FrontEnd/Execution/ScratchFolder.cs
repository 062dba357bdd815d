// A private temporary folder whose lifetime is that of an object.

namespace Nsc.FrontEnd.Execution;

/// <summary>A new folder that only the current user can enter; removed with everything in it on <see cref="Dispose"/>.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("nsc-").FullName;

    /// <summary>The path of a file in this folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody has cleaned up before us.
        }
    }
}
