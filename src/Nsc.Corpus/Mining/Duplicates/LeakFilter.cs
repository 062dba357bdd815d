// Generated programs may happen to be what a held-out function is: training asks here before it takes one.

using Nsc.Corpus.Building;
using Nsc.Corpus.Shards;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>Knows the graphs and the behaviour of functions that training must not see.</summary>
public sealed class LeakFilter(IEnumerable<ShardRow> unseen)
{
    private readonly DuplicateIndex _unseen = DuplicateIndex.Of([.. unseen], DuplicateThresholds.Leak);

    /// <summary>Whether a program gives one of them away by graph or by behaviour. Safe to call from several threads.</summary>
    public bool Leaks(CorpusProgram program) => _unseen.Find(FunctionKeys.Of(program)) is not null;
}
