// What a surrogate is and how it was made, in words: for inspect and for the head of a report.

using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.CommandLine.Reporting;

internal static class SurrogateFacts
{
    public static IEnumerable<string> Lines(Surrogate surrogate)
    {
        Provenance made = surrogate.Provenance;
        yield return $"surrogate of {surrogate.Signature.Prototype}";
        yield return $"network: {surrogate.Topology}, {surrogate.Topology.ParametersPerOutput * surrogate.Topology.Outputs} parameters";
        foreach ((InputVariable input, Interval believed) in surrogate.Signature.Inputs.Zip(surrogate.Believed))
        {
            yield return $"  input  {input.Name} ({input.Kind.Spelling()}) in {input.Range}{(believed.Low > input.Range.Low || believed.High < input.Range.High ? $", trained on rows in {believed}" : "")}";
        }

        foreach ((OutputVariable output, int k) in surrogate.Signature.Outputs.Select((o, k) => (o, k)))
        {
            yield return $"  output {output.Name} ({output.Kind.Spelling()}), mean {surrogate.OutputMean[k]:G4}, deviation {surrogate.OutputDeviation[k]:G4}{(surrogate.ScaleOf(k).IsLogarithmic ? ", learned by its logarithm" : "")}";
        }

        yield return $"init: {made.Init}{(made.Model is null ? "" : $" ({made.Model}, {made.ModelHash?[..12]})")}, seed {made.Seed}, nsc {made.ToolVersion}";
        yield return made.Samples == 0
            ? "not fine-tuned"
            : $"fine-tuned: {made.Samples} samples, best step {made.BestStep} of {made.Steps}, seed {made.TuningSeed}{(made.Estimate is { } estimate ? $", {estimate}" : "")}";
        yield return $"source: SHA-256 {made.SourceHash[..12]}, {(made.IsGraphExact ? "the graph that was read computes what the program does" : "no graph was read, or an approximate one")}";
    }
}
