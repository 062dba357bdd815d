// What an ONNX model says of itself: the names and ranges of its columns, for people and for programs.

using System.Globalization;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;

namespace Nsc.Export.Writing;

internal static class OnnxDocumentation
{
    public static string Model(Surrogate surrogate) => PrintableText.OneLine(string.Create(
        CultureInfo.InvariantCulture,
        $"A neural surrogate of {surrogate.Signature.Function}: {surrogate.Topology}. {Inputs(surrogate.Signature)} {Outputs(surrogate.Signature)}"));

    public static string Inputs(ProgramSignature signature) =>
        PrintableText.OneLine($"Columns of inputs: {string.Join(", ", signature.Inputs.Select(i => $"{i.Name} in {i.Range}"))}.");

    public static string Outputs(ProgramSignature signature) =>
        PrintableText.OneLine($"Columns of outputs: {string.Join(", ", signature.Outputs.Select(o => o.Name))}.");

    /// <summary>Keys and values of the model's metadata.</summary>
    public static IEnumerable<(string Key, string Value)> Metadata(ProgramSignature signature)
    {
        for (int i = 0; i < signature.Inputs.Length; i++)
        {
            InputVariable input = signature.Inputs[i];
            yield return ($"inputs[{i}].name", PrintableText.OneLine(input.Name));
            yield return ($"inputs[{i}].low", input.Range.Low.ToString("R", CultureInfo.InvariantCulture));
            yield return ($"inputs[{i}].high", input.Range.High.ToString("R", CultureInfo.InvariantCulture));
        }

        for (int k = 0; k < signature.Outputs.Length; k++)
        {
            yield return ($"outputs[{k}].name", PrintableText.OneLine(signature.Outputs[k].Name));
        }
    }

    /// <summary>Adds them to a model: messages of a key and a value.</summary>
    public static ProtobufWriter Entries(this ProtobufWriter model, int field, IEnumerable<(string Key, string Value)> entries)
    {
        foreach ((string key, string value) in entries)
        {
            model.Message(field, new ProtobufWriter().Text(1, key).Text(2, value));
        }

        return model;
    }
}
