using Nsc.Compiler.Building;

namespace Nsc.Tests.Compiler.Building;

public sealed class FileStampTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void A_file_is_the_same_while_its_content_is()
    {
        File.WriteAllText(_path, "one");
        FileStamp stamp = FileStamp.Of(_path)!;
        Assert.Same(stamp, stamp.Now());
        File.SetLastWriteTimeUtc(_path, DateTime.UnixEpoch);
        Assert.Equal(stamp with { Ticks = DateTime.UnixEpoch.Ticks }, stamp.Now());
        File.WriteAllText(_path, "two");
        Assert.Null(stamp.Now());
        File.Delete(_path);
        Assert.Null(stamp.Now());
        Assert.Null(FileStamp.Of(_path));
    }

    [Fact]
    public void A_rule_for_make_names_what_was_made_and_what_was_read() => Assert.Equal(
        "out/a\\ b.c: \\\n  c$$.h \\\n  d\\#.h\n\nc$$.h:\nd\\#.h:\n", DependencyRule.Of(["out/a b.c"], ["c$.h", "d#.h"]));
}
