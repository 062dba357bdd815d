// The generator: deterministic text, clean C, every family, and functions that are worth learning.

using System.Collections.Immutable;
using Nsc.Corpus.Generator;
using Nsc.Corpus.Generator.Drafting;

namespace Nsc.Tests.Corpus;

public class ProgramGeneratorTests
{
    private readonly ProgramGenerator _generator = new(new GeneratorOptions());

    [Fact]
    public void The_same_seed_gives_the_same_text()
    {
        string again = new ProgramGenerator(new GeneratorOptions()).Unit(11, 60).Source;
        Assert.Equal(_generator.Unit(11, 60).Source, again);
        Assert.NotEqual(_generator.Unit(12, 60).Source, again);
    }

    [Fact]
    public void A_function_depends_on_its_seed_and_number_only()
    {
        GeneratedUnit small = _generator.Unit(5, 4), large = _generator.Unit(5, 20);
        Assert.StartsWith(small.Source, large.Source, StringComparison.Ordinal);
        Assert.Contains(_generator.Function(5, 17).Text, large.Source, StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"f{i}"), large.Functions);
    }

    [Fact]
    public void A_unit_of_300_functions_compiles_without_a_warning()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("nsc-unit");
        try
        {
            string source = _generator.Unit(21, 300).Source;
            Assert.Equal("", NativeProbe.Compile(source, Path.Combine(folder.FullName, "unit"), [.. NativeProbe.Strict, "-fsyntax-only"]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Nearly_all_functions_are_finite_and_vary_over_their_ranges()
    {
        GeneratedFunction[] functions = [.. Enumerable.Range(0, 150).Select(i => _generator.Function(31, i))];
        int good = NativeProbe.Run(functions, 64, 1).Count(IsWorthLearning);
        Assert.InRange(good, 140, 150);
    }

    [Fact]
    public void Every_family_is_drawn()
    {
        var seen = Enumerable.Range(0, 1000).Select(i => _generator.Function(41, i).Family).ToHashSet();
        Assert.Equal(ProgramGenerator.FamilyNames.Order(), seen.Order());
    }

    [Fact]
    public void A_family_of_weight_0_is_never_drawn()
    {
        var weights = ProgramGenerator.FamilyNames.Where(n => n != "physics").ToImmutableDictionary(n => n, _ => 0.0);
        var physicist = new ProgramGenerator(new GeneratorOptions { FamilyWeights = weights });
        Assert.All(Enumerable.Range(0, 50), i => Assert.Equal("physics", physicist.Function(1, i).Family));
    }

    [Fact]
    public void Weights_that_leave_no_family_are_refused()
    {
        var none = new GeneratorOptions { FamilyWeights = ProgramGenerator.FamilyNames.ToImmutableDictionary(n => n, _ => 0.0) };
        Assert.Throws<ArgumentException>(() => new ProgramGenerator(none));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(5)]
    public void No_function_has_more_inputs_than_allowed(int most)
    {
        var generator = new ProgramGenerator(new GeneratorOptions { MaxInputs = most });
        GeneratedFunction[] functions = [.. Enumerable.Range(0, 800).Select(i => generator.Function(51, i))];
        Assert.All(functions, f => Assert.InRange(f.InputCount, 1, most));
        Assert.Equal(most, functions.Max(f => f.InputCount));
    }

    [Fact]
    public void Ranges_are_proper_and_whole_for_integers()
    {
        foreach (GeneratedInput input in Enumerable.Range(0, 800).SelectMany(i => _generator.Function(61, i).Parameters).SelectMany(p => p.Inputs))
        {
            Assert.True(input.Range.Low < input.Range.High, input.ToString());
            Assert.False(input.IsInteger && (input.Range.Low % 1 != 0 || input.Range.High % 1 != 0), input.ToString());
        }
    }

    [Fact]
    public void The_shapes_of_parameters_and_results_and_both_precisions_all_occur()
    {
        GeneratedFunction[] functions = [.. Enumerable.Range(0, 1000).Select(i => _generator.Function(71, i))];
        Assert.Equal(Enum.GetValues<ParameterShape>(), functions.SelectMany(f => f.Parameters).Select(p => p.Shape).Distinct().Order());
        Assert.Equal(Enum.GetValues<OutputShape>(), functions.Select(f => f.Output.Shape).Distinct().Order());
        Assert.Equal(["double", "float", "int"], functions.Select(f => f.Output.CType).Distinct().Order());
    }

    private static bool IsWorthLearning(Probe probe) => Enumerable.Range(0, probe.Outputs[0].Length).All(j =>
    {
        double[] values = [.. probe.Outputs.Select(o => o[j])];
        double mean = values.Average(), deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return values.All(double.IsFinite) && deviation > 1e-3 * Math.Abs(mean) && deviation > 0;
    });
}
