// A surrogate survives the disk unchanged, and a file that is sealed but makes no sense is refused.

using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;

namespace Nsc.Tests.Core.Surrogates;

public sealed class SurrogateFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("nsc-test-").FullName;

    private static Surrogate Sample => SampleSurrogates.Create(new Topology(3, [8, 4], 2));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_surrogate_comes_back_as_it_was()
    {
        string path = Path.Combine(_directory, "f.surrogate");
        Surrogate sample = Sample;
        SurrogateFile.Save(path, sample);

        Surrogate back = SurrogateFile.Load(path);

        Assert.Equal(sample.Program with { Signature = back.Signature }, back.Program);
        Assert.Equal(sample.Signature.Function, back.Signature.Function);
        Assert.Equal(sample.Signature.Prototype, back.Signature.Prototype);
        Assert.Equal(sample.Signature.Inputs, back.Signature.Inputs);
        Assert.Equal(sample.Signature.Outputs, back.Signature.Outputs);
        Assert.Equal(sample.Topology, back.Topology);
        Assert.Equal(sample.OutputMean, back.OutputMean);
        Assert.Equal(sample.OutputDeviation, back.OutputDeviation);
        Assert.Equal(sample.Provenance, back.Provenance);
        Assert.Equal(sample.Layers.SelectMany(l => l.Weight.Concat(l.Bias)), back.Layers.SelectMany(l => l.Weight.Concat(l.Bias)));
    }

    [Fact]
    public void A_surrogate_without_model_or_measured_error_comes_back_as_it_was()
    {
        Provenance provenance = Sample.Provenance with { Init = Provenance.RandomInit, Model = null, ModelHash = null, Estimate = null };

        Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(Sample with { Provenance = provenance }));

        Assert.Equal(provenance, back.Provenance);
    }

    [Fact]
    public void Damage_on_the_disk_is_reported_as_a_container_error()
    {
        string path = Path.Combine(_directory, "f.surrogate");
        SurrogateFile.Save(path, Sample);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);

        Assert.Contains("checksum", Assert.Throws<ContainerException>(() => SurrogateFile.Load(path)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string, string> BadEntries => new()
    {
        { "format", "nsc-compnet", "not a surrogate" },
        { "version", "1", "compile its program again" },
        { "function", "f; system(0)", "identifiers" },
        { "prototype", "float f()\n", "control characters" },
        { "unit", "int main() {}", "hash" },
        { "inputs", "[]", "no inputs" },
        { "inputs", "[null]", "no inputs" },
        { "inputs", "null", "metadata entry" },
        { "inputs", "[{\"name\":\"x\"}]", "metadata entry" },
        { "inputs", "not JSON", "metadata entry" },
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":1,\"high\":1}}]", "impossible range" },
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1,\"is_logarithmic\":true}}]", "impossible range" },
        { "output_values", "null", "metadata entry" },
        { "output_values", "[[0,1]]", "output has values" },
        { "output_values", "[[0,1],null]", "metadata entry" },
        { "output_values", "[[0,1],[]]", "output has values" }, // Of a double.
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":5e-324}}]", "impossible range" },
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1e999}}]", "impossible range" },
        { "inputs", "[{\"name\":\"x\",\"kind\":99,\"range\":{\"low\":0,\"high\":1}}]", "no known type" },
        { "inputs", "[{\"name\":\"*/\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1}}]", "name" },
        { "inputs", "[{\"name\":null,\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1}}]", "metadata entry" },
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1},\"more\":1}]", "metadata entry" },
        { "inputs", "[{\"name\":\"x\",\"kind\":\"Float\",\"range\":{\"low\":0,\"high\":1}}]", "the network has 3 inputs" },
        { "outputs", "[{\"name\":\"a\",\"kind\":\"Float\"},{\"name\":\"a\",\"kind\":\"Float\"}]", "two outputs" },
        { "topology", "{\"inputs\":3,\"hidden\":[8,5],\"outputs\":2,\"activation\":\"Tanh\"}", "shape" },
        { "topology", "{\"inputs\":3,\"hidden\":[8],\"outputs\":2,\"activation\":\"Tanh\"}", "tensors" },
        { "topology", "{\"inputs\":3,\"hidden\":null,\"outputs\":2,\"activation\":\"Tanh\"}", "metadata entry" },
        { "topology", "{\"inputs\":3,\"hidden\":[8,4],\"outputs\":2,\"activation\":\"Sine\"}", "metadata entry" },
        { "topology", "{\"inputs\":3,\"hidden\":[8,4],\"outputs\":2,\"activation\":9}", "known activation" },
        { "output_mean", "[0]", "mean and a deviation" },
        { "output_mean", "[0,1e999]", "finite" },
        { "output_deviation", "[1,0]", "positive" },
        { "provenance", "{}", "metadata entry" },
    };

    [Theory]
    [MemberData(nameof(BadEntries))]
    public void A_sealed_file_with_a_bad_entry_is_refused_with_the_reason(string key, string value, string reason)
    {
        TensorContainer container = SurrogateFile.ToContainer(Sample);

        var error = Assert.Throws<ContainerException>(
            () => SurrogateFile.FromContainer(container with { Metadata = container.Metadata.SetItem(key, value) }));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> Strings => [.. (string[])["function", "prototype", "source_path", "input", "output", "init", "model", "model_hash", "tool_version", "source_hash"]];

    [Theory]
    [MemberData(nameof(Strings))]
    public void Every_string_is_refused_when_it_is_hostile(string which)
    {
        TensorContainer container = SurrogateFile.ToContainer(Sample);
        IEnumerable<string> storable = HostileText.All.Where(t => JsonSerializer.Deserialize<string>(JsonSerializer.Serialize(t)) == t);
        string[] hostile = [.. storable.Where(t => !char.IsAsciiLetter(t[0]) || !PrintableText.IsOneLine(t)).Append(new string('x', 20_000))];
        bool takesPunctuation = which is "prototype" or "source_path" or "model";
        Assert.All(hostile.Where(t => !takesPunctuation || !PrintableText.IsOneLine(t) || t.Length > 10_000), text => Assert.Throws<ContainerException>(
            () => SurrogateFile.FromContainer(With(container, which, text))));
    }

    [Fact]
    public void A_path_and_a_model_s_name_are_stored_as_they_can_be_shown()
    {
        Surrogate odd = Sample with { Program = Sample.Program with { Path = "a\u001b[31m\n.c" }, Provenance = Sample.Provenance with { Model = "\u202emodel" + new string('x', 300) } };
        Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(odd));
        Assert.Equal("a<U+001B>[31m<U+000A>.c", back.Program.Path);
        Assert.StartsWith("<U+202E>modelxxx", back.Provenance.Model, StringComparison.Ordinal);
    }

    private static TensorContainer With(TensorContainer container, string which, string text)
    {
        string json = JsonSerializer.Serialize(text);
        (string key, string value) = which switch
        {
            "input" => ("inputs", $"[{string.Join(',', Enumerable.Range(0, 3).Select(i => $"{{\"name\":{(i == 0 ? json : $"\"y{i}\"")},\"kind\":\"Float\",\"range\":{{\"low\":0,\"high\":1}}}}"))}]"),
            "output" => ("outputs", $"[{{\"name\":{json},\"kind\":\"Float\"}},{{\"name\":\"b\",\"kind\":\"Float\"}}]"),
            "function" or "prototype" or "source_path" => (which, text),
            _ => ("provenance", Regex.Replace(container.Metadata["provenance"], $"\"{which}\":\"[^\"]*\"", _ => $"\"{which}\":{json}")),
        };
        return container with { Metadata = container.Metadata.SetItem(key, value) };
    }

    [Fact]
    public void Every_entry_is_needed()
    {
        TensorContainer container = SurrogateFile.ToContainer(Sample);
        Assert.All(container.Metadata.Keys, key =>
        {
            var error = Assert.Throws<ContainerException>(
                () => SurrogateFile.FromContainer(container with { Metadata = container.Metadata.Remove(key) }));
            Assert.Contains($"'{key}'", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_missing_renamed_or_infinite_tensor_is_refused()
    {
        TensorContainer container = SurrogateFile.ToContainer(Sample);
        Tensor first = container.Tensors[0];
        ImmutableArray<Tensor>[] bad =
        [
            container.Tensors.RemoveAt(0),
            container.Tensors.SetItem(0, first with { Name = "layer9.weight" }),
            container.Tensors.SetItem(0, first with { Shape = [2, 3, 8] }),
            container.Tensors.SetItem(0, first with { Values = [.. first.Values.Skip(1), float.NaN] }),
        ];

        Assert.All(bad, tensors => Assert.Throws<ContainerException>(() => SurrogateFile.FromContainer(container with { Tensors = tensors })));
    }

    [Fact]
    public void A_surrogate_that_breaks_a_rule_is_not_saved()
    {
        string path = Path.Combine(_directory, "f.surrogate");

        Assert.Throws<ArgumentException>(() => SurrogateFile.Save(path, Sample with { OutputMean = [0] }));

        Assert.Empty(Directory.GetFiles(_directory));
    }

    [Fact]
    public void Every_scalar_kind_survives()
    {
        Assert.All(Enum.GetValues<ScalarKind>(), kind =>
        {
            Surrogate sample = SampleSurrogates.Create(new Topology(1, [2], 1));
            ProgramSignature signature = sample.Signature with
            {
                Inputs = [new InputVariable("x", kind, new Interval(-1e300, 1e-300))],
                Outputs = [new OutputVariable("return", kind)],
            };
            Surrogate back = SurrogateFile.FromContainer(SurrogateFile.ToContainer(sample with { Program = sample.Program with { Signature = signature } }));
            Assert.Equal(signature.Inputs, back.Signature.Inputs);
            Assert.Equal(signature.Outputs, back.Signature.Outputs);
        });
    }
}
