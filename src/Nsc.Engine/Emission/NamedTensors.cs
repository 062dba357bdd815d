// From the rows and columns that a checkpoint has to those that this version reads. What the checkpoint does not name starts at zero: it
// adds nothing to what the network computes of programs that do not use it.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Emission;

/// <summary>The tensors of which a dimension runs over names.</summary>
internal static class NamedTensors
{
    /// <summary>
    /// A network's tensors with the rows and columns of another vocabulary. Throws <see cref="ContainerException"/> when a tensor is not as
    /// large as its names say.
    /// </summary>
    public static ImmutableArray<Tensor> Convert(ImmutableArray<Tensor> tensors, CompNetOptions shape, CompNetVocabulary from, CompNetVocabulary to) =>
        [.. tensors.Select(t => Labels(t.Name, shape, from) is { } old ? Convert(t, old, Labels(t.Name, shape, to)!) : t)];

    private static Tensor Convert(Tensor tensor, string[] from, string[] to)
    {
        int dimension = IsByColumn(tensor.Name) ? 1 : 0;
        if (tensor.Shape.Length <= dimension || tensor.Shape[dimension] != from.Length)
        {
            throw new ContainerException($"tensor '{tensor.Name}' is not as large as the checkpoint's names say");
        }

        Dictionary<string, int> places = from.Select((label, i) => (label, i)).ToDictionary(p => p.label, p => p.i, StringComparer.Ordinal);
        int[] source = Array.ConvertAll(to, label => places.GetValueOrDefault(label, -1));
        int stride = tensor.Shape.Skip(dimension + 1).Aggregate(1, (a, b) => a * b), blocks = dimension == 0 ? 1 : tensor.Shape[0];
        var values = new float[blocks * to.Length * stride];
        for (int block = 0; block < blocks; block++)
        {
            for (int i = 0; i < to.Length; i++)
            {
                if (source[i] >= 0)
                {
                    tensor.Values.AsSpan(((block * from.Length) + source[i]) * stride, stride).CopyTo(values.AsSpan(((block * to.Length) + i) * stride));
                }
            }
        }

        return new Tensor(tensor.Name, tensor.Shape.SetItem(dimension, to.Length), values);
    }

    private static bool IsByColumn(string tensor) => Plain(tensor) is "_compose._featuresIn.weight" or "_constantIn.weight";

    // What the rows, or the columns, of a tensor stand for; null when nothing of it is named.
    private static string[]? Labels(string tensor, CompNetOptions shape, CompNetVocabulary names) => Plain(tensor) switch
    {
        "_compose._opcode.weight" => [.. names.Opcodes],
        "_compose._kind.weight" => [.. names.Kinds],
        "_compose._query.weight" or "_compose._bias.weight" or "_compose._scale.weight" =>
            [.. names.Opcodes.SelectMany(o => Enumerable.Range(0, Opcodes.MaxArity).Select(position => $"{o} {position}"))],
        "_compose._featuresIn.weight" =>
            [.. names.Scalars, .. names.InputFeatures.SelectMany(f => Enumerable.Range(0, shape.CoveringInputs).Select(slot => $"{f} of input {slot}"))],
        "_constantIn.weight" => [.. names.Constants],
        "_token.weight" => [.. names.Tokens],
        "_emit.weight" or "_emit.bias" =>
        [
            .. Enumerable.Range(0, shape.Nets.WeightCount).Select(w => $"weight {w}"),
            .. Enumerable.Range(0, shape.Nets.FirstWidth).SelectMany(row => names.Directions.Select(d => $"{d} in row {row}")),
        ],
        _ => null,
    };

    private static string Plain(string tensor) =>
        tensor.StartsWith(CompNetCheckpoint.NetPrefix, StringComparison.Ordinal) ? tensor[CompNetCheckpoint.NetPrefix.Length..] : "";
}
