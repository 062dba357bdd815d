// The repository as the architecture tests see it: its folders, its C# files and its projects.

using System.Xml.Linq;

namespace Nsc.Tests.Structure;

internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a file or folder, by its path from the root.</summary>
    public static string At(string path) => Path.Combine(Root, path);

    /// <summary>The C# files below src and tests, as paths from the root; what a build writes is left out.</summary>
    public static IEnumerable<string> Files() =>
        from folder in (string[])["src", "tests"]
        from file in Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Root, file)
        where !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin")
        select path;

    /// <summary>The projects below src by the names of their files.</summary>
    public static IReadOnlyDictionary<string, XDocument> Projects() =>
        Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file)!, XDocument.Load);

    /// <summary>The projects that a project refers to, sorted.</summary>
    public static string[] References(XDocument project) =>
        [.. project.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).Order(StringComparer.Ordinal)];

    private static string FindRoot()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!Path.Exists(Path.Combine(root.FullName, "NeuralSurrogateCompiler.sln")))
        {
            root = root.Parent!;
        }

        return root.FullName;
    }
}
