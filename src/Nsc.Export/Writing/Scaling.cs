// The scaling around the network, once for all exporters: a network sees inputs in [-1, 1] and gives standardised outputs.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Export.Writing;

internal enum ScalingOperation
{
    Subtract,
    Divide,
    Multiply,
    Add,

    /// <summary>The logarithm of the inputs whose constant is 1; what is not positive counts as <see cref="Interval.LeastPositive"/>.</summary>
    Logarithm,

    /// <summary>The exponential of the outputs whose constant is 1, within the bounds of <see cref="NetScale"/>.</summary>
    Exponential,
}

/// <summary>One operation with a table of constants, which has one value for each input or output; an exporter writes it in its language.</summary>
internal sealed record ScalingStep(ScalingOperation Operation, string Table, ImmutableArray<double> Values)
{
    /// <summary>The step on a number.</summary>
    public double Apply(double value, int index) => Operation switch
    {
        ScalingOperation.Subtract => value - Values[index],
        ScalingOperation.Divide => value / Values[index],
        ScalingOperation.Multiply => Values[index] * value,
        ScalingOperation.Logarithm => Values[index] == 0 ? value : Math.Log(Math.Max(value, Interval.LeastPositive)),
        ScalingOperation.Exponential => Values[index] == 0 ? value : NetScale.Exponential(value),
        _ => Values[index] + value,
    };
}

/// <param name="Inputs">From the program's units to [-1, 1]: (x - middle) / half_width, where x may be a logarithm.</param>
/// <param name="Outputs">From the standardised output to the program's units: mean + deviation * y, or the exponential of that.</param>
internal sealed record Scaling(ImmutableArray<ScalingStep> Inputs, ImmutableArray<ScalingStep> Outputs)
{
    /// <summary>Every table, in the order in which files have them.</summary>
    public IEnumerable<ScalingStep> Tables => Inputs.Concat(Outputs.Reverse());

    public bool HasLogarithm => Inputs[0].Operation == ScalingOperation.Logarithm;

    public bool HasExponential => Outputs[^1].Operation == ScalingOperation.Exponential;

    public static Scaling Of(Surrogate surrogate) => Of(surrogate, [.. Enumerable.Range(0, surrogate.Topology.Outputs).Select(surrogate.ScaleOf)]);

    private static Scaling Of(Surrogate surrogate, NetScale[] outputs) => new(
        [
            .. surrogate.Signature.Inputs.Any(i => i.Range.IsLogarithmic)
                ? (ScalingStep[])[new(ScalingOperation.Logarithm, "logarithm", [.. surrogate.Signature.Inputs.Select(i => i.Range.IsLogarithmic ? 1.0 : 0.0)])] : [],
            new ScalingStep(ScalingOperation.Subtract, "middle", [.. surrogate.Signature.Inputs.Select(i => i.Range.Linear.Middle)]),
            new ScalingStep(ScalingOperation.Divide, "half_width", [.. surrogate.Signature.Inputs.Select(i => i.Range.Linear.HalfWidth)]),
        ],
        [
            new ScalingStep(ScalingOperation.Multiply, "deviation", [.. outputs.Select(o => o.Deviation)]),
            new ScalingStep(ScalingOperation.Add, "mean", [.. outputs.Select(o => o.Mean)]),
            .. outputs.Any(o => o.IsLogarithmic) ? (ScalingStep[])[new(ScalingOperation.Exponential, "exponential", [.. outputs.Select(o => o.IsLogarithmic ? 1.0 : 0.0)])] : [],
        ]);

    /// <summary>The steps one after the other, each written around what the one before gave.</summary>
    public static string Written(IEnumerable<ScalingStep> steps, string value, Func<ScalingStep, string, string> write) => steps.Aggregate(value, (inner, step) => write(step, inner));

    public static double Applied(IEnumerable<ScalingStep> steps, double value, int index) => steps.Aggregate(value, (inner, step) => step.Apply(inner, index));
}
