// Finds near-duplicates: packages share code (several have the same old libm in them), and what is held out must not come
// back under another name.

using System.Collections.Immutable;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>How two functions are the same.</summary>
public enum DuplicateKind
{
    /// <summary>Their tokens, up to names and layout.</summary>
    Tokens,

    /// <summary>Their dataflow graphs, up to the order of inputs and operands; ranges do not count.</summary>
    Graph,

    /// <summary>Their outputs on the probes, up to scale and the order of inputs.</summary>
    Behaviour,
}

/// <summary>A function that is the same as an earlier one.</summary>
public sealed record Duplicate(ShardRow Row, ShardRow Original, DuplicateKind Kind);

/// <summary>What is compared of a function.</summary>
internal sealed record FunctionKeys(ShardRow Row, string Tokens, string Graph, Conduct Conduct)
{
    public static FunctionKeys Of(ShardRow row)
    {
        var program = row.Program();
        return new FunctionKeys(row, TokenKey.Of(row.Source), GraphKey.Of(program.Graph), Conduct.Of(program));
    }

    /// <summary>The keys of many functions in order, computed as they are asked for.</summary>
    public static IEnumerable<FunctionKeys> OfAll(IReadOnlyList<ShardRow> rows) => rows.AsParallel().AsOrdered().Select(Of);
}

/// <summary>Functions that others are compared with.</summary>
internal sealed class DuplicateIndex
{
    private readonly Dictionary<string, ShardRow> _tokens = [];
    private readonly Dictionary<string, ShardRow> _graphs = [];
    private readonly Dictionary<string, ShardRow> _curves = [];
    private readonly Dictionary<(int Inputs, int Outputs), List<FunctionKeys>> _conducts = [];

    public static DuplicateIndex Of(IReadOnlyList<ShardRow> rows)
    {
        var index = new DuplicateIndex();
        foreach (FunctionKeys keys in FunctionKeys.OfAll(rows))
        {
            index.Add(keys);
        }

        return index;
    }

    /// <summary>The function that this one repeats, or null. Safe to call from several threads.</summary>
    public Duplicate? Find(FunctionKeys keys)
    {
        if (_tokens.TryGetValue(keys.Tokens, out ShardRow? original))
        {
            return new Duplicate(keys.Row, original, DuplicateKind.Tokens);
        }

        if (_graphs.TryGetValue(keys.Graph, out original))
        {
            return new Duplicate(keys.Row, original, DuplicateKind.Graph);
        }

        foreach (string curve in keys.Conduct.Curves)
        {
            if (_curves.TryGetValue(curve, out original))
            {
                return new Duplicate(keys.Row, original, DuplicateKind.Behaviour);
            }
        }

        FunctionKeys? like = _conducts.GetValueOrDefault(ShapeOf(keys))?.Find(k => k.Conduct.Equals(keys.Conduct, out _));
        return like is null ? null : new Duplicate(keys.Row, like.Row, DuplicateKind.Behaviour);
    }

    public void Add(FunctionKeys keys)
    {
        _tokens.TryAdd(keys.Tokens, keys.Row);
        _graphs.TryAdd(keys.Graph, keys.Row);
        foreach (string curve in keys.Conduct.Curves)
        {
            _curves.TryAdd(curve, keys.Row);
        }

        if (!_conducts.TryGetValue(ShapeOf(keys), out List<FunctionKeys>? same))
        {
            _conducts.Add(ShapeOf(keys), same = []);
        }

        same.Add(keys);
    }

    private static (int Inputs, int Outputs) ShapeOf(FunctionKeys keys) => (keys.Conduct.Inputs, keys.Conduct.Outputs.Length);
}

/// <summary>What is left when near-duplicates are dropped.</summary>
/// <param name="Dropped">The functions that went, each with the one that it repeats.</param>
public sealed record Deduplication(ImmutableArray<ShardRow> Kept, ImmutableArray<Duplicate> Dropped)
{
    /// <summary>How many went for a reason.</summary>
    public int Count(DuplicateKind kind) => Dropped.Count(d => d.Kind == kind);

    /// <summary>Drops what repeats one of the others or an earlier one of the functions themselves.</summary>
    public static Deduplication Within(IReadOnlyList<ShardRow> rows, IReadOnlyList<ShardRow> others) =>
        Sift(rows, DuplicateIndex.Of(others), isGrowing: true);

    /// <summary>Drops what repeats one of the others; the functions are not compared with each other.</summary>
    public static Deduplication Against(IReadOnlyList<ShardRow> rows, IReadOnlyList<ShardRow> others) =>
        Sift(rows, DuplicateIndex.Of(others), isGrowing: false);

    private static Deduplication Sift(IReadOnlyList<ShardRow> rows, DuplicateIndex index, bool isGrowing)
    {
        var kept = ImmutableArray.CreateBuilder<ShardRow>();
        var dropped = ImmutableArray.CreateBuilder<Duplicate>();
        foreach (FunctionKeys keys in FunctionKeys.OfAll(rows))
        {
            if (index.Find(keys) is { } duplicate)
            {
                dropped.Add(duplicate);
                continue;
            }

            kept.Add(keys.Row);
            if (isGrowing)
            {
                index.Add(keys);
            }
        }

        return new Deduplication(kept.ToImmutable(), dropped.ToImmutable());
    }
}
