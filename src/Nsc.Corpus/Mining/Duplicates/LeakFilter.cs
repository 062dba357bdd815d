// Generated programs may happen to be what a held-out function is; whoever trains on them asks here first.

using Nsc.Corpus.Building;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>Knows the graphs and the behaviour of functions that training must not see.</summary>
public sealed class LeakFilter(IEnumerable<ShardRow> unseen)
{
    private readonly DuplicateIndex _unseen = DuplicateIndex.Of([.. unseen]);

    /// <summary>Whether a program is the same as one of them by graph or by behaviour. Safe to call from several threads.</summary>
    public bool Leaks(CorpusProgram program) =>
        _unseen.Find(new FunctionKeys(new ShardRow(), Tokens: "", GraphKey.Of(program.Graph), Conduct.Of(program))) is not null;
}
