// What is known of a program before a network sees it.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Engine.Emission;

/// <summary>A program with the moments of its values, over normalised inputs.</summary>
/// <param name="Shown">Its canonical dataflow, with the moments as features.</param>
/// <param name="Chosen">The inputs that it is over: all, or those that fit the net and matter most.</param>
/// <param name="IsGraphExact">Whether the dataflow computes exactly what the program does.</param>
/// <param name="HasSubspace">Whether the active subspaces of its outputs are believed, so that a first layer is projected onto them.</param>
public sealed record ProgramAnalysis(CProgram Program, CompNetInput Shown, ImmutableArray<int> Chosen, bool IsGraphExact, bool HasSubspace);
