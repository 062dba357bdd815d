// The repository as the architecture tests see it: its folders, its C# files and its projects.

using System.Xml.Linq;

namespace Nsc.Tests.Structure;

internal static class SourceTree
{
    /// <summary>The C# files below src and tests, as paths from the root; what a build writes is left out.</summary>
    public static IEnumerable<string> Files() =>
        from folder in (string[])["src", "tests"]
        from file in Directory.GetFiles(Repository.At(folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Repository.Root, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select path;

    /// <summary>The projects below src by the names of their files.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects() =>
        Directory.GetFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, XDocument.Load);

    /// <summary>The projects that a project refers to, sorted.</summary>
    public static string[] References(XDocument project) =>
        [.. project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).Order(StringComparer.Ordinal)];
}
