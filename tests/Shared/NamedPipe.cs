using System.Diagnostics;

namespace Nsc.Tests;

/// <summary>A pipe in the file system: opening it waits until somebody opens its other end.</summary>
internal static class NamedPipe
{
    public static string Create(string path)
    {
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        return path;
    }
}
