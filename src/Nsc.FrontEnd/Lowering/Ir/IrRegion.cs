// Finds the loops of a function, nested, so that the executor can unroll them without knowing their trip counts.

using System.Collections.Immutable;

namespace Nsc.FrontEnd.Lowering.Ir;

/// <summary>
/// A function's body or a loop: blocks and inner loops in an order in which control only goes forward, except from
/// anywhere in a loop back to its <paramref name="Header"/>.
/// </summary>
/// <param name="Header">The block where every iteration starts; for a function's body its entry.</param>
/// <param name="Blocks">All blocks of the region, those of inner loops included.</param>
internal sealed record IrRegion(int Header, ImmutableArray<IrRegionItem> Items, ImmutableHashSet<int> Blocks);

/// <summary>A block, or a loop when <paramref name="Loop"/> is not null (then the block is its header).</summary>
internal readonly record struct IrRegionItem(int Block, IrRegion? Loop);

/// <summary>Decomposes a control-flow graph into nested regions by strongly connected components.</summary>
internal sealed class RegionFinder
{
    private readonly ImmutableArray<int>[] _successors;
    private readonly List<int>[] _predecessors;

    private RegionFinder(ImmutableArray<int>[] successors)
    {
        _successors = successors;
        _predecessors = [.. successors.Select(_ => new List<int>())];
        for (int block = 0; block < successors.Length; block++)
        {
            foreach (int successor in successors[block])
            {
                _predecessors[successor].Add(block);
            }
        }
    }

    /// <summary>False once a loop with several entries was seen (a <c>goto</c> into a loop).</summary>
    private bool IsReducible { get; set; } = true;

    /// <summary>The body of a function whose block 0 is the entry and whose blocks are all reachable.</summary>
    public static (IrRegion Body, bool IsReducible) Find(ImmutableArray<int>[] successors)
    {
        var finder = new RegionFinder(successors);
        ImmutableHashSet<int> all = [.. Enumerable.Range(0, successors.Length)];
        var body = new IrRegion(0, finder.Decompose(all, cutHeader: -1), all);
        return (body, finder.IsReducible);
    }

    private ImmutableArray<IrRegionItem> Decompose(ImmutableHashSet<int> blocks, int cutHeader)
    {
        var components = new ComponentFinder(_successors, blocks, cutHeader).Find();
        return [.. components.Select(c => ToItem(c, cutHeader))];
    }

    private IrRegionItem ToItem(ImmutableHashSet<int> component, int cutHeader)
    {
        int first = component.First();
        if (component.Count == 1 && (first == cutHeader || !_successors[first].Contains(first)))
        {
            return new IrRegionItem(first, null);
        }

        var entries = component.Where(b => b == 0 || _predecessors[b].Exists(p => !component.Contains(p))).Order().ToList();
        IsReducible &= entries.Count <= 1;
        int header = entries.Count > 0 ? entries[0] : first;
        return new IrRegionItem(header, new IrRegion(header, Decompose(component, header), component));
    }

    /// <summary>Tarjan's algorithm, without recursion: C sources choose the depth of their control flow.</summary>
    private sealed class ComponentFinder(ImmutableArray<int>[] successors, ImmutableHashSet<int> blocks, int cutHeader)
    {
        private readonly Dictionary<int, int> _index = [];
        private readonly Dictionary<int, int> _low = [];
        private readonly HashSet<int> _onStack = [];
        private readonly Stack<int> _stack = new();
        private readonly List<ImmutableHashSet<int>> _components = [];

        /// <summary>The strongly connected components in topological order, ignoring edges to the cut header.</summary>
        public List<ImmutableHashSet<int>> Find()
        {
            IEnumerable<int> starts = cutHeader >= 0 ? blocks.Order().Prepend(cutHeader) : blocks.Order();
            foreach (int block in starts)
            {
                if (!_index.ContainsKey(block))
                {
                    Visit(block);
                }
            }

            _components.Reverse();
            return _components;
        }

        private void Visit(int start)
        {
            var frames = new Stack<(int Block, int Next)>();
            Enter(start);
            frames.Push((start, 0));
            while (frames.TryPop(out var frame))
            {
                if (frame.Next == successors[frame.Block].Length)
                {
                    Leave(frame.Block);
                    if (frames.TryPeek(out var parent))
                    {
                        _low[parent.Block] = Math.Min(_low[parent.Block], _low[frame.Block]);
                    }

                    continue;
                }

                frames.Push(frame with { Next = frame.Next + 1 });
                int successor = successors[frame.Block][frame.Next];
                if (successor == cutHeader || !blocks.Contains(successor))
                {
                    continue;
                }

                if (!_index.TryGetValue(successor, out int index))
                {
                    Enter(successor);
                    frames.Push((successor, 0));
                }
                else if (_onStack.Contains(successor))
                {
                    _low[frame.Block] = Math.Min(_low[frame.Block], index);
                }
            }
        }

        private void Enter(int block)
        {
            _index[block] = _low[block] = _index.Count;
            _stack.Push(block);
            _onStack.Add(block);
        }

        private void Leave(int block)
        {
            if (_low[block] != _index[block])
            {
                return;
            }

            var component = ImmutableHashSet.CreateBuilder<int>();
            int member;
            do
            {
                member = _stack.Pop();
                _onStack.Remove(member);
                component.Add(member);
            }
            while (member != block);
            _components.Add(component.ToImmutable());
        }
    }
}
