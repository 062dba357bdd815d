// Which function each nsc pragma is about: the next definition after it.

using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal sealed class PragmaMap
{
    private readonly Dictionary<string, List<RangePragma>> _byFunction = new(StringComparer.Ordinal);

    private PragmaMap()
    {
    }

    public IReadOnlySet<string> Marked => _byFunction.Keys.ToHashSet();

    public IReadOnlyList<RangePragma> Of(string function) => _byFunction.GetValueOrDefault(function) ?? [];

    /// <summary>Maps the pragmas, in source order, that the preprocessor did not skip; reports malformed and stray ones.</summary>
    public static PragmaMap Build(TranslationUnit unit, UnitIndex index, IEnumerable<Directive> directives, DiagnosticBag diagnostics)
    {
        var map = new PragmaMap();
        Directive[] pragmas = [.. directives.Where(RangePragma.IsNsc)];
        if (pragmas.Length == 0)
        {
            return map;
        }

        DefinedFunction[] functions = [.. index.InMainFile];
        int next = 0;
        foreach (Directive directive in Live(pragmas, unit.SkippedRanges()))
        {
            while (next < functions.Length && functions[next].Extent.End <= directive.Offset)
            {
                next++;
            }

            RangePragma? pragma = RangePragma.Parse(directive, unit.Source, diagnostics);
            if (next == functions.Length || functions[next].Extent.Start < directive.Offset)
            {
                diagnostics.ReportStrayPragma(Place.In(unit.Source, directive.Offset));
            }
            else if (pragma is not null)
            {
                map.Add(functions[next].Name, pragma);
            }
        }

        return map;
    }

    private static IEnumerable<Directive> Live(IEnumerable<Directive> pragmas, List<(int Start, int End)> skipped)
    {
        skipped.Sort();
        int next = 0;
        foreach (Directive pragma in pragmas)
        {
            while (next < skipped.Count && skipped[next].End <= pragma.Offset)
            {
                next++;
            }

            if (next == skipped.Count || pragma.Offset < skipped[next].Start)
            {
                yield return pragma;
            }
        }
    }

    private void Add(string function, RangePragma pragma)
    {
        if (!_byFunction.TryGetValue(function, out List<RangePragma>? pragmas))
        {
            _byFunction.Add(function, pragmas = []);
        }

        pragmas.Add(pragma);
    }
}
