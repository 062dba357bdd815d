// What compiles: whatever emits nets for a program's outputs.

namespace Nsc.Engine.Emission;

/// <summary>A net for one value of a program.</summary>
/// <param name="Weights">(WeightCount) in the order of <see cref="NetShape"/>.</param>
/// <param name="Offset">How far the value's mean lies above the one that the features give, in their deviations.</param>
/// <param name="Stretch">Logarithm of its standard deviation over the one that the features give.</param>
public sealed record EmittedNet(float[] Weights, float Offset, float Stretch);

/// <summary>A trained network that compiles programs.</summary>
public interface IEmitter
{
    /// <summary>The shape of the network and of the surrogates that it emits.</summary>
    CompNetOptions Options { get; }

    /// <summary>A net for each output of a program.</summary>
    EmittedNet[] Emit(CompNetInput program);
}
