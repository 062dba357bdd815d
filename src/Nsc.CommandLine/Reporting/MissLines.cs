// How often outputs of few values are missed, as lines for people.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.CommandLine.Reporting;

internal static class MissLines
{
    private const int Most = 4;

    /// <summary>A line for each output that is missed at times; of many, the worst.</summary>
    public static IEnumerable<string> Of(ProgramSignature signature, ImmutableArray<MissRate?> misses)
    {
        (string Name, MissRate Miss)[] known = [.. signature.Outputs.Zip(misses).Where(o => o.Second is not null).Select(o => (o.First.Name, o.Second!))];
        (string Name, MissRate Miss)[] shown = known.Length <= Most ? known : [.. known.OrderByDescending(o => o.Miss.Rate).Take(Most)];
        IEnumerable<string> lines = shown.Select(o => o.Miss.InWords(o.Name));
        return known.Length > Most ? lines.Append($"and so on: these are the worst of {known.Length}") : lines;
    }
}
