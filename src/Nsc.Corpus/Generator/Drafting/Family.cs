// A family of programs: idioms of one domain.

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>One way to fill a function. Its constants, shape and inputs are drawn anew each time.</summary>
internal sealed record Idiom(Action<Draft> Write, double Weight = 1, [CallerArgumentExpression(nameof(Write))] string Name = "");

/// <summary>Idioms of one domain and how often the domain is drawn.</summary>
internal sealed record Family(string Name, double Weight, ImmutableArray<Idiom> Idioms)
{
    public Idiom Draw(Rng rng) => Idioms[rng.Weighted(Idioms.Select(i => i.Weight).ToArray())];
}
