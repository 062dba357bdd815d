// Which function each nsc pragma is about: the next definition after it.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

internal sealed class PragmaMap
{
    private readonly Dictionary<string, List<NscPragma>> _byFunction = new(StringComparer.Ordinal);
    private readonly DefinedFunction[] _functions;
    private readonly SourceText _source;

    private PragmaMap(SourceText source, DefinedFunction[] functions) => (_source, _functions) = (source, functions);

    /// <summary>
    /// The functions that pragmas are meant for. A range before a static helper is meant for the next function that is not static, a plain mark for
    /// whatever comes next.
    /// </summary>
    public IReadOnlySet<string> Marked => _byFunction.Select(p => p.Value.Exists(r => r.Verb == PragmaVerb.Mark) ? p.Key : MeantBy(p.Key)).ToHashSet();

    /// <summary>Maps a file's pragmas, in source order; reports malformed and stray ones.</summary>
    /// <param name="functions">Those of the file and of its own headers, in source order.</param>
    public static PragmaMap Build(ExpandedText text, IEnumerable<DefinedFunction> functions, DiagnosticBag diagnostics)
    {
        var map = new PragmaMap(text.Source, [.. functions]);
        int next = 0;
        foreach (Pragma pragma in text.Pragmas.Where(NscPragma.IsNsc))
        {
            while (next < map._functions.Length && map._functions[next].Extent.End <= pragma.Offset)
            {
                next++;
            }

            NscPragma? parsed = NscPragma.Parse(pragma, text.Source, diagnostics);
            if (next == map._functions.Length || map._functions[next].Extent.Start < pragma.Offset)
            {
                diagnostics.ReportStrayPragma(text.Source.PlaceAt(pragma.Offset));
            }
            else if (parsed is not null)
            {
                map.Add(map._functions[next].Name, parsed);
            }
        }

        return map;
    }

    /// <summary>
    /// A function's pragmas. Where it has none, and helpers stand between it and the pragmas before it, these are meant for it: it is what is compiled.
    /// </summary>
    /// <param name="diagnostics">Is told when helpers stood between.</param>
    public IReadOnlyList<NscPragma> Of(DefinedFunction function, DiagnosticBag diagnostics)
    {
        if (_byFunction.TryGetValue(function.Name, out List<NscPragma>? own))
        {
            return own;
        }

        int at = Array.FindIndex(_functions, f => f.Name == function.Name);
        for (int i = at - 1; i >= 0 && _functions[i].IsStatic; i--)
        {
            if (_byFunction.TryGetValue(_functions[i].Name, out List<NscPragma>? before))
            {
                diagnostics.ReportPragmaOfHelper(_source.PlaceAt(function.Cursor.Location().Offset()), _functions[i].Name, function.Name);
                return before;
            }
        }

        return [];
    }

    private string MeantBy(string function)
    {
        int at = Array.FindIndex(_functions, f => f.Name == function);
        return Array.Find(_functions[at..], f => !f.IsStatic)?.Name ?? function;
    }

    private void Add(string function, NscPragma pragma)
    {
        if (!_byFunction.TryGetValue(function, out List<NscPragma>? pragmas))
        {
            _byFunction.Add(function, pragmas = []);
        }

        pragmas.Add(pragma);
    }
}
