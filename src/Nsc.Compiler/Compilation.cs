// What comes out of a compilation.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Compiler;

/// <summary>A compiled function.</summary>
/// <param name="Graph">The dataflow that the surrogate was made from, in the program's own units; null for a program without one, which starts from random weights.</param>
/// <param name="Estimate">The surrogate's error against the dataflow, on points that it was not refined on; null where there is none.</param>
/// <param name="Milliseconds">Its share of the time that its unit took.</param>
/// <param name="Warnings">What speaks against the surrogate.</param>
public sealed record Compiled(Surrogate Surrogate, DataflowGraph? Graph, ErrorEstimate? Estimate, double Milliseconds, ImmutableArray<Diagnostic> Warnings);

/// <summary>What became of the functions of some C texts.</summary>
/// <param name="Functions">Those with a surrogate, in the order of the texts; none when anything was refused.</param>
/// <param name="Taken">How many functions were read and passed the checks.</param>
/// <param name="Diagnostics">What is wrong, in the order of the texts.</param>
public sealed record Compilation(ImmutableArray<Compiled> Functions, int Taken, ImmutableArray<Diagnostic> Diagnostics);
