// nsc inspect: what a surrogate or a CompNet checkpoint is and how it was made.

using System.CommandLine;
using Nsc.CommandLine.Json;
using Nsc.CommandLine.Reporting;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Core.Text;
using Nsc.Engine.Emission;

namespace Nsc.CommandLine.Verbs;

internal static class InspectVerb
{
    private static readonly Argument<FileInfo> s_file = new("FILE") { Description = "A surrogate or a CompNet checkpoint." };
    private static readonly Option<bool> s_sensitivity = new("--sensitivity")
    {
        Description = "Of a surrogate: which inputs decide each output, as shares of its variance over the ranges (Sobol' indices).",
    };

    private static readonly Option<bool> s_json = Options.Json();

    public static Command Create() => new Command("inspect", "Show what a surrogate or checkpoint is and how it was made.")
    {
        s_file, s_sensitivity, s_json,
    }.WithAction(Run);

    private static ExitCode Run(ParseResult parse, Terminal terminal, CancellationToken cancellationToken)
    {
        FileInfo file = parse.GetRequiredValue(s_file);
        if (!file.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"no such file: '{file}'");
        }

        try
        {
            Show(file, parse, terminal);
            return ExitCode.Success;
        }
        catch (ContainerException damage)
        {
            throw new CommandException(ExitCode.Refused, $"'{file}': {damage.Message}");
        }
    }

    private static void Show(FileInfo file, ParseResult parse, Terminal terminal)
    {
        (bool json, TextWriter output) = (parse.GetValue(s_json), terminal.Output);
        TensorContainer container = TensorContainer.Load(file.FullName);
        if (parse.GetValue(s_sensitivity))
        {
            _ = CompNetCheckpoint.IsCheckpoint(container) ? throw new CommandException(ExitCode.Usage, $"--sensitivity is for surrogates; '{file}' is a checkpoint") : 0;
            SensitivityTables.Show(SurrogateFile.FromContainer(container), json, terminal);
        }
        else if (CompNetCheckpoint.IsCheckpoint(container))
        {
            ShowCheckpoint(CompNetCheckpoint.FromContainer(container), json, output);
        }
        else
        {
            ShowSurrogate(SurrogateFile.FromContainer(container), json, output);
        }
    }

    private static void ShowCheckpoint(CompNetCheckpoint checkpoint, bool json, TextWriter output)
    {
        CompNetOptions shape = checkpoint.Shape;
        long parameters = checkpoint.Tensors.Where(t => t.Name.StartsWith(CompNetCheckpoint.NetPrefix, StringComparison.Ordinal)).Sum(t => (long)t.Values.Length);
        if (json)
        {
            NscJson.Write(output, new CheckpointJson(
                shape.Width, shape.Heads, shape.FeedForward, shape.EmissionWidth, shape.CoveringInputs, shape.SurrogateWidth,
                parameters, checkpoint.Notes.ToDictionary(n => n.Key, n => n.Value)));
            return;
        }

        string form = shape.Architecture == Architectures.Dataflow ? $", width {shape.Width}, {shape.Heads} heads, feed-forward {shape.FeedForward}" : "";
        output.WriteLine($"CompNet checkpoint, {shape.Architecture}: {parameters} parameters{form}");
        output.WriteLine($"emits: {shape.CoveringInputs}-{shape.SurrogateWidth}-{shape.SurrogateWidth}-1 tanh");
        foreach ((string key, string value) in checkpoint.Notes)
        {
            output.WriteLine(PrintableText.OneLine($"{key}: {value}"));
        }
    }

    private static void ShowSurrogate(Surrogate surrogate, bool json, TextWriter output)
    {
        ProgramSignature signature = surrogate.Signature;
        Provenance made = surrogate.Provenance;
        if (json)
        {
            NscJson.Write(output, new SurrogateJson(
                signature.Function, signature.Prototype, [.. signature.Inputs.Select(InputJson.Of)],
                [.. signature.Outputs.Select(o => o.Name)],
                [surrogate.Topology.Inputs, .. surrogate.Topology.Hidden, surrogate.Topology.Outputs],
                surrogate.Topology.Activation.ToString().ToLowerInvariant(), [.. surrogate.OutputMean], [.. surrogate.OutputDeviation],
                made.Init, made.Model, made.ModelHash, made.SourceHash, made.Seed, made.TuningSeed, made.Samples, made.Steps, made.BestStep,
                made.Estimate?.Nmse, made.Estimate is { } estimate ? [estimate.Low, estimate.High] : null, made.IsGraphExact, made.ToolVersion,
                [.. signature.Outputs.Select((_, k) => surrogate.ScaleOf(k).IsLogarithmic ? "relative" : "squared")]));
            return;
        }

        foreach (string line in SurrogateFacts.Lines(surrogate))
        {
            output.WriteLine(line);
        }
    }
}
