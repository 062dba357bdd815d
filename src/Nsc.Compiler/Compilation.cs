// What comes out of a compilation.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Surrogates;

namespace Nsc.Compiler;

/// <summary>A compiled function.</summary>
/// <param name="Graph">The dataflow that the surrogate was made from, in the program's own units; null for a program without one, which starts from random weights.</param>
/// <param name="GraphNmse">
/// The surrogate's error on random inputs against the dataflow: mean squared error over variance, the mean over outputs; null where it was not asked for.
/// </param>
/// <param name="Milliseconds">Its share of the time that its unit took.</param>
/// <param name="Warnings">What speaks against the surrogate.</param>
public sealed record Compiled(Surrogate Surrogate, DataflowGraph? Graph, double? GraphNmse, double Milliseconds, ImmutableArray<Diagnostic> Warnings);

/// <summary>What became of the functions of some C texts.</summary>
/// <param name="Functions">Those with a surrogate, in the order of the texts; none when anything was refused.</param>
/// <param name="Taken">How many functions were read and passed the checks.</param>
/// <param name="Diagnostics">What is wrong, in the order of the texts.</param>
public sealed record Compilation(ImmutableArray<Compiled> Functions, int Taken, ImmutableArray<Diagnostic> Diagnostics);
