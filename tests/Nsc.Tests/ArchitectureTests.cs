// Dependencies between the projects run one way: Core knows nobody, the command line knows everybody.

namespace Nsc.Tests;

public partial class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Nsc.Core"] = [],
        ["Nsc.FrontEnd"] = ["Nsc.Core"],
        ["Nsc.Engine"] = ["Nsc.Core"],
        ["Nsc.Export"] = ["Nsc.Core"],
        ["Nsc.Report"] = ["Nsc.Core"],
        ["Nsc.Training"] = ["Nsc.Core", "Nsc.Engine"],
        ["Nsc.Corpus"] = ["Nsc.Core", "Nsc.FrontEnd"],
        ["Nsc.Bench"] = ["Nsc.Core", "Nsc.FrontEnd", "Nsc.Engine", "Nsc.Training", "Nsc.Corpus"],
        ["Nsc.Compiler"] = ["Nsc.Core", "Nsc.FrontEnd", "Nsc.Engine", "Nsc.Report"],
        ["nsc"] = ["Nsc.Core", "Nsc.Compiler", "Nsc.Export", "Nsc.Report", "Nsc.FrontEnd", "Nsc.Engine", "Nsc.Training", "Nsc.Corpus", "Nsc.Bench"],
    };

    [Theory]
    [InlineData("Nsc.Core")]
    [InlineData("Nsc.FrontEnd")]
    [InlineData("Nsc.Engine")]
    [InlineData("Nsc.Export")]
    [InlineData("Nsc.Report")]
    [InlineData("Nsc.Training")]
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

    // A generator without a seed makes a test a matter of luck, and one that is shared makes it depend on the order of the tests.
    [Fact]
    public void Nothing_is_drawn_without_a_seed()
    {
        DirectoryInfo root = new(AppContext.BaseDirectory);
        while (!Path.Exists(Path.Combine(root.FullName, "NeuralSurrogateCompiler.sln")))
        {
            root = root.Parent!;
        }

        string separator = Path.DirectorySeparatorChar.ToString();
        var files = from folder in (string[])["src", "tests"]
                    from file in Directory.GetFiles(Path.Combine(root.FullName, folder), "*.cs", SearchOption.AllDirectories)
                    where !file.Contains($"{separator}obj{separator}", StringComparison.Ordinal) && !ReadsItself(file)
                    select file;
        Assert.Empty(from file in files
                     from line in File.ReadLines(file)
                     where Unseeded().IsMatch(line) && !IsDrawnByANetworksConstructor(file) && !line.Contains("SeededDraws.From", StringComparison.Ordinal)
                     select $"{Path.GetRelativePath(root.FullName, file)}: {line.Trim()}");
    }

    private static bool ReadsItself(string file) => Path.GetFileName(file) is "ArchitectureTests.cs" or "SeededDraws.cs";

    // These draw when HyperNetwork.Create, which is given a seed, makes a network of them.
    private static bool IsDrawnByANetworksConstructor(string file) => Path.GetFileName(file) is
        "HyperNetwork.cs" or "CompNet.cs" or "TokenCompNet.cs" or "LearnedInit.cs" or "MamlInit.cs" or "CompositionBlock.cs" or "SharedLinear.cs" or "EmittedNets.cs";

    [System.Text.RegularExpressions.GeneratedRegex(
        @"new Random\(\)|Random\.Shared|\bmanual_seed\(|(?<![\w.""] |[\w.""])\b(rand|randn|randint|randperm|normal|bernoulli|multinomial)\(|RandomWeights\("
        + @"|\bnew (CompNet|TokenCompNet|LearnedInit|MamlInit|CompositionBlock|SharedLinear)\(")]
    private static partial System.Text.RegularExpressions.Regex Unseeded();
}
