// compile_commands.json as build tools write it, and as nobody should.

using System.Text.Json;
using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Projects;

namespace Nsc.Tests.FrontEnd;

public sealed class CompilationDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nsc-database-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_command_is_split_as_a_shell_splits_it() => Assert.Equal(
        ["cc", "-DNAME=\"a b\"", "-I", "in clude", "", "x y.c", "\\n"],
        ShellWords.Split("""cc  -DNAME=\"a\ b\" -I 'in clude' '' "x y.c" '\n'"""));

    [Fact]
    public void Flags_that_matter_are_kept_in_order_and_paths_are_relative_to_the_commands_folder()
    {
        var (flags, unfollowed) = ClangFlag.Parse(
            ["-O2", "-Iinclude", "-D", "A=1", "-UB", "-isystem", "/opt/x", "-include", "config.h", "-o", "-Iout.o", "-std=c11", "-funsigned-char", "-c", "a.c"], "/p/build");
        Assert.Equal(
            ["-I /p/build/include", "-D A=1", "-U B", "-isystem /opt/x", "-include /p/build/config.h", "-std c11"], flags.Select(f => $"{f.Name} {f.Value}"));
        Assert.Equal(["-funsigned-char"], unfollowed);
        Assert.Equal(["-I", "/p/build/include", "-DA=1", "-UB", "-isystem", "/opt/x", "-include", "/p/build/config.h", "-std=c11"], flags.SelectMany(f => f.Arguments));
    }

    [Fact]
    public void A_files_flags_are_found_in_a_database_upwards_and_the_users_come_after_them()
    {
        string file = Write("src/deep/a.c", ""), other = Write("src/b.c", "");
        Write("build/compile_commands.json", JsonSerializer.Serialize(new object[]
        {
            new { directory = Path.Combine(_folder, "build"), command = "cc -DX=1 -I../inc -c ../src/b.c", file = "../src/b.c" },
            new { directory = Path.Combine(_folder, "build"), arguments = (string[])["cc", "-DX=2", "-c", "../src/deep/a.c"], file = "../src/deep/a.c" },
        }));
        var diagnostics = new DiagnosticBag();
        ProjectContext context = ProjectContext.Of(file, ProjectOptions.None with { Flags = ["-DX=3"] }, diagnostics);
        Assert.Equal(["-DX=2", "-DX=3"], context.Flags.SelectMany(f => f.Arguments));
        Assert.Equal([other], context.With);
        Assert.Equal(_folder, context.Root);
        Diagnostic note = Assert.Single(diagnostics);
        Assert.Equal((Severity.Note, "database-found", Path.Combine(_folder, "build", "compile_commands.json")), (note.Severity, note.Id, note.Location.File));
    }

    [Fact]
    public void A_file_that_the_database_does_not_name_is_read_like_its_neighbour_and_that_is_said()
    {
        string header = Write("src/a.h", "");
        Write("compile_commands.json", $$"""[{"directory": {{JsonSerializer.Serialize(_folder)}}, "command": "cc -DNEAR -c src/a.c", "file": "src/a.c"}]""");
        var diagnostics = new DiagnosticBag();
        ProjectContext context = ProjectContext.Of(header, ProjectOptions.None with { Database = _folder }, diagnostics);
        Assert.Equal(["-DNEAR"], context.Flags.SelectMany(f => f.Arguments));
        Assert.Equal("other-command", Assert.Single(diagnostics).Id);
    }

    [Theory]
    [InlineData("{}", "array")]
    [InlineData("[1]", "object")]
    [InlineData("[{\"file\": 3}]", "'file'")]
    [InlineData("[{\"file\": \"a\\u0000.c\"}]", "NUL")]
    [InlineData("[{", "JSON")]
    [InlineData("", "JSON")]
    public void What_is_no_database_is_refused_with_the_reason(string text, string reason)
    {
        string file = Write("a.c", ""), database = Write("db.json", text);
        var diagnostics = new DiagnosticBag();
        ProjectContext.Of(file, ProjectOptions.None with { Database = database }, diagnostics);
        Diagnostic error = Assert.Single(diagnostics);
        Assert.Equal((Severity.Error, "database"), (error.Severity, error.Id));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_root_beside_the_file_are_errors()
    {
        string file = Write("a/a.c", "");
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        var diagnostics = new DiagnosticBag();
        ProjectContext.Of(file, ProjectOptions.None with { With = [Path.Combine(_folder, "none.c")], Root = Path.Combine(_folder, "b") }, diagnostics);
        Assert.Equal(["with-file", "root-folder"], diagnostics.Select(d => d.Id));
        Assert.All(diagnostics, d => Assert.Equal(Severity.Error, d.Severity));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
