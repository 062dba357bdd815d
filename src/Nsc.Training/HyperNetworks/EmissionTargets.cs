// The values of a batch that nets are emitted for, with what the emission needs to know of them beside their states.

using Nsc.Engine.Emission;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training.HyperNetworks;

/// <summary>V values of a batch. The tensors belong to the caller's dispose scope.</summary>
/// <param name="Rows">(V) their state-table rows.</param>
/// <param name="Directions">(V, D, I) the directions of <see cref="ValueFeatures"/>, with each input in its slot.</param>
public sealed record EmissionTargets(Tensor Rows, Tensor Directions)
{
    public static EmissionTargets Of(ProgramBatch batch, EmissionRequest request, int slots)
    {
        IReadOnlyList<WantedValue> values = request.Values;
        int size = ValueFeatures.DirectionCount * slots;
        var directions = new float[values.Count * size];
        for (int v = 0; v < values.Count; v++)
        {
            CompNetInput program = request.Programs[values[v].Program];
            program.Features.WriteDirections(values[v].Node, directions.AsSpan(v * size, size), program.Slots, slots);
        }

        return new EmissionTargets(
            tensor(values.Select(v => (long)batch.Rows[v.Program][v.Node]).ToArray()),
            directions.Aligned(values.Count, ValueFeatures.DirectionCount, slots));
    }
}
