// Where a program of this machine is.

namespace Nsc.Core.Files;

public static class ExecutablePath
{
    /// <summary>The first program of this name on the search path, or null.</summary>
    public static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
