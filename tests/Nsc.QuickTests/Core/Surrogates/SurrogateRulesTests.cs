// Every rule that a surrogate keeps, one fault at a time. Such a surrogate can be neither saved nor read.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Tests.Core.Surrogates;

public class SurrogateRulesTests
{
    private static readonly Surrogate s_whole = SampleSurrogates.Create(new Topology(2, [3], 2));

    [Fact]
    public void A_whole_surrogate_breaks_no_rule() => Assert.Null(SurrogateFile.Objection(s_whole));

    [Theory]
    [InlineData("samples")]
    [InlineData("seed")]
    [InlineData("tuning seed")]
    [InlineData("steps")]
    [InlineData("best step")]
    public void Counts_and_seeds_may_be_0_but_not_negative(string which)
    {
        Surrogate With(int value) => s_whole with
        {
            Provenance = which switch
            {
                "samples" => s_whole.Provenance with { Samples = value },
                "seed" => s_whole.Provenance with { Seed = value },
                "tuning seed" => s_whole.Provenance with { TuningSeed = value },
                "steps" => s_whole.Provenance with { Steps = value },
                _ => s_whole.Provenance with { BestStep = value },
            },
        };
        Assert.Null(SurrogateFile.Objection(With(0)));
        AssertBroken("negative", With(-1));
    }

    [Fact]
    public void What_the_provenance_says_must_be_possible()
    {
        Surrogate With(Func<Provenance, Provenance> change) => s_whole with { Provenance = change(s_whole.Provenance) };
        AssertBroken("negative", With(p => p with { Estimate = new ErrorEstimate(1, 2, 3, 4, EstimateMethod.Fresh) }));
        AssertBroken("initialisation", With(p => p with { Init = "magic" }));
        AssertBroken("version", With(p => p with { ToolVersion = "" }));
        AssertBroken("no SHA-256", With(p => p with { ModelHash = "00" }));
        AssertBroken("no SHA-256", With(p => p with { SourceHash = "00" }));
        AssertBroken("hash names", With(p => p with { SourceHash = Provenance.HashOf("another") }));
        AssertBroken("rows", With(p => p with { TrainedRows = "?" }));
        Assert.All(Provenance.Inits, init => Assert.Null(SurrogateFile.Objection(With(p => p with { Init = init, Model = null, ModelHash = null, Estimate = null }))));
        AssertBroken("model", With(p => p with { Model = "folder/model" }));
    }

    [Fact]
    public void Names_are_those_of_c()
    {
        AssertBroken("C identifiers", With(s => s with { Function = "f;" }));
        AssertBroken("C identifiers", s_whole with { Program = s_whole.Program with { EntryName = "9" } });
        AssertBroken("prototype", With(s => s with { Prototype = "a\nb" }));
        AssertBroken("prototype", With(s => s with { Prototype = new string('x', (1 << 14) + 1) }));
        Assert.Null(SurrogateFile.Objection(With(s => s with { Prototype = new string('x', 1 << 14) })));
        AssertBroken("two inputs are named 'x'", With(s => s with { Inputs = [.. s.Inputs.Select(i => i with { Name = "x" })] }));
        AssertBroken("an input has a name", With(s => s with { Inputs = s.Inputs.SetItem(1, s.Inputs[1] with { Name = "*" }) }));
        AssertBroken("an output has a name", With(s => s with { Outputs = s.Outputs.SetItem(0, s.Outputs[0] with { Name = "" }) }));
        AssertBroken("an fixed variable has a name", With(s => s with { Fixed = [new FixedVariable("n n", 1)] }));
        AssertBroken("two fixed variables are named 'n'", With(s => s with { Fixed = [new("n", 1), new("n", 1)] }));
        AssertBroken("two ignored outputs are named 'y'", With(s => s with { Ignored = ["y", "y"] }));
        AssertBroken("'n' is fixed to no number", With(s => s with { Fixed = [new("m", 1), new("n", double.NaN)] }));
    }

    [Fact]
    public void There_are_inputs_and_outputs_of_known_types_and_proper_ranges()
    {
        AssertBroken("no inputs", With(s => s with { Inputs = [] }));
        AssertBroken("no inputs", With(s => s with { Inputs = default }));
        AssertBroken("no outputs", With(s => s with { Outputs = [] }));
        AssertBroken("no outputs", With(s => s with { Outputs = s.Outputs.SetItem(1, null!) }));
        AssertBroken("no known type", With(s => s with { Inputs = s.Inputs.SetItem(0, s.Inputs[0] with { Kind = (ScalarKind)99 }) }));
        AssertBroken("no known type", With(s => s with { Outputs = s.Outputs.SetItem(1, s.Outputs[1] with { Kind = (ScalarKind)99 }) }));
        foreach (Interval range in (Interval[])[new(1, 1), new(1, 0), new(double.NegativeInfinity, 0), new(0, double.PositiveInfinity), new(double.NaN, 0), new(0, double.NaN), new(0, 5e-324)])
        {
            AssertBroken("impossible range", With(s => s with { Inputs = s.Inputs.SetItem(1, s.Inputs[1] with { Range = range }) }));
        }
    }

    [Fact]
    public void The_network_is_as_large_as_it_says_and_not_too_large()
    {
        AssertBroken("the network has 3 inputs", s_whole with { Topology = s_whole.Topology with { Inputs = 3 } });
        AssertBroken("1 outputs", s_whole with { Topology = s_whole.Topology with { Outputs = 1 } });
        AssertBroken("needs 3 layers", s_whole with { Topology = s_whole.Topology with { Hidden = [3, 3] } });
        AssertBroken("needs 2 layers", s_whole with { Layers = default });
        AssertBroken("at most 16 hidden layers", s_whole with { Topology = s_whole.Topology with { Hidden = default } });
        AssertBroken("widths from 1", s_whole with { Topology = s_whole.Topology with { Hidden = [0] } });
        AssertBroken("activation", s_whole with { Topology = s_whole.Topology with { Activation = (Activation)9 } });
        AssertBroken("at most 16 hidden layers", Of(Enumerable.Repeat(1, 17)));
        AssertBroken("to 4096", Of([4097]));
        Assert.Null(SurrogateFile.Objection(Of(Enumerable.Repeat(1, 16))));
        Assert.Null(SurrogateFile.Objection(Of([4096])));
    }

    [Fact]
    public void Weights_are_all_there_and_finite()
    {
        Surrogate Changed(int layer, Func<Layer, Layer> change) => s_whole with { Layers = s_whole.Layers.SetItem(layer, change(s_whole.Layers[layer])) };
        AssertBroken("layer 0 does not have the shape", Changed(0, l => l with { Bias = l.Bias.RemoveAt(0) }));
        AssertBroken("layer 1 does not have the shape", Changed(1, l => l with { Weight = l.Weight.Add(0) }));
        AssertBroken("layer 0 has a weight", Changed(0, l => l with { Weight = l.Weight.SetItem(4, float.NaN) }));
        AssertBroken("layer 1 has a weight", Changed(1, l => l with { Bias = l.Bias.SetItem(1, float.PositiveInfinity) }));
    }

    [Fact]
    public void Every_output_has_a_mean_and_a_positive_deviation()
    {
        AssertBroken("needs a mean", s_whole with { OutputMean = [1] });
        AssertBroken("needs a mean", s_whole with { OutputMean = default });
        AssertBroken("needs a mean", s_whole with { OutputDeviation = [1, 1, 1] });
        AssertBroken("needs a mean", s_whole with { OutputDeviation = default });
        AssertBroken("must be finite", s_whole with { OutputMean = [0, double.NaN] });
        AssertBroken("positive", s_whole with { OutputDeviation = [1, 0] });
        AssertBroken("positive", s_whole with { OutputDeviation = [-1, 1] });
        AssertBroken("positive", s_whole with { OutputDeviation = [1, double.PositiveInfinity] });
        Assert.Null(SurrogateFile.Objection(s_whole with { OutputMean = [0, -1], OutputDeviation = [5e-324, 1] }));
    }

    [Fact]
    public void The_scales_of_logarithms_are_finite_and_come_back()
    {
        LogarithmScale scale = new(-3, 2);
        AssertBroken("logarithms", s_whole with { OutputLogarithms = [scale] });
        AssertBroken("logarithms", s_whole with { OutputLogarithms = default });
        AssertBroken("logarithms", s_whole with { OutputLogarithms = [null, scale with { Mean = double.NaN }] });
        AssertBroken("logarithms", s_whole with { OutputLogarithms = [null, scale with { Deviation = 0 }] });
        AssertBroken("logarithms", s_whole with { OutputLogarithms = [null, scale with { Deviation = double.PositiveInfinity }] });
        Assert.Equal([null, scale], SurrogateFile.FromContainer(SurrogateFile.ToContainer(s_whole with { OutputLogarithms = [null, scale] })).OutputLogarithms);
        Assert.DoesNotContain("output_logarithms", SurrogateFile.ToContainer(s_whole with { OutputLogarithms = [null, null] }).Metadata.Keys);
    }

    [Fact]
    public void What_rows_cover_is_within_the_ranges_and_comes_back()
    {
        Surrogate With(params Interval[] covered) => s_whole with { Covered = [.. covered] };
        Interval[] ranges = [.. s_whole.Signature.Inputs.Select(i => i.Range)];
        Interval inner = new(ranges[0].Middle, ranges[0].High), point = new(ranges[1].Low, ranges[1].Low);
        Surrogate sound = SurrogateFile.FromContainer(SurrogateFile.ToContainer(With(inner, point)));
        Assert.Equal([inner, point], sound.Covered);
        Assert.Equal([inner, point], sound.Believed);
        Assert.Equal(ranges, s_whole.Believed);
        AssertBroken("trained on", With(inner));
        AssertBroken("trained on", With(inner, new Interval(ranges[1].Low, Math.BitIncrement(ranges[1].High))));
        AssertBroken("trained on", With(inner, new Interval(Math.BitDecrement(ranges[1].Low), ranges[1].High)));
        AssertBroken("trained on", With(inner, new Interval(ranges[1].High, ranges[1].Low)));
        AssertBroken("trained on", With(inner, new Interval(double.NaN, ranges[1].High)));
    }

    [Fact]
    public void The_values_of_an_output_are_a_few_whole_numbers_of_its_type_in_their_order()
    {
        Surrogate bytes = With(s => s with { Outputs = [.. s.Outputs.Select(o => o with { Kind = ScalarKind.UInt8 })] });
        string? Objection(params double[] values) => SurrogateFile.Objection(bytes with { OutputValues = [[], [.. values]] });
        Assert.Null(Objection());
        Assert.Null(Objection(0, 255));
        Assert.Null(Objection([.. Enumerable.Range(0, 16).Select(i => (double)i)]));
        foreach (double[] values in (double[][])[[3], [0, 256], [-1, 0], [0, 0.5], [1, 3, 2], [3, 1, 2], [1, 1], [.. Enumerable.Range(0, 17).Select(i => (double)i)]])
        {
            Assert.Contains("an output has values", Objection(values), StringComparison.Ordinal);
        }

        AssertBroken("an output has values", s_whole with { OutputValues = [[], [0, 1]] }); // Of doubles.
        AssertBroken("an output has values", bytes with { OutputValues = [[0, 1]] });
        AssertBroken("an output has values", bytes with { OutputValues = default });
        AssertBroken("an output has values", bytes with { OutputValues = [[], default] });
        Assert.DoesNotContain("output_values", SurrogateFile.ToContainer(bytes with { OutputValues = [[], []] }).Metadata.Keys);
        Surrogate known = bytes with { OutputValues = [[], [0, 255]] };
        Assert.Equal([[], [0.0, 255]], SurrogateFile.FromContainer(SurrogateFile.ToContainer(known)).OutputValues.Select(v => v.ToArray()));
    }

    [Fact]
    public void Long_paths_and_model_names_are_cut_to_what_can_be_stored()
    {
        Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(s_whole with
        {
            Program = s_whole.Program with { Path = new string('p', 5000) }, Provenance = s_whole.Provenance with { Model = new string('m', 257) },
        }));
        Assert.Equal((new string('p', 4096), new string('m', 256)), (back.Program.Path, back.Provenance.Model));
    }

    [Fact]
    public void Fixed_variables_ignored_outputs_and_both_seeds_come_back()
    {
        Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(With(s => s with { Fixed = [new("n", 3), new("m", -0.5)], Ignored = ["return", "y[2]"] }) with
        {
            Provenance = s_whole.Provenance with { Seed = 5, TuningSeed = 6 },
        }));
        Assert.Equal([("n", 3), ("m", -0.5)], back.Signature.Fixed.Select(f => (f.Name, f.Value)));
        Assert.Equal(["return", "y[2]"], back.Signature.Ignored);
        Assert.Equal((5, 6), (back.Provenance.Seed, back.Provenance.TuningSeed));
        Assert.Empty(SurrogateFile.FromContainer(SurrogateFile.ToContainer(s_whole)).Signature.Fixed);
    }

    [Fact]
    public void Functions_that_pointers_are_come_back_and_are_names()
    {
        Surrogate bound = With(s => s with { Fixed = [new("g", 0) { Function = "twice" }, new("n", 3)] });
        Assert.Equal(["twice", null], SurrogateFile.FromContainer(SurrogateFile.ToContainer(bound)).Signature.Fixed.Select(f => f.Function));
        AssertBroken("fixed to no function", With(s => s with { Fixed = [new("g", 0) { Function = "twice(); exit(1); //" }] }));
    }

    [Fact]
    public void The_rows_that_were_trained_on_are_read_from_the_provenance()
    {
        var rows = new SampleSet(1, 1, [1, 2], [3, 4]);
        Provenance tuned = s_whole.Provenance with { TrainedRows = RowFingerprints.Of(rows).ToString() };
        Assert.Equal((2, true, false), (tuned.SeenRows().Count, tuned.SeenRows().Contains([2]), tuned.SeenRows().Contains([3])));
        Assert.Equal(0, (tuned with { TrainedRows = "?" }).SeenRows().Count);
    }

    private static Surrogate Of(IEnumerable<int> hidden) => SampleSurrogates.Create(new Topology(1, [.. hidden], 1));

    private static Surrogate With(Func<ProgramSignature, ProgramSignature> change) => s_whole with { Program = s_whole.Program with { Signature = change(s_whole.Signature) } };

    private static void AssertBroken(string rule, Surrogate surrogate)
    {
        Assert.Contains(rule, SurrogateFile.Objection(surrogate), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SurrogateFile.ToContainer(surrogate));
    }
}
