// What a training corpus holds of a program.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Building;

/// <summary>A program of a corpus: its dataflow over its own units, its inputs with their ranges, and its tokens.</summary>
public sealed record CorpusProgram(DataflowGraph Graph, ImmutableArray<InputVariable> Inputs, ImmutableArray<short> Tokens);

/// <summary>How many functions a corpus build saw, and how many fell at each filter.</summary>
public sealed record Funnel(
    int Generated, int Refused, int TooLarge, int Approximate, int NotFinite, int Constant, int Duplicate, int Kept)
{
    public static Funnel operator +(Funnel a, Funnel b) => new(
        a.Generated + b.Generated, a.Refused + b.Refused, a.TooLarge + b.TooLarge, a.Approximate + b.Approximate,
        a.NotFinite + b.NotFinite, a.Constant + b.Constant, a.Duplicate + b.Duplicate, a.Kept + b.Kept);

    public static readonly Funnel Empty = new(0, 0, 0, 0, 0, 0, 0, 0);

    public override string ToString() =>
        $"{Generated} generated: {Refused} refused, {TooLarge} too large, {Approximate} approximate, {NotFinite} not finite, "
        + $"{Constant} constant, {Duplicate} duplicates, {Kept} kept";
}
