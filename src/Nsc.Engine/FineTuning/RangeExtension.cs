// Wider ranges for a surrogate, so that rows beyond the old ones are inputs like others. What it computes stays the same until it is fine-tuned.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.FineTuning;

public static class RangeExtension
{
    /// <summary>The surrogate with ranges that hold all rows, or why there is none.</summary>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    public static (Surrogate Surrogate, string? Obstacle) Over(Surrogate surrogate, ReadOnlySpan<double> inputs)
    {
        (ProgramSignature signature, string? obstacle) = Over(surrogate.Signature, inputs);
        return obstacle is not null ? (surrogate, obstacle)
            : (surrogate with { Program = surrogate.Program with { Signature = signature }, Layers = surrogate.Layers.SetItem(0, Shifted(surrogate, signature.Inputs)) }, null);
    }

    /// <summary>The signature with ranges that hold all rows, or why there is none.</summary>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    public static (ProgramSignature Signature, string? Obstacle) Over(ProgramSignature signature, ReadOnlySpan<double> inputs)
    {
        InputVariable[] after = [.. signature.Inputs];
        for (int at = 0; at < inputs.Length; at++)
        {
            int i = at % after.Length;
            Interval range = after[i].Range;
            after[i] = after[i] with { Range = range with { Low = Math.Min(range.Low, inputs[at]), High = Math.Max(range.High, inputs[at]) } };
        }

        if (Array.Find(after, a => !a.Range.IsRange) is { } impossible)
        {
            return (signature, $"the range of '{impossible.Name}' cannot be widened to {impossible.Range}");
        }

        return (signature with { Inputs = [.. after] }, null);
    }

    // What the first layer sees of an input was u = shift + factor * w, where it sees w now.
    private static Layer Shifted(Surrogate surrogate, ImmutableArray<InputVariable> after)
    {
        int columns = surrogate.Topology.Columns(0);
        float[] weight = [.. surrogate.Layers[0].Weight];
        double[] bias = [.. surrogate.Layers[0].Bias.Select(b => (double)b)];
        for (int at = 0; at < weight.Length; at++)
        {
            (int unit, int i) = (at / columns, at % columns);
            Interval old = surrogate.Signature.Inputs[i].Range.Linear, wide = after[i].Range.Linear;
            bias[unit] += weight[at] * (wide.Middle - old.Middle) / old.HalfWidth;
            weight[at] = (float)(weight[at] * (wide.HalfWidth / old.HalfWidth));
        }

        return new Layer([.. weight], [.. bias.Select(b => (float)b)]);
    }
}
