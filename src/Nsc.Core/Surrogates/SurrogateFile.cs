// Surrogates on disk: tensors for the weights, metadata for everything else, in one safetensors file.

using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Nsc.Core.Programs;
using Nsc.Core.Text;

namespace Nsc.Core.Surrogates;

/// <summary>
/// Saves and loads <c>.surrogate</c> files. Layer l is stored as <c>layer{l}.weight</c> (outputs, rows, columns) and
/// <c>layer{l}.bias</c> (outputs, rows). The metadata are text; lists and records among them are JSON. The program is stored as its unit; its entry is
/// written again by the front end when it has checked the unit.
/// </summary>
public static class SurrogateFile
{
    /// <summary>The value of the metadata entry <c>format</c>.</summary>
    public const string Format = "nsc-surrogate";

    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 2;

    /// <summary>Saves atomically. Throws <see cref="ArgumentException"/> for a surrogate that could not be loaded again.</summary>
    public static void Save(string path, Surrogate surrogate) => ToContainer(surrogate).Save(path);

    /// <summary>Loads and checks a surrogate.</summary>
    /// <exception cref="ContainerException">The file is damaged or is not a surrogate.</exception>
    public static Surrogate Load(string path) => FromContainer(TensorContainer.Load(path));

    /// <summary>Why a surrogate could not be loaded again, in words; null when it could.</summary>
    public static string? Objection(Surrogate surrogate) => SurrogateRules.Violation(Shown(surrogate));

    /// <summary>The surrogate as it is stored. Throws <see cref="ArgumentException"/> for one that could not be loaded again.</summary>
    public static TensorContainer ToContainer(Surrogate surrogate)
    {
        surrogate = Shown(surrogate);
        if (SurrogateRules.Violation(surrogate) is string violation)
        {
            throw new ArgumentException(violation, nameof(surrogate));
        }

        return new TensorContainer(ToTensors(surrogate), ToMetadata(surrogate));
    }

    /// <summary>The surrogate that a container holds.</summary>
    /// <exception cref="ContainerException">The container holds something else, or a surrogate that breaks a rule.</exception>
    public static Surrogate FromContainer(TensorContainer container)
    {
        Surrogate surrogate;
        try
        {
            surrogate = Read(new MetadataReader(container.Metadata), container);
        }
        catch (JsonException error)
        {
            throw new ContainerException("a metadata entry is not what it must be: " + error.Message, error);
        }

        return SurrogateRules.Violation(surrogate) is string violation ? throw new ContainerException(violation) : surrogate;
    }

    // A user's own files may have any names; what is stored of them is what can be shown.
    private static Surrogate Shown(Surrogate surrogate) => surrogate with
    {
        Program = surrogate.Program with { Path = Shown(surrogate.Program.Path, TextRules.MaxPath) },
        Provenance = surrogate.Provenance.Model is { } model
            ? surrogate.Provenance with { Model = Shown(model, TextRules.MaxName) }
            : surrogate.Provenance,
    };

    private static string Shown(string name, int longest)
    {
        string shown = PrintableText.OneLine(name);
        return shown.Length <= longest ? shown : PrintableText.OneLine(shown[..longest])[..longest];
    }

    private static ImmutableArray<Tensor> ToTensors(Surrogate surrogate)
    {
        Topology topology = surrogate.Topology;
        var tensors = ImmutableArray.CreateBuilder<Tensor>();
        for (int l = 0; l < topology.LayerCount; l++)
        {
            Layer layer = surrogate.Layers[l];
            tensors.Add(new Tensor(WeightName(l), [topology.Outputs, topology.Rows(l), topology.Columns(l)], [.. layer.Weight]));
            tensors.Add(new Tensor(BiasName(l), [topology.Outputs, topology.Rows(l)], [.. layer.Bias]));
        }

        return tensors.ToImmutable();
    }

    private static ImmutableSortedDictionary<string, string> ToMetadata(Surrogate surrogate)
    {
        CProgram program = surrogate.Program;
        var metadata = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        metadata["format"] = Format;
        metadata["version"] = Version.ToString(CultureInfo.InvariantCulture);
        metadata["function"] = program.Signature.Function;
        metadata["prototype"] = program.Signature.Prototype;
        metadata["inputs"] = JsonSerializer.Serialize(program.Signature.Inputs, SurrogateJson.Default.ImmutableArrayInputVariable);
        metadata["outputs"] = JsonSerializer.Serialize(program.Signature.Outputs, SurrogateJson.Default.ImmutableArrayOutputVariable);
        if (!program.Signature.Fixed.IsEmpty)
        {
            metadata["fixed"] = JsonSerializer.Serialize(program.Signature.Fixed, SurrogateJson.Default.ImmutableArrayFixedVariable);
        }

        if (!program.Signature.Ignored.IsEmpty)
        {
            metadata["ignored"] = JsonSerializer.Serialize(program.Signature.Ignored, SurrogateJson.Default.ImmutableArrayString);
        }

        metadata["source_path"] = program.Path;
        metadata["unit"] = program.Source;
        metadata["topology"] = JsonSerializer.Serialize(surrogate.Topology, SurrogateJson.Default.Topology);
        metadata["output_mean"] = JsonSerializer.Serialize(surrogate.OutputMean, SurrogateJson.Default.ImmutableArrayDouble);
        metadata["output_deviation"] = JsonSerializer.Serialize(surrogate.OutputDeviation, SurrogateJson.Default.ImmutableArrayDouble);
        if (surrogate.OutputValues.Any(v => !v.IsEmpty))
        {
            metadata["output_values"] = JsonSerializer.Serialize(surrogate.OutputValues, SurrogateJson.Default.ImmutableArrayImmutableArrayDouble);
        }

        if (surrogate.OutputLogarithms.Any(l => l is not null))
        {
            metadata["output_logarithms"] = JsonSerializer.Serialize(surrogate.OutputLogarithms, SurrogateJson.Default.ImmutableArrayLogarithmScale);
        }

        if (!surrogate.Covered.IsEmpty)
        {
            metadata["covered"] = JsonSerializer.Serialize(surrogate.Covered, SurrogateJson.Default.ImmutableArrayInterval);
        }

        if (surrogate.Conformal is { } conformal)
        {
            metadata["conformal"] = JsonSerializer.Serialize(conformal, SurrogateJson.Default.ConformalErrors);
        }

        metadata["provenance"] = JsonSerializer.Serialize(surrogate.Provenance, SurrogateJson.Default.Provenance);
        return metadata.ToImmutable();
    }

    private static Surrogate Read(MetadataReader metadata, TensorContainer container)
    {
        if (metadata.Text("format") != Format)
        {
            throw new ContainerException($"this is a '{metadata.Text("format")}' file, not a surrogate");
        }

        if (metadata.Text("version") != Version.ToString(CultureInfo.InvariantCulture))
        {
            throw new ContainerException($"the surrogate has format version {metadata.Text("version")}; this nsc reads version {Version}: compile its program again");
        }

        var signature = new ProgramSignature(
            metadata.Text("function"), metadata.Text("prototype"),
            metadata.Json("inputs", SurrogateJson.Default.ImmutableArrayInputVariable),
            metadata.Json("outputs", SurrogateJson.Default.ImmutableArrayOutputVariable))
        {
            Fixed = metadata.Has("fixed") ? metadata.Json("fixed", SurrogateJson.Default.ImmutableArrayFixedVariable) : [],
            Ignored = metadata.Has("ignored") ? metadata.Json("ignored", SurrogateJson.Default.ImmutableArrayString) : [],
        };
        var program = new CProgram(metadata.Text("source_path"), metadata.Text("unit"), EntrySource: "", signature);
        Topology topology = metadata.Json("topology", SurrogateJson.Default.Topology);
        return new Surrogate(
            program, topology, ReadLayers(container, topology),
            metadata.Json("output_mean", SurrogateJson.Default.ImmutableArrayDouble),
            metadata.Json("output_deviation", SurrogateJson.Default.ImmutableArrayDouble),
            metadata.Json("provenance", SurrogateJson.Default.Provenance))
        {
            OutputValues = metadata.Has("output_values") ? metadata.Json("output_values", SurrogateJson.Default.ImmutableArrayImmutableArrayDouble) : [],
            OutputLogarithms = metadata.Has("output_logarithms") ? metadata.Json("output_logarithms", SurrogateJson.Default.ImmutableArrayLogarithmScale) : [],
            Covered = metadata.Has("covered") ? metadata.Json("covered", SurrogateJson.Default.ImmutableArrayInterval) : [],
            Conformal = metadata.Has("conformal") ? metadata.Json("conformal", SurrogateJson.Default.ConformalErrors) : null,
        };
    }

    private static ImmutableArray<Layer> ReadLayers(TensorContainer container, Topology topology)
    {
        if (topology.Hidden.IsDefault || container.Tensors.Length != 2 * topology.LayerCount)
        {
            throw new ContainerException($"the file holds {container.Tensors.Length} tensors, which is not two for each layer of its topology");
        }

        var layers = ImmutableArray.CreateBuilder<Layer>(topology.LayerCount);
        for (int l = 0; l < topology.LayerCount; l++)
        {
            layers.Add(new Layer(
                ReadTensor(container, WeightName(l), [topology.Outputs, topology.Rows(l), topology.Columns(l)]),
                ReadTensor(container, BiasName(l), [topology.Outputs, topology.Rows(l)])));
        }

        return layers.MoveToImmutable();
    }

    private static ImmutableArray<float> ReadTensor(TensorContainer container, string name, int[] shape)
    {
        Tensor tensor = container.Find(name) ?? throw new ContainerException($"the file has no tensor '{name}'");
        return tensor.Shape.AsSpan().SequenceEqual(shape)
            ? ImmutableCollectionsMarshal.AsImmutableArray(tensor.Values)
            : throw new ContainerException(
                $"tensor '{name}' has the shape [{string.Join(", ", tensor.Shape)}], but the topology asks for [{string.Join(", ", shape)}]");
    }

    private static string WeightName(int layer) => $"layer{layer}.weight";

    private static string BiasName(int layer) => $"layer{layer}.bias";
}
