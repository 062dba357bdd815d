// What a surrogate in C takes of a small machine: memory, multiply-adds, and how long those last on some processors.

using System.Collections.Immutable;
using Nsc.Core.Surrogates;
using Nsc.Export.Writing;

namespace Nsc.Export;

/// <summary>A processor, as far as an estimate needs it.</summary>
/// <param name="MultiplyAdd">Cycles for a product that is added to a sum, with the two loads: of floats, by the manual's timing or, without a floating-point unit, by the C library's routines.</param>
/// <param name="Activation">Cycles of an activation.</param>
public sealed record Processor(string Name, int MultiplyAdd, int Activation)
{
    /// <summary>
    /// Those that an estimate can be given for. With a floating-point unit a multiply-add takes 3 cycles on a Cortex-M4 and a load 2 (Arm DDI 0439), one each on a Cortex-M7; without
    /// one a product and a sum take some 100 cycles of libgcc's routines on a Cortex-M3, twice as many on a Cortex-M0.
    /// </summary>
    public static ImmutableArray<Processor> All { get; } =
    [
        new("cortex-m0", 240, 4000), new("cortex-m3", 110, 1800), new("cortex-m4", 9, 80), new("cortex-m33", 9, 80), new("cortex-m7", 4, 45),
    ];
}

/// <summary>The memory and the work of an exported network.</summary>
/// <param name="TableBytes">Of its constants, which lie in flash.</param>
/// <param name="StackBytes">Of its buffers while it computes one row.</param>
/// <param name="MultiplyAdds">Products that are added up for one row.</param>
/// <param name="Activations">Activations for one row.</param>
public sealed record Footprint(int TableBytes, int StackBytes, int MultiplyAdds, int Activations)
{
    public static Footprint Of(Surrogate surrogate, ExportOptions options)
    {
        Topology shape = surrogate.Topology;
        (int real, int number) = (options.Precision == Precision.Single ? 4 : 8, options.IsSingleThroughout ? 4 : 8);
        int weights = surrogate.Layers.Sum(l => l.Weight.Length), biases = surrogate.Layers.Sum(l => l.Bias.Length);
        int scaling = Scaling.Of(surrogate).Tables.Sum(t => t.Values.Length) * number;
        int weightBytes = options.Weights == WeightFormat.Float32 ? real : options.Weights.Bytes();
        int biasBytes = options.Weights == WeightFormat.Float16 ? 2 : options.Weights.IsFraction() ? 2 * real : real; // with the unit's factor
        return new Footprint(
            (weights * weightBytes) + (biases * biasBytes) + scaling, (shape.Inputs + (2 * Buffers.Length(shape))) * real, weights, shape.Outputs * shape.Hidden.Sum());
    }

    /// <summary>The cycles of one row, roughly.</summary>
    public long Cycles(Processor processor) => ((long)MultiplyAdds * processor.MultiplyAdd) + ((long)Activations * processor.Activation);
}
