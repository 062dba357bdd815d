// Which of the loaded programs a bench measures.

using Nsc.Bench;
using Nsc.Bench.Preparation;
using Nsc.Core.Programs;
using Nsc.Tests.Training;

namespace Nsc.Tests.Bench;

public class BenchProgramsTests
{
    private static readonly CProgram[] s_programs = [Named("sox/a.c", "gain"), Named("sox/b.c", "bend"), Named("erfa/c.c", "gain"), Named("erfa/d.c", "bear"), Named("erfa/d.c", "hd2ae")];

    [Theory]
    [InlineData("gain", "bend,bear,hd2ae")]
    [InlineData("sox/gain", "bend,gain,bear,hd2ae")]
    [InlineData("  bend 0.3 # too short\n\n# gain\nerfa/bear\tslow\n", "gain,gain,hd2ae")]
    [InlineData("ga\nbend# without a space", "gain,gain,bear,hd2ae")]
    [InlineData("", "gain,bend,gain,bear,hd2ae")]
    public void A_list_names_functions_of_all_packages_or_of_one(string list, string left) =>
        Assert.Equal(left, string.Join(',', BenchPrograms.Without(s_programs, list).Select(p => p.Signature.Function)));

    [Theory]
    [InlineData(5, "0,1,2,3,4")]
    [InlineData(9, "0,1,2,3,4")]
    [InlineData(4, "0,1,2,3")]
    [InlineData(3, "0,1,3")]
    [InlineData(2, "0,2")]
    [InlineData(1, "0")]
    public void Fewer_programs_are_spread_over_all(int most, string chosen) => Assert.Equal(
        chosen, string.Join(',', BenchPrograms.Spread(s_programs, most).Select(p => Array.IndexOf(s_programs, p))));

    [Fact]
    public void An_architecture_is_loaded_once_for_all_arms_that_start_from_it() => Assert.Equal(
        ["dataflow", "bert-tiny"], BenchArms.StartsOf([new("random"), new("dataflow"), new("bert-tiny+calibration"), new("dataflow+calibration"), new("random+calibration")]));

    private static CProgram Named(string path, string function)
    {
        CProgram any = SmallPrograms.Program(function, 1, 1);
        return any with { Path = path, Signature = any.Signature with { Function = function } };
    }
}
