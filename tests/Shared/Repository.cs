// Where the repository is that the tests were built from.

using Nsc.Core.Files;

namespace Nsc.Tests;

internal static class Repository
{
    public static string Root { get; } = Folders.Upwards(AppContext.BaseDirectory).First(f => Path.Exists(Path.Combine(f, "NeuralSurrogateCompiler.sln")));

    /// <summary>The full path of a file or folder, by its path from the root.</summary>
    public static string At(string path) => Path.Combine(Root, path);
}
