// A save that fails must leave no trace.

using System.Net.Sockets;
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

    [Fact]
    public void Memory_s_folder_takes_files_like_any_other()
    {
        string path = $"/dev/shm/nsc-test-{Guid.NewGuid():N}";
        AtomicFile.Write(path, "there"u8);
        Assert.Equal("there", File.ReadAllText(path));
        File.Delete(path);
    }

    [Fact]
    public void A_folder_by_way_of_proc_takes_files_like_any_other()
    {
        string name = $"nsc-test-{Guid.NewGuid():N}";
        AtomicFile.Write($"/proc/self/cwd/{name}", "there"u8);
        Assert.Equal("there", File.ReadAllText(name));
        File.Delete(name);
    }

    [Fact]
    public void A_pipe_a_socket_and_a_folder_are_refused_and_stay_what_they_are()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(_directory, "socket")));
        NamedPipe.Create(Path.Combine(_directory, "pipe"));
        Directory.CreateDirectory(Path.Combine(_directory, "folder"));
        foreach ((string name, FileKind kind) in new[] { ("socket", FileKind.Socket), ("pipe", FileKind.Pipe), ("folder", FileKind.Folder) })
        {
            string path = Path.Combine(_directory, name);
            Assert.NotNull(AtomicFile.Objection(path));
            Assert.Throws<IOException>(() => AtomicFile.Write(path, "x"u8));
            Assert.Equal(kind, FileIdentity.Of(path).Kind);
        }
    }

    [Fact]
    public void Two_paths_to_one_file_are_known_as_one()
    {
        AtomicFile.Write(Target, "x"u8);
        File.CreateSymbolicLink(Path.Combine(_directory, "link"), "file");
        FileIdentity file = FileIdentity.Of(Target);
        Assert.Equal(FileKind.File, file.Kind);
        Assert.Equal(file, FileIdentity.Of(Path.Combine(_directory, "link")));
        Assert.Equal(file, FileIdentity.Of(Path.Combine(_directory, ".", "..", Path.GetFileName(_directory), "file")));
        Assert.NotEqual(file, FileIdentity.Of(_directory));
        Assert.Equal(FileKind.Missing, FileIdentity.Of(Path.Combine(_directory, "none")).Kind);
        Assert.Equal(FileKind.Device, FileIdentity.Of("/dev/null").Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none/file")]
    [InlineData("a\0b")]
    [InlineData("none/")]
    public void What_cannot_be_a_file_is_told_before_anything_is_written(string name) =>
        Assert.NotNull(AtomicFile.Objection(name.Length == 0 ? name : Path.Combine(_directory, name)));

    [Fact]
    public void A_name_that_is_too_long_is_told_before_anything_is_written()
    {
        Assert.NotNull(AtomicFile.Objection(Path.Combine(_directory, new string('x', 256))));
        string longest = Path.Combine(_directory, new string('x', 255));
        AtomicFile.Write(longest, "x"u8);
        Assert.True(File.Exists(longest));
    }
}
