// Results are kept and shown by name, so that two things of one name would hide each other.

using Nsc.Core.Programs;

namespace Nsc.Bench;

/// <summary>Names of which no two are equal, in the order of what they name.</summary>
public static class DistinctNames
{
    /// <summary>Each program's file and function; where these are not its own, the whole path; where that is not, a number too.</summary>
    public static string[] Of(IReadOnlyList<CProgram> programs)
    {
        string[] brief = [.. programs.Select(p => $"{Path.GetFileNameWithoutExtension(p.Path)}:{p.Signature.Function}")];
        Dictionary<string, int> uses = brief.CountBy(name => name).ToDictionary();
        return Of([.. programs.Zip(brief, (p, name) => uses[name] == 1 ? name : $"{Path.ChangeExtension(p.Path, null)}:{p.Signature.Function}")]);
    }

    /// <summary>The names as they are given; one that was there before gets a number.</summary>
    public static string[] Of(IReadOnlyList<string> names)
    {
        HashSet<string> given = [.. names], used = [];
        return [.. names.Select(name => used.Add(name) ? name : Numbered(name))];

        string Numbered(string name)
        {
            string free = Enumerable.Range(2, int.MaxValue - 2).Select(i => $"{name}-{i}").First(n => !given.Contains(n) && !used.Contains(n));
            used.Add(free);
            return free;
        }
    }
}
