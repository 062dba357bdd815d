// Which function each nsc pragma is about: the next definition after it, or the only one with the inputs that it names.

using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

internal sealed class PragmaMap
{
    private readonly Dictionary<string, List<NscPragma>> _byFunction = new(StringComparer.Ordinal);
    private readonly DefinedFunction[] _functions;
    private readonly HashSet<string> _declared;
    private readonly SourceText _source;

    private PragmaMap(SourceText source, DefinedFunction[] functions, IEnumerable<CXCursor> declarations)
    {
        (_source, _functions) = (source, functions);
        _declared = [.. declarations.Where(d => d.Kind == CXCursorKind.CXCursor_VarDecl).Select(d => d.Spelling())];
    }

    /// <summary>
    /// The functions that pragmas are meant for. A range before a static helper is meant for the next function that is not static, a plain mark for
    /// whatever comes next.
    /// </summary>
    public IReadOnlySet<string> Marked => _byFunction.Select(p => p.Value.Exists(r => r.Verb == PragmaVerb.Mark) ? p.Key : MeantBy(p.Key)).ToHashSet();

    /// <summary>Maps a file's pragmas, in source order; reports malformed and stray ones.</summary>
    /// <param name="functions">Those of the file and of its own headers, in source order.</param>
    /// <param name="declarations">All that the file declares outside of functions.</param>
    public static PragmaMap Build(ExpandedText text, IEnumerable<DefinedFunction> functions, IEnumerable<CXCursor> declarations, DiagnosticBag diagnostics)
    {
        var map = new PragmaMap(text.Source, [.. functions], declarations);
        var before = new SortedDictionary<int, List<NscPragma>>();
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
                before.TryAdd(next, []);
                before[next].Add(parsed);
            }
        }

        foreach ((int function, List<NscPragma> pragmas) in before)
        {
            map.Bind(map._functions[function], pragmas);
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

    // To the function that follows, or, where it has no such inputs, to the one that has them.
    private void Bind(DefinedFunction next, List<NscPragma> pragmas)
    {
        string[] named = [.. pragmas.Where(p => p.Input is not null).Select(p => ProgramSignature.ParameterOf(p.Input!)).Distinct()];
        if (!named.All(name => MayMean(next, name)) && _functions.Where(f => f.Name != next.Name && named.All(HasParameter(f))).ToArray() is [var only])
        {
            next = only;
        }

        _byFunction.TryAdd(next.Name, []);
        _byFunction[next.Name].AddRange(pragmas);
    }

    private static Func<string, bool> HasParameter(DefinedFunction function) => function.Cursor.Parameters().Select(p => p.Spelling()).ToHashSet().Contains;

    // State is an input too: variables of the file, which callees may use, and the function's own.
    private bool MayMean(DefinedFunction function, string name) =>
        _declared.Contains(name) || Regex.IsMatch(_source.Slice(function.Extent.Start, function.Extent.End), $@"\b{name}\b");

    private string MeantBy(string function)
    {
        int at = Array.FindIndex(_functions, f => f.Name == function);
        return Array.Find(_functions[at..], f => !f.IsStatic)?.Name ?? function;
    }
}
