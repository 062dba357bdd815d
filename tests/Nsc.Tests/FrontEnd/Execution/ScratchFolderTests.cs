// Where temporary files lie, what happens when they cannot lie there, and that nothing stays behind.

using Nsc.FrontEnd.Tools;
using Nsc.Tests.Cli;

namespace Nsc.Tests.FrontEnd.Execution;

public sealed class ScratchFolderTests : IDisposable
{
    private const string Source = "#pragma nsc inputs(-1, 1)\ndouble f(double x, double y) { return x * y + 1; }\n";

    private readonly OtherMachine _machine = new();

    [Fact]
    public void The_first_place_that_will_do_is_taken()
    {
        string here = _machine.Folder("here"), file = _machine["file"];
        File.WriteAllText(file, "");
        using (var folder = new ScratchFolder([_machine["missing"], file, here, _machine.Folder("later")]))
        {
            Assert.Equal(here, Path.GetDirectoryName(folder.Path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(folder.Path).UnixFileMode);
        }

        Assert.Empty(Directory.GetFileSystemEntries(here));
    }

    [Fact]
    public void Where_no_place_will_do_each_is_named_with_its_fault()
    {
        var error = Assert.Throws<MissingToolException>(() => new ScratchFolder([_machine["missing"], "/proc"]));
        Assert.Contains($"{_machine["missing"]} does not exist; /proc ", error.Message);
        Assert.Contains("TMPDIR", error.Hint);
    }

    [Fact]
    public void What_a_dead_process_left_is_swept_and_what_a_living_one_has_is_not()
    {
        string place = _machine.Folder("place"), dead = Left(place, "dead"), halfMade = Left(place, "half-made", hasLock: false);
        string young = Left(place, "young", hasLock: false), another = Directory.CreateDirectory(Path.Combine(place, "another-program")).FullName;
        Directory.SetLastWriteTimeUtc(young, DateTime.UtcNow);
        using var living = new ScratchFolder([place]);
        Directory.SetLastWriteTimeUtc(living.Path, DateTime.UtcNow.AddHours(-1));
        ScratchRoots.Sweep(place);
        Assert.Equal(new[] { another, living.Path, young }.Order(StringComparer.Ordinal), Directory.GetDirectories(place).Order(StringComparer.Ordinal));
        Assert.False(Directory.Exists(dead) || Directory.Exists(halfMade));
    }

    [Fact]
    public void What_a_killed_run_left_is_swept_by_the_next_run_which_leaves_nothing()
    {
        string place = _machine.Folder("place");
        Left(place, "killed");
        Assert.Equal(place, Scratch(_machine.Run("", ["doctor", "--json"], ("TMPDIR", place)).Output));
        Assert.Empty(Directory.GetDirectories(place));
    }

    [Theory]
    [InlineData("-o noexec")]
    [InlineData("-o size=64k")]
    [InlineData("-o ro")]
    public void A_place_that_cannot_execute_or_hold_a_program_is_passed_over(string mount)
    {
        string place = _machine.Folder("place"), cache = _machine.Folder(".cache");
        string hidden = string.Join('\n', (CanHideTmp ? new[] { "/tmp", place } : [place]).Select(p => $"mount -t tmpfs {mount} none {p}"));
        string output = _machine.Run(
            hidden, ["doctor", "--json"], ("TMPDIR", place), ("HOME", Path.GetDirectoryName(cache)), ("XDG_CACHE_HOME", null), ("XDG_RUNTIME_DIR", null)).Output;
        Assert.Equal(CanHideTmp ? cache : OtherMachine.CanMount ? "/tmp" : place, Scratch(output));
    }

    [Fact]
    public void Without_any_place_a_program_is_not_executed_and_the_exit_code_says_that_something_is_missing()
    {
        string surrogate = Compile();
        string hidden = string.Join('\n', (CanHideTmp ? new[] { "/tmp", "/var/tmp", "/dev/shm" } : []).Select(p => $"mount -t tmpfs -o noexec none {p}"));
        (string, string?)[] environment = [("TMPDIR", null), ("HOME", null), ("XDG_CACHE_HOME", null), ("XDG_RUNTIME_DIR", null)];
        var (code, output) = _machine.Run(hidden, ["eval", surrogate, "--samples", "64"], environment);
        Assert.Equal(CanHideTmp ? 4 : 0, code);
        Assert.Equal(CanHideTmp, output.Contains("there is no place for temporary files: /tmp is mounted noexec; ", StringComparison.Ordinal));
        Assert.DoesNotContain("internal error", output);
    }

    [Fact]
    public void Without_a_linker_a_program_is_not_executed_and_doctor_says_what_brings_one()
    {
        string surrogate = Compile();
        string hidden = $"""
            mount -t overlay -o lowerdir=/usr/bin,upperdir={_machine.Folder("upper")},workdir={_machine.Folder("work")} none /usr/bin
            rm -f /usr/bin/ld /usr/bin/*-ld /usr/bin/ld.*
            """;
        bool isHidden = OtherMachine.CanMount && _machine.Run(hidden, ["--version"]).Code == 0;
        hidden = isHidden ? hidden : "";
        var (code, output) = _machine.Run(hidden, ["eval", surrogate, "--samples", "64"]);
        Assert.Equal(isHidden ? 4 : 0, code);
        Assert.Equal(isHidden, output.Contains("the linker, ld, was not found", StringComparison.Ordinal));
        Assert.Equal(isHidden, _machine.Run(hidden, ["doctor"]).Output.Contains("apt-get install -y binutils", StringComparison.Ordinal));
    }

    [Fact]
    public void A_linker_is_found_without_a_path()
    {
        Assert.Equal(0, _machine.Run("", ["eval", Compile(), "--samples", "64"], ("PATH", "/nonexistent")).Code);
    }

    // A checkout in /tmp would be hidden with it.
    private static bool CanHideTmp => OtherMachine.CanMount && !AppContext.BaseDirectory.StartsWith("/tmp/", StringComparison.Ordinal);

    public void Dispose() => _machine.Dispose();

    private static string Left(string place, string name, bool hasLock = true)
    {
        string folder = Directory.CreateDirectory(Path.Combine(place, ScratchFolder.Prefix + name, "inner")).Parent!.FullName;
        if (hasLock)
        {
            File.WriteAllText(Path.Combine(folder, ScratchFolder.LockName), "");
        }

        Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow.AddHours(-1));
        return folder;
    }

    private static string Scratch(string checks) =>
        System.Text.Json.JsonDocument.Parse(checks[..(checks.LastIndexOf(']') + 1)]).RootElement.EnumerateArray()
            .Single(c => c.GetProperty("name").GetString() == "scratch").GetProperty("found").GetString()!;

    private string Compile()
    {
        File.WriteAllText(_machine["f.c"], Source);
        Assert.Equal(0, Workplace.Run("compile", _machine["f.c"], "-o", _machine["f.surrogate"], "--init", "random").ExitCode);
        return _machine["f.surrogate"];
    }
}
