// Dependencies between the projects run one way: Core knows nobody, the command line knows everybody.

namespace Nsc.Tests;

public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Nsc.Core"] = [],
        ["Nsc.FrontEnd"] = ["Nsc.Core"],
        ["Nsc.Nets"] = ["Nsc.Core"],
        ["Nsc.Export"] = ["Nsc.Core"],
        ["Nsc.Report"] = ["Nsc.Core"],
        ["Nsc.Neural"] = ["Nsc.Core", "Nsc.Nets"],
        ["Nsc.Corpus"] = ["Nsc.Core", "Nsc.FrontEnd"],
        ["Nsc.Bench"] = ["Nsc.Core", "Nsc.FrontEnd", "Nsc.Nets", "Nsc.Neural", "Nsc.Corpus"],
        ["Nsc.Compiler"] = ["Nsc.Core", "Nsc.FrontEnd", "Nsc.Nets", "Nsc.Report"],
        ["nsc"] = ["Nsc.Core", "Nsc.Compiler", "Nsc.Export", "Nsc.Report", "Nsc.FrontEnd", "Nsc.Nets", "Nsc.Neural", "Nsc.Corpus", "Nsc.Bench"],
    };

    [Theory]
    [InlineData("Nsc.Core")]
    [InlineData("Nsc.FrontEnd")]
    [InlineData("Nsc.Nets")]
    [InlineData("Nsc.Export")]
    [InlineData("Nsc.Report")]
    [InlineData("Nsc.Neural")]
    [InlineData("Nsc.Corpus")]
    [InlineData("Nsc.Bench")]
    [InlineData("Nsc.Compiler")]
    [InlineData("nsc")]
    public void A_project_references_only_the_phases_before_it(string assembly)
    {
        var references = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies()
            .Select(r => r.Name!).Where(n => n.StartsWith("Nsc", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(references.Except(Allowed[assembly]));
    }
}
