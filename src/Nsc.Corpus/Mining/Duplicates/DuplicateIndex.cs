// Finds near-duplicates: packages share code (several have the same old libm in them), and what is held out must not come
// back under another name.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Dataflow;
using Nsc.Corpus.Building;
using Nsc.Corpus.Shards;

namespace Nsc.Corpus.Mining.Duplicates;

/// <summary>How two functions are the same.</summary>
public enum DuplicateKind
{
    /// <summary>Their tokens, up to names and layout.</summary>
    Tokens,

    /// <summary>The dataflow graphs of their outputs, up to the order of inputs and operands and a tolerance of the constants; ranges do not count.</summary>
    Graph,

    /// <summary>Their outputs over their ranges, up to the order of inputs, affine maps and a tolerance.</summary>
    Behaviour,
}

/// <summary>A function that is the same as an earlier one.</summary>
/// <param name="Nmse">By behaviour, how well one predicts the other; else 0.</param>
public sealed record Duplicate(ShardRow Row, ShardRow Original, DuplicateKind Kind, double Nmse = 0);

/// <summary>What is compared of an output.</summary>
internal sealed record OutputKeys(ConeKey Cone, ResponseProfile Response)
{
    /// <summary>
    /// Operations up to which an output is common property: products, dot products, lengths and the like are outputs of functions
    /// that have nothing else in common.
    /// </summary>
    private const int MostCommonOperations = 8;

    /// <summary>Whether the output alone makes two functions that have it the same.</summary>
    public bool IsOwn { get; } = Response.IsTelling
        && Response.Cone.Nodes.Count(n => n.Opcode is not (Opcode.Input or Opcode.Constant or Opcode.RoundToFloat)) > MostCommonOperations;
}

/// <summary>What is compared of a function.</summary>
internal sealed record FunctionKeys(ShardRow Row, string? Tokens, ImmutableArray<OutputKeys> Outputs)
{
    /// <summary>The outputs that tell it from other functions.</summary>
    public ImmutableArray<OutputKeys> Telling { get; } = [.. Outputs.Where(o => o.Response.IsTelling)];

    /// <summary>Those of them each of which does so alone.</summary>
    public ImmutableArray<OutputKeys> Own { get; } = [.. Outputs.Where(o => o.IsOwn)];

    public static FunctionKeys Of(ShardRow row) => Of(row.Program()) with { Row = row, Tokens = TokenKey.Of(row.Source) };

    /// <summary>The keys of a program without a text.</summary>
    public static FunctionKeys Of(CorpusProgram program) => new(
        new ShardRow(), null, [.. ResponseProfile.Of(program.Graph, program.Inputs).Select(r => new OutputKeys(ConeKey.Of(r.Cone), r))]);

    /// <summary>The keys of many functions in order, computed as they are asked for.</summary>
    public static IEnumerable<FunctionKeys> OfAll(IReadOnlyList<ShardRow> rows, CancellationToken cancellationToken) =>
        rows.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(Of);
}

/// <summary>Functions that others are compared with.</summary>
internal sealed class DuplicateIndex(DuplicateThresholds thresholds)
{
    private readonly Dictionary<string, ShardRow> _tokens = [];
    private readonly List<FunctionKeys> _functions = [];

    public static DuplicateIndex Of(IReadOnlyList<ShardRow> rows, DuplicateThresholds thresholds, CancellationToken cancellationToken = default)
    {
        var index = new DuplicateIndex(thresholds);
        foreach (FunctionKeys keys in FunctionKeys.OfAll(rows, cancellationToken))
        {
            index.Add(keys);
        }

        return index;
    }

    /// <summary>The function that this one repeats, or null. Safe to call from several threads.</summary>
    public Duplicate? Find(FunctionKeys keys)
    {
        if (keys.Tokens is not null && _tokens.TryGetValue(keys.Tokens, out ShardRow? original))
        {
            return new Duplicate(keys.Row, original, DuplicateKind.Tokens);
        }

        return Find(keys, DuplicateKind.Graph, (a, b) => a.Cone.IsLike(b.Cone, thresholds.Constants) ? 0 : null) ?? FindStraight(keys)
            ?? Find(keys, DuplicateKind.Behaviour, (a, b) => ResponseMatch.Find(a.Response, b.Response, thresholds.Nmse));
    }

    public void Add(FunctionKeys keys)
    {
        if (keys.Tokens is not null)
        {
            _tokens.TryAdd(keys.Tokens, keys.Row);
        }

        _functions.Add(keys);
    }

    private Duplicate? Find(FunctionKeys keys, DuplicateKind kind, Func<OutputKeys, OutputKeys, double?> nmse)
    {
        foreach (FunctionKeys other in _functions)
        {
            if ((thresholds.IsByOutput ? ByOutput(keys, other, nmse) : Whole(keys, other, nmse)) is { } found)
            {
                return new Duplicate(keys.Row, other.Row, kind, found);
            }
        }

        return null;
    }

    // Functions that are nothing but straight lines in one input are the same.
    private Duplicate? FindStraight(FunctionKeys keys) =>
        thresholds.IsByOutput && keys.Telling.IsEmpty && _functions.Find(o => o.Telling.IsEmpty) is { } other
            ? new Duplicate(keys.Row, other.Row, DuplicateKind.Behaviour) : null;

    // An output of more than a few operations comes back, or each has all outputs of the other.
    private static double? ByOutput(FunctionKeys keys, FunctionKeys other, Func<OutputKeys, OutputKeys, double?> nmse)
    {
        foreach (OutputKeys theirs in other.Own)
        {
            if (FirstOf(keys.Own, ours => nmse(ours, theirs)) is { } found)
            {
                return found;
            }
        }

        return keys.Telling.IsEmpty || other.Telling.IsEmpty ? null : Covered(keys.Telling, other.Telling, nmse) is { } forth
            && Covered(other.Telling, keys.Telling, (theirs, ours) => nmse(ours, theirs)) is { } back ? Math.Max(forth, back) : null;
    }

    // The largest error when each of the outputs is one of the others, else null.
    private static double? Covered(ImmutableArray<OutputKeys> outputs, ImmutableArray<OutputKeys> others, Func<OutputKeys, OutputKeys, double?> nmse)
    {
        double worst = 0;
        foreach (OutputKeys output in outputs)
        {
            if (FirstOf(others, other => nmse(output, other)) is not { } found)
            {
                return null;
            }

            worst = Math.Max(worst, found);
        }

        return worst;
    }

    private static double? FirstOf(ImmutableArray<OutputKeys> outputs, Func<OutputKeys, double?> nmse)
    {
        foreach (OutputKeys output in outputs)
        {
            if (nmse(output) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private static double? Whole(FunctionKeys keys, FunctionKeys other, Func<OutputKeys, OutputKeys, double?> nmse)
    {
        double? worst = keys.Outputs.Length == other.Outputs.Length ? 0 : null;
        for (int k = 0; worst is not null && k < keys.Outputs.Length; k++)
        {
            worst = nmse(keys.Outputs[k], other.Outputs[k]) is { } found ? Math.Max(worst.Value, found) : null;
        }

        return worst;
    }
}

/// <summary>What is left when near-duplicates are dropped.</summary>
/// <param name="Dropped">The functions that went, each with the one that it repeats.</param>
public sealed record Deduplication(ImmutableArray<ShardRow> Kept, ImmutableArray<Duplicate> Dropped)
{
    /// <summary>What is compared when leaks are looked for, in words.</summary>
    public static string LeakCriteria { get; } = string.Create(CultureInfo.InvariantCulture,
        $"tokens; the graph of an output with constants within {DuplicateThresholds.Leak.Constants:P0}; its values up to {DuplicateThresholds.Leak.Nmse:P1} of the variance");

    /// <summary>How many went for a reason.</summary>
    public int Count(DuplicateKind kind) => Dropped.Count(d => d.Kind == kind);

    /// <summary>Drops what is one of the others, or an earlier one of the functions themselves, once more.</summary>
    public static Deduplication Within(IReadOnlyList<ShardRow> rows, IReadOnlyList<ShardRow> others, CancellationToken cancellationToken = default)
    {
        DuplicateIndex index = DuplicateIndex.Of(others, DuplicateThresholds.Repetition, cancellationToken);
        return Sift(FunctionKeys.OfAll(rows, cancellationToken).Select(keys =>
        {
            Duplicate? found = index.Find(keys);
            if (found is null)
            {
                index.Add(keys);
            }

            return (keys.Row, found);
        }));
    }

    /// <summary>Drops what would give one of the others away; the functions are not compared with each other.</summary>
    public static Deduplication Against(IReadOnlyList<ShardRow> rows, IReadOnlyList<ShardRow> others, CancellationToken cancellationToken = default)
    {
        DuplicateIndex index = DuplicateIndex.Of(others, DuplicateThresholds.Leak, cancellationToken);
        return Sift(rows.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(row => (row, index.Find(FunctionKeys.Of(row)))));
    }

    private static Deduplication Sift(IEnumerable<(ShardRow Row, Duplicate? Found)> judged)
    {
        var kept = ImmutableArray.CreateBuilder<ShardRow>();
        var dropped = ImmutableArray.CreateBuilder<Duplicate>();
        foreach ((ShardRow row, Duplicate? found) in judged)
        {
            if (found is null)
            {
                kept.Add(row);
            }
            else
            {
                dropped.Add(found);
            }
        }

        return new Deduplication(kept.ToImmutable(), dropped.ToImmutable());
    }
}
