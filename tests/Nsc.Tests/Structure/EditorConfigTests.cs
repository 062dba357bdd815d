// Editors read src/.editorconfig, the build reads src/Style.globalconfig as well; what stands in both is the same.

namespace Nsc.Tests.Structure;

public class EditorConfigTests
{
    [Fact]
    public void Editors_and_the_build_know_the_same_style()
    {
        Dictionary<string, string> editor = Settings("src/.editorconfig"), build = Settings("src/Style.globalconfig");
        string[] both = [.. editor.Keys.Intersect(build.Keys)];
        Assert.NotEmpty(both);
        Assert.All(both, key => Assert.Equal(build[key], editor[key]));
        Assert.All(build.Keys.Where(key => key.StartsWith("csharp_", StringComparison.Ordinal)), key => Assert.Contains(key, editor.Keys));
    }

    // Lines `key = value # remark`; of a key that several sections have, the last.
    private static Dictionary<string, string> Settings(string path)
    {
        Dictionary<string, string> settings = [];
        foreach (string[] setting in File.ReadLines(Repository.At(path)).Select(line => line.Split('#')[0].Split('=', StringSplitOptions.TrimEntries)).Where(s => s.Length == 2))
        {
            settings[setting[0]] = setting[1];
        }

        return settings;
    }
}
