using Nsc.Bench;
using Nsc.Core.Programs;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class DistinctNamesTests
{
    [Fact]
    public void A_program_is_called_by_its_file_and_function_while_no_other_is() =>
        Assert.Equal(["a:f", "a:g", "b:f"], Named(("x/a.c", "f"), ("x/a.c", "g"), ("y/b.c", "f")));

    [Fact]
    public void Programs_of_one_name_are_told_apart_by_their_folders() =>
        Assert.Equal(["x/a:f", "y/a:f", "a:g"], Named(("x/a.c", "f"), ("y/a.c", "f"), ("y/a.c", "g")));

    [Fact]
    public void Programs_of_one_path_are_told_apart_by_numbers() =>
        Assert.Equal(["x/a:f", "x/a:f-2", "x/a:f-3"], Named(("x/a.c", "f"), ("x/a.c", "f"), ("x/a.c", "f")));

    [Fact]
    public void A_number_makes_no_name_that_another_has() =>
        Assert.Equal(["a", "a-3", "a-2", "a-4"], DistinctNames.Of((string[])["a", "a", "a-2", "a"]));

    private static string[] Named(params (string Path, string Function)[] programs)
    {
        CProgram any = SmallPrograms.Program("f", 1, 1);
        return DistinctNames.Of((CProgram[])[.. programs.Select(p => any with { Path = p.Path, Signature = any.Signature with { Function = p.Function } })]);
    }
}
