// What is known of a program before a network sees it.

using Nsc.Core.Programs;

namespace Nsc.Engine.Emission;

/// <summary>A program with the moments of its values, over unit inputs.</summary>
/// <param name="Placed">Its canonical dataflow, with the moments as features.</param>
/// <param name="IsGraphExact">Whether the dataflow computes exactly what the program does.</param>
/// <param name="HasSubspace">Whether the active subspaces of its outputs are believed, so that a first layer is projected onto them.</param>
public sealed record ProgramAnalysis(CProgram Program, PlacedProgram Placed, bool IsGraphExact, bool HasSubspace);
