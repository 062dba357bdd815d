// Real functions call functions of other files. A unit of its own holds them all.

using System.Text;

namespace Nsc.FrontEnd.Mining;

/// <summary>Puts a package's slices together. A piece that two slices share, such as a header's structure, is written once.</summary>
public sealed class Linker(IEnumerable<Slice> package)
{
    private const int MostFunctions = 64;
    private readonly Dictionary<string, Slice> _visible = package.Where(s => !s.IsStatic).DistinctBy(s => s.Function).ToDictionary(s => s.Function);

    /// <summary>A self-contained unit around a slice; calls that no file of the package answers are left open.</summary>
    /// <param name="beforeFunction">Text that goes before the function itself.</param>
    /// <param name="constant">Which of <see cref="Slice.Pointers"/> are made pointers to constants, by their index.</param>
    public string Link(Slice slice, string beforeFunction, IReadOnlySet<int> constant)
    {
        List<Slice> slices = Reachable(slice);
        var unit = new StringBuilder();
        foreach (string header in slices.SelectMany(s => s.Headers).Distinct().Order(StringComparer.Ordinal))
        {
            unit.Append("#include <").Append(header).Append(">\n");
        }

        var written = new HashSet<string> { slice.Pieces[slice.Own] };
        foreach (Slice part in slices)
        {
            for (int i = 0; i < part.Pieces.Length; i++)
            {
                bool isOwn = ReferenceEquals(part, slice) && i == slice.Own;
                if (isOwn || written.Add(part.Pieces[i]))
                {
                    unit.Append('\n').Append(isOwn ? beforeFunction + WithConstants(slice, constant) : part.Pieces[i]).Append('\n');
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

    private static string WithConstants(Slice slice, IReadOnlySet<int> constant)
    {
        string text = slice.Pieces[slice.Own];
        for (int i = slice.Pointers.Length - 1; i >= 0; i--)
        {
            text = constant.Contains(i) ? text.Insert(slice.Pointers[i], "const ") : text;
        }

        return text;
    }
}
