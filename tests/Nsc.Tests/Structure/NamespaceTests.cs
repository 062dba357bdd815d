// No two namespaces need each other, directly or over others: each can be read once those that it uses are known. Parent and child are two namespaces.

namespace Nsc.Tests.Structure;

public class NamespaceTests(ITestOutputHelper output)
{
    // Cycles that are still to go: an edge that is listed is taken to be absent. The test's output names the edges of all cycles; run it with -showLiveOutput.
    private static readonly (string From, string To)[] s_known = [];

    // The command line that is compiled ahead of time is in none of these folders, but nobody refers to it and it is one namespace.
    private static readonly string[] s_assemblies =
        [.. SourceTree.Projects().Keys.Select(name => name == "Nsc.Cli" ? "nsc" : name).Where(name => name != "Nsc.AheadOfTime")];

    [Fact]
    public void No_namespace_needs_one_that_needs_it()
    {
        NamespaceGraph graph = NamespaceGraph.Read(s_assemblies.Select(name => Path.Combine(AppContext.BaseDirectory, $"{name}.dll")));
        output.WriteLine($"{graph.Edges.Count} edges; on a cycle, those that are listed as known included:");
        foreach ((string From, string To) edge in graph.OnCycles(without: []))
        {
            output.WriteLine($"{edge.From} -> {edge.To}   {graph.Edges[edge]}");
        }

        Assert.Empty(graph.OnCycles(s_known).Select(edge => $"\n{edge.From} -> {edge.To}   {graph.Edges[edge]}"));
    }

    // Hence the one namespace of each project that is not loaded here.
    [Fact]
    public void A_namespace_belongs_to_one_project()
    {
        var namespaces = from file in SourceTree.Files()
                         where file.StartsWith("src", StringComparison.Ordinal)
                         from line in File.ReadLines(Path.Combine(Repository.Root, file))
                         where line.StartsWith("namespace ", StringComparison.Ordinal)
                         select (Name: line["namespace ".Length..].TrimEnd(';'), Project: file.Split(Path.DirectorySeparatorChar)[1]);
        Assert.Empty(namespaces.Distinct().GroupBy(n => n.Name).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.Single(namespaces.Where(n => n.Project == "Nsc.AheadOfTime").Distinct());
    }
}
