// Dependencies between the projects run one way, as the picture in src/README.md shows them. The picture is what is allowed: a new arrow is
// drawn there first.

using System.Reflection;

namespace Nsc.Tests.Structure;

public class ProjectTests
{
    private const string Arrow = " -> ", None = "nothing";

    public static TheoryData<string> Projects => [.. SourceTree.Projects().Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_those_that_the_picture_shows(string project)
    {
        (string Project, string[] References) line = Assert.Single(Picture(), line => line.Project == project);
        Assert.Equal(line.References.Order(StringComparer.Ordinal), SourceTree.References(SourceTree.Projects()[project]));
    }

    [Fact]
    public void The_picture_shows_a_project_below_all_that_it_refers_to()
    {
        HashSet<string> above = [];
        foreach ((string project, string[] references) in Picture())
        {
            Assert.Empty(references.Except(above));
            Assert.True(above.Add(project), project);
        }
    }

    [Fact]
    public void The_picture_shows_no_project_that_is_not_there() => Assert.Empty(Picture().Select(line => line.Project).Except(SourceTree.Projects().Keys));

    // A reference that comes by way of another project compiles too, and would be an arrow that the picture does not show.
    [Theory]
    [MemberData(nameof(Projects))]
    public void The_compiled_project_uses_no_other(string project)
    {
        string[] own = SourceTree.References(SourceTree.Projects()[project]);
        Assert.SkipWhen(project == "Nsc.AheadOfTime", "it bears the name of the command line, which lies here in its place");
        var used = Assembly.Load(project == "Nsc.Cli" ? "nsc" : project).GetReferencedAssemblies().Select(r => r.Name!).Where(n => n.StartsWith("Nsc.", StringComparison.Ordinal));
        Assert.Empty(used.Except(own));
    }

    // The lines `A -> B, C`, from the top.
    private static List<(string Project, string[] References)> Picture() =>
    [
        .. from line in File.ReadLines(Path.Combine(Repository.Root, "src", "README.md"))
           where line.StartsWith("Nsc.", StringComparison.Ordinal) && line.Contains(Arrow, StringComparison.Ordinal)
           let parts = line.Split(Arrow, StringSplitOptions.TrimEntries)
           select (parts[0], parts[1] == None ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries)),
    ];
}
