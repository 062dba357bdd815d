// A save that fails must leave no trace.

using Nsc.Core.Files;

namespace Nsc.Tests.Core.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    private string Target => Path.Combine(_directory, "file");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void It_creates_and_replaces_a_file()
    {
        AtomicFile.Write(Target, "old, and longer"u8);
        AtomicFile.Write(Target, "new"u8);

        Assert.Equal("new", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_file_and_no_other()
    {
        AtomicFile.Write(Target, "old"u8);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half of the n"u8);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(_directory));
    }

    [Fact]
    public void A_target_that_is_a_directory_is_refused_without_a_trace()
    {
        Directory.CreateDirectory(Target);

        Assert.ThrowsAny<SystemException>(() => AtomicFile.Write(Target, "x"u8));

        Assert.Empty(Directory.GetFiles(_directory));
        Assert.True(Directory.Exists(Target));
    }

    [Fact]
    public void Readers_see_the_old_file_until_the_new_one_is_complete()
    {
        AtomicFile.Write(Target, "old"u8);
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("new"u8);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(Target));
        });

        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void A_symbolic_link_keeps_pointing_to_the_file_that_was_written()
    {
        string link = Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, "file");

        AtomicFile.Write(link, "through"u8);

        Assert.Equal("file", new FileInfo(link).LinkTarget);
        Assert.Equal("through", File.ReadAllText(Target));
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        AtomicFile.Write("/dev/null", "gone"u8);

        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.Empty(Directory.GetFiles("/dev", ".null*.tmp"));
    }
}
