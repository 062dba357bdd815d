// What makes a surrogate whole. A file that passes its checksum can still be nonsense, or hostile.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Text;

namespace Nsc.Core.Surrogates;

/// <summary>The rules that every surrogate keeps, checked before it is saved and after it is loaded.</summary>
internal static class SurrogateRules
{
    /// <summary>The first rule that a surrogate breaks, in words; null when it keeps them all.</summary>
    public static string? Violation(Surrogate surrogate) =>
        Violation(surrogate.Program)
        ?? Violation(surrogate.Topology, surrogate.Signature)
        ?? Violation(surrogate.Layers, surrogate.Topology)
        ?? Violation(surrogate.OutputMean, surrogate.OutputDeviation, surrogate.Topology.Outputs)
        ?? Violation(surrogate.OutputValues, surrogate.Signature.Outputs)
        ?? Violation(surrogate.OutputLogarithms, surrogate.Topology.Outputs)
        ?? Violation(surrogate.Covered, surrogate.Signature.Inputs)
        ?? (surrogate.Conformal?.IsSensible(surrogate.Topology.Outputs) == false ? "its errors on other rows are no numbers, or not in their order" : null)
        ?? Violation(surrogate.Provenance, surrogate.Program.Source);

    private static string? Violation(CProgram program)
    {
        ProgramSignature signature = program.Signature;
        if (!TextRules.IsIdentifier(signature.Function) || !TextRules.IsIdentifier(program.EntryName))
        {
            return $"'{signature.Function}' and '{program.EntryName}' must both be C identifiers";
        }

        if (!TextRules.IsPrintable(signature.Prototype, TextRules.MaxPrototype))
        {
            return "the prototype holds control characters, or is too long";
        }

        if (!TextRules.IsPath(program.Path))
        {
            return "the program's path holds control characters, or is too long";
        }

        if (signature.Inputs.IsDefaultOrEmpty || signature.Outputs.IsDefaultOrEmpty || signature.Inputs.Contains(null!) || signature.Outputs.Contains(null!))
        {
            return "the program has no inputs or no outputs";
        }

        return NamesViolation("input", signature.Inputs.Select(i => i.Name))
            ?? NamesViolation("output", signature.Outputs.Select(o => o.Name))
            ?? (signature.Fixed.IsEmpty ? null : NamesViolation("fixed variable", signature.Fixed.Select(f => f.Name)))
            ?? (signature.Ignored.IsEmpty ? null : NamesViolation("ignored output", signature.Ignored))
            ?? signature.Fixed.Where(f => !double.IsFinite(f.Value)).Select(f => $"'{f.Name}' is fixed to no number").FirstOrDefault()
            ?? signature.Fixed.Where(f => f.Function is not null && !TextRules.IsIdentifier(f.Function)).Select(f => $"'{f.Name}' is fixed to no function").FirstOrDefault()
            ?? signature.Inputs.Select(Violation).FirstOrDefault(v => v is not null)
            ?? signature.Outputs.Where(o => !Enum.IsDefined(o.Kind)).Select(o => $"output '{o.Name}' has no known type").FirstOrDefault();
    }

    private static string? NamesViolation(string what, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            if (!TextRules.IsVariable(name))
            {
                return $"an {what} has a name that no C program gives it";
            }

            if (!seen.Add(name))
            {
                return $"two {what}s are named '{name}'";
            }
        }

        return null;
    }

    private static string? Violation(InputVariable input)
    {
        if (!Enum.IsDefined(input.Kind))
        {
            return $"input '{input.Name}' has no known type";
        }

        return input.Range.IsRange ? null : $"input '{input.Name}' has the impossible range {input.Range}";
    }

    private static string? Violation(Topology topology, ProgramSignature signature)
    {
        if (topology.Inputs != signature.Inputs.Length || topology.Outputs != signature.Outputs.Length)
        {
            return $"the network has {topology.Inputs} inputs and {topology.Outputs} outputs, "
                + $"the program {signature.Inputs.Length} and {signature.Outputs.Length}";
        }

        bool isBounded = !topology.Hidden.IsDefault && topology.Hidden.Length <= Topology.MaxHiddenLayers
            && topology.Hidden.Append(topology.Inputs).Append(topology.Outputs).All(w => w is > 0 and <= Topology.MaxWidth);
        return isBounded && Enum.IsDefined(topology.Activation)
            ? null
            : $"the topology must have at most {Topology.MaxHiddenLayers} hidden layers, widths from 1 to {Topology.MaxWidth} and a known activation";
    }

    private static string? Violation(ImmutableArray<Layer> layers, Topology topology)
    {
        if (layers.IsDefault || layers.Length != topology.LayerCount)
        {
            return $"the topology {topology} needs {topology.LayerCount} layers";
        }

        for (int l = 0; l < layers.Length; l++)
        {
            long biases = (long)topology.Outputs * topology.Rows(l);
            if (layers[l].Bias.Length != biases || layers[l].Weight.Length != biases * topology.Columns(l))
            {
                return $"layer {l} does not have the shape that the topology {topology} asks for";
            }

            if (!layers[l].Bias.All(float.IsFinite) || !layers[l].Weight.All(float.IsFinite))
            {
                return $"layer {l} has a weight that is not a finite number";
            }
        }

        return null;
    }

    private static string? Violation(ImmutableArray<double> mean, ImmutableArray<double> deviation, int outputs)
    {
        if (mean.IsDefault || deviation.IsDefault || mean.Length != outputs || deviation.Length != outputs)
        {
            return $"each of the {outputs} outputs needs a mean and a deviation";
        }

        return mean.All(double.IsFinite) && deviation.All(d => double.IsFinite(d) && d > 0)
            ? null
            : "the outputs' means must be finite and their deviations finite and positive";
    }

    private static string? Violation(ImmutableArray<ImmutableArray<double>> values, ImmutableArray<OutputVariable> outputs)
    {
        bool isSound = !values.IsDefault && (values.IsEmpty || values.Length == outputs.Length) && values.Zip(outputs).All(v =>
            !v.First.IsDefault && (v.First.IsEmpty || (v.First.Length is > 1 and <= OutputAnswer.MostValues && v.Second.Kind.IsInteger() && v.First.All(n => IsOf(v.Second.Kind, n))
                && v.First.Zip(v.First.Skip(1)).All(p => p.First < p.Second))));
        return isSound ? null : "an output has values that its type does not take, or not in their order";
    }

    private static string? Violation(ImmutableArray<LogarithmScale?> logarithms, int outputs)
    {
        bool isSound = !logarithms.IsDefault && (logarithms.IsEmpty || logarithms.Length == outputs)
            && logarithms.All(l => l is null || (double.IsFinite(l.Mean) && double.IsFinite(l.Deviation) && l.Deviation > 0));
        return isSound ? null : "the means of outputs' logarithms must be finite and their deviations finite and positive";
    }

    private static string? Violation(ImmutableArray<Interval> covered, ImmutableArray<InputVariable> inputs)
    {
        bool isSound = !covered.IsDefault && (covered.IsEmpty || (covered.Length == inputs.Length && covered.Zip(inputs).All(c =>
            c.First.Low >= c.Second.Range.Low && c.First.Low <= c.First.High && c.First.High <= c.Second.Range.High)));
        return isSound ? null : "what it was trained on is not within the inputs' ranges";
    }

    private static bool IsOf(ScalarKind kind, double value) => InputSampler.Limits(kind) is var limits && value >= limits.Low && value <= limits.High && value == Math.Floor(value);

    private static string? Violation(Provenance provenance, string source)
    {
        if (!Provenance.Inits.Contains(provenance.Init))
        {
            return $"the initialisation '{provenance.Init}' is not known";
        }

        if (!TextRules.IsVersion(provenance.ToolVersion))
        {
            return "the provenance names an impossible version of nsc";
        }

        if (provenance.Model is { } model && !TextRules.IsFileName(model))
        {
            return "the provenance names a model that no file can be";
        }

        if ((provenance.ModelHash is { } hash && !TextRules.IsHash(hash)) || !TextRules.IsHash(provenance.SourceHash))
        {
            return "the provenance holds a hash that is no SHA-256";
        }

        if (provenance.Samples < 0 || provenance.Seed < 0 || provenance.TuningSeed < 0 || provenance.Steps < 0 || provenance.BestStep < 0 || provenance.Estimate?.IsSensible == false)
        {
            return "the provenance holds a negative count, seed or error";
        }

        if (RowFingerprints.TryParse(provenance.TrainedRows) is null)
        {
            return "the provenance does not tell the rows that were trained on";
        }

        return provenance.SourceHash == Provenance.HashOf(source) ? null : "the program's source is not the one that its hash names";
    }
}
