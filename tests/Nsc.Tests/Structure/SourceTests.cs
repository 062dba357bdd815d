// What no file of the tree may do, whatever project it is in.

namespace Nsc.Tests.Structure;

public partial class SourceTests
{
    // A generator without a seed makes a test a matter of luck, and one that is shared makes it depend on the order of the tests.
    [Fact]
    public void Nothing_is_drawn_without_a_seed()
    {
        IEnumerable<string> files = SourceTree.Files().Where(file => !ReadsItself(file));
        Assert.Empty(from file in files
                     from line in File.ReadLines(Path.Combine(Repository.Root, file))
                     where Unseeded().IsMatch(line) && !IsDrawnByANetworksConstructor(file) && !line.Contains("SeededDraws.From", StringComparison.Ordinal)
                     select $"{file}: {line.Trim()}");
    }

    private static bool ReadsItself(string file) => Path.GetFileName(file) is "SourceTests.cs" or "SeededDraws.cs";

    // These draw when HyperNetwork.Create, which is given a seed, makes a network of them.
    private static bool IsDrawnByANetworksConstructor(string file) => Path.GetFileName(file) is
        "HyperNetwork.cs" or "CompNet.cs" or "TokenCompNet.cs" or "LearnedInit.cs" or "MamlInit.cs" or "CompositionBlock.cs" or "SharedLinear.cs" or "EmittedNets.cs";

    [System.Text.RegularExpressions.GeneratedRegex(
        @"new Random\(\)|Random\.Shared|\bmanual_seed\(|(?<![\w.""] |[\w.""])\b(rand|randn|randint|randperm|normal|bernoulli|multinomial)\(|RandomWeights\("
        + @"|\bnew (CompNet|TokenCompNet|LearnedInit|MamlInit|CompositionBlock|SharedLinear)\(")]
    private static partial System.Text.RegularExpressions.Regex Unseeded();
}
