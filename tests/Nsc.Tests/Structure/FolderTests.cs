// A folder is a chapter: who opens it sees at a glance what is in it.

namespace Nsc.Tests.Structure;

public class FolderTests
{
    private const int MostFiles = 15;

    // Still to be divided.
    private static readonly string[] s_known =
    [
        "tests/Nsc.Tests/Cli",
    ];

    [Fact]
    public void A_folder_has_at_most_fifteen_files()
    {
        var crowded = from file in SourceTree.Files()
                      group file by Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '/') into folder
                      where !folder.Key.Contains("/Fixtures", StringComparison.Ordinal) && !folder.Key.Contains("/Golden", StringComparison.Ordinal)
                      where folder.Count() > MostFiles && !s_known.Contains(folder.Key)
                      select $"{folder.Key}: {folder.Count()} files";
        Assert.Empty(crowded);
    }
}
