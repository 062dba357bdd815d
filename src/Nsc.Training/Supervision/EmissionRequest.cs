// What a hypernetwork is asked for: nets for some values of some programs.

using Nsc.Engine.Emission;

namespace Nsc.Training.Supervision;

/// <summary>The programs of a batch, and the V values of them that get a net each.</summary>
public sealed record EmissionRequest(IReadOnlyList<CompNetInput> Programs, IReadOnlyList<WantedValue> Values);

/// <summary>A value to emit a net for.</summary>
/// <param name="Program">The program's place in the batch.</param>
/// <param name="Node">The node of its graph.</param>
/// <param name="Output">Which output of the program the value is, or -1 for an intermediate one.</param>
public readonly record struct WantedValue(int Program, int Node, int Output);
