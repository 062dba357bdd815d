// The library as a package, used by a program outside of the repository.

using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nsc.Tests.Docs;
using Nsc.Tests.Structure;

namespace Nsc.Tests.Package;

public partial class PackageTests
{
    private const string Library = "Nsc.Compiler", Fixture = "Fixtures/Package/Program.cs";

    // Never packed before, so that no package of another build is taken for it.
    private static readonly string s_version = $"0.0.0-test.{Guid.NewGuid():N}";

    [Fact]
    [Trait("speed", "slow")]
    public void A_strangers_program_compiles_fine_tunes_evaluates_and_exports()
    {
        using var stranger = new StrangersFolder();
        Assert.StartsWith("..", Path.GetRelativePath(Repository.Root, stranger["."]), StringComparison.Ordinal); // Else the repository's settings would be the stranger's.
        ExpectWhole(stranger.Pack(s_version));

        stranger.Build(s_version, Program());
        Match printed = Printed().Match(stranger.Dotnet(stranger["out/bend.dll"]));

        Assert.True(printed.Success);
        Assert.Equal(Math.Sin(0.5) + (0.25 * 0.25), Number(printed.Groups["value"]), 1e-3);
        Assert.InRange(Number(printed.Groups["nmse"]), 0, 1e-5);
        File.WriteAllText(stranger["use.c"], """
            #include <stdio.h>
            #include "bend.nn.h"
            int main(void) { double in[] = {0.5, 0.25}, out[1]; bend_surrogate(in, out); printf("%.4f", out[0]); return 0; }
            """);
        stranger.Run("cc", "-Wall", "-Werror", "-O2", "use.c", "bend.nn.c", "-o", "use");
        Assert.Equal(Math.Sin(0.5) + (0.25 * 0.25), double.Parse(stranger.Run(stranger["use"]), CultureInfo.InvariantCulture), 1e-3);
    }

    [Fact]
    public void The_document_shows_the_program() =>
        Assert.Equal(Program().TrimEnd().Split('\n'), Assert.Single(Document.Load("src/docs/library.md").Blocks, block => block.Language == "csharp").Lines);

    // All projects below the library with their documentation, and all packages that they need.
    private static void ExpectWhole(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        string[] projects = [.. Below(Library).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(
            projects.SelectMany(p => new[] { $"lib/net10.0/{p}.dll", $"lib/net10.0/{p}.xml" }).Order(StringComparer.Ordinal),
            archive.Entries.Select(e => e.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        using Stream nuspec = archive.GetEntry($"{Library}.nuspec")!.Open();
        Assert.Equal(
            projects.SelectMany(Packages).Distinct().Order(StringComparer.Ordinal),
            XDocument.Load(nuspec).Descendants().Where(e => e.Name.LocalName == "dependency").Select(e => (string)e.Attribute("id")!).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Below(string project) =>
        SourceTree.References(SourceTree.Projects()[project]).SelectMany(Below).Append(project);

    private static IEnumerable<string> Packages(string project) =>
        SourceTree.Projects()[project].Descendants("PackageReference").Select(e => (string)e.Attribute("Include")!);

    private static string Program() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Fixture));

    private static double Number(Group group) => double.Parse(group.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^bend\(0\.5, 0\.25\) = (?<value>\S+)\nNMSE (?<nmse>\S+)\n$")]
    private static partial Regex Printed();
}
