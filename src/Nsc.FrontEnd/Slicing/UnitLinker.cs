// Real functions call functions of other files. A unit of its own holds them all.

using System.Text;
using Nsc.FrontEnd.Checking;

namespace Nsc.FrontEnd.Slicing;

/// <summary>Puts a package's slices together. A piece that two slices share, such as a header's structure, is written once.</summary>
public sealed class UnitLinker(IEnumerable<Slice> package)
{
    private const int MostFunctions = 64;
    private readonly Dictionary<string, Slice> _visible = package.Where(s => !s.IsStatic).DistinctBy(s => s.Function).ToDictionary(s => s.Function);

    /// <summary>Why a slice cannot be supported together with all that it calls, by the diagnostic's name; null when nothing is known.</summary>
    public string? FlawOf(Slice slice)
    {
        List<Slice> slices = Reachable(slice);
        var defined = slices.Select(s => s.Function).ToHashSet();
        return slices.Select(s => s.Flaw).FirstOrDefault(f => f is not null)
            ?? (slices.SelectMany(s => s.Calls).All(c => defined.Contains(c) || LibraryFunctions.IsPure(c)) ? null : "unresolved-call");
    }

    /// <summary>A self-contained unit around a slice; calls that no file of the package answers are left open.</summary>
    /// <param name="beforeFunction">Text that goes before the function itself.</param>
    public string Link(Slice slice, string beforeFunction) => Link(Reachable(slice), slice, beforeFunction);

    /// <summary>One unit for several slices. It may not compile, where slices of different files call different things the same.</summary>
    public string Link(IEnumerable<Slice> slices) => Link([.. slices.SelectMany(Reachable).Distinct()], null, "");

    private static string Link(List<Slice> slices, Slice? target, string beforeFunction)
    {
        var unit = new StringBuilder();
        HashSet<string> written = target is null ? [] : [target.Pieces[target.Own]];
        foreach (Slice part in slices)
        {
            for (int i = 0; i < part.Pieces.Length; i++)
            {
                bool isOwn = ReferenceEquals(part, target) && i == part.Own;
                if (isOwn || written.Add(part.Pieces[i]))
                {
                    unit.Append('\n').Append(isOwn ? beforeFunction : "").Append(part.Pieces[i]).Append('\n');
                }
            }
        }

        return unit.ToString();
    }

    // Callees before callers, the slice itself last.
    private List<Slice> Reachable(Slice slice)
    {
        var order = new List<Slice>();
        var seen = new HashSet<string> { slice.Function };
        Visit(slice);
        return order;

        void Visit(Slice at)
        {
            foreach (string call in at.Calls)
            {
                if (seen.Count < MostFunctions && _visible.TryGetValue(call, out Slice? callee) && seen.Add(call))
                {
                    Visit(callee);
                }
            }

            order.Add(at);
        }
    }
}
