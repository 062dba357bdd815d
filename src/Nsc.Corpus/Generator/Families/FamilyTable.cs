// Every family, in one list.

using System.Collections.Immutable;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Families.Mathematics;
using Nsc.Corpus.Generator.Families.Sciences;

namespace Nsc.Corpus.Generator.Families;

internal static class FamilyTable
{
    /// <summary>The families whose idioms stand alone, and can be parts of compositions.</summary>
    public static ImmutableArray<Family> Simple { get; } =
    [
        Expressions.Family, Branches.Family, Loops.Family, LinearAlgebra.Family, Stencils.Family, Classifiers.Family, Polynomials.Family,
        Curves.Family, Trigonometry.Family, Physics.Family, Finance.Family, Statistics.Family, Colours.Family, Geometry.Family,
        Control.Family, Biology.Family, Games.Family, Dynamics.Family, Signals.Family, Sorting.Family, Integers.Family, Conversions.Family, Logic.Family,
    ];

    public static ImmutableArray<Family> All { get; } = [.. Simple, Compositions.Family];
}
