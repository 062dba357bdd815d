// Where the repository is that the tests were built from.

using Nsc.Core.Files;

namespace Nsc.Tests;

internal static class Repository
{
    public static string Root { get; } = Folders.Upwards(AppContext.BaseDirectory).First(f => Path.Exists(Path.Combine(f, "NeuralSurrogateCompiler.sln")));

    /// <summary>The full path of a file or folder, by its path from the root.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The folder with the nsc that scripts/nsc has compiled ahead of time; null where there is none, or the code has changed since, as scripts/nsc looks at it.</summary>
    public static string? CompiledNsc()
    {
        string current = At("artifacts/nsc/current"), compiled = Path.Combine(current, "aot");
        if (!File.Exists(Path.Combine(compiled, "nsc")))
        {
            return null;
        }

        DateTime built = File.GetLastWriteTimeUtc(Path.Combine(current, ".built"));
        IEnumerable<string> sources = Directory.EnumerateFiles(At("src"), "*", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Concat([At("Directory.Build.props"), At("scripts/nsc")]);
        return sources.Any(f => File.GetLastWriteTimeUtc(f) > built) ? null : compiled;
    }
}
