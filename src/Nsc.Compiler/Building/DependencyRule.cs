// A rule for make and ninja: which files were made of which.

using System.Collections.Immutable;

namespace Nsc.Compiler.Building;

public static class DependencyRule
{
    /// <summary>The rule in make's syntax, and one without prerequisites for each file that is read, so that nobody misses one that is deleted.</summary>
    public static string Of(ImmutableArray<string> made, ImmutableArray<string> read)
    {
        string[] names = [.. read.Select(Escaped)];
        return $"{string.Join(' ', made.Select(Escaped))}: \\\n  {string.Join(" \\\n  ", names)}\n\n{string.Concat(names.Select(n => $"{n}:\n"))}";
    }

    // A name with a line feed cannot be written in this syntax.
    private static string Escaped(string path) => path.Contains('\n', StringComparison.Ordinal)
        ? throw new InvalidDataException("a path with a line feed cannot stand in a file of dependencies")
        : path.Replace("$", "$$", StringComparison.Ordinal).Replace("#", "\\#", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);
}
