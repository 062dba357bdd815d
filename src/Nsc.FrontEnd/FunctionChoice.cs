// Which functions of a file the user means.

using Nsc.Core.Diagnostics;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

/// <param name="defined">The functions of the file and of its own headers, in source order.</param>
/// <param name="marked">Those that a pragma marks.</param>
internal sealed class FunctionChoice(ExpandedText text, IReadOnlyList<DefinedFunction> defined, FrontEndOptions options, IReadOnlySet<string> marked)
{
    /// <summary>Each function costs a walk over everything that it calls.</summary>
    private const int MostFunctions = 4096;

    // A header's functions are there for others to call; they can be named.
    private readonly DefinedFunction[] _ofFile = [.. defined.Where(f => text.IsOfMain(f.Extent.Start))];

    /// <summary>
    /// The named functions; else, for all, the non-static ones or else every one; else the one that a pragma is meant for; else
    /// the only non-static one; else the only one. Anything else is reported.
    /// </summary>
    public IReadOnlyList<DefinedFunction> Choose(DiagnosticBag diagnostics)
    {
        IReadOnlyList<DefinedFunction> chosen = ChooseAny(diagnostics);
        if (chosen.Count <= MostFunctions)
        {
            return chosen;
        }

        diagnostics.ReportTooManyFunctions(text.Source, chosen.Count, MostFunctions);
        return [];
    }

    private IReadOnlyList<DefinedFunction> ChooseAny(DiagnosticBag diagnostics)
    {
        if (options.Functions.Length > 0)
        {
            return ByName(options.Functions, diagnostics);
        }

        if (_ofFile.Length == 0)
        {
            diagnostics.ReportNoFunction(text.Source);
            return [];
        }

        DefinedFunction[] visible = [.. _ofFile.Where(f => !f.IsStatic)];
        DefinedFunction[] candidates = visible.Length > 0 ? visible : _ofFile;
        if (options.AllFunctions)
        {
            return candidates;
        }

        DefinedFunction[] meant = [.. _ofFile.Where(f => marked.Contains(f.Name))];
        candidates = meant.Length > 0 ? meant : candidates;
        if (candidates.Length > 1)
        {
            diagnostics.ReportAmbiguousFunction(text.Source, candidates.Select(f => f.Name));
            return [];
        }

        return candidates;
    }

    private List<DefinedFunction> ByName(IEnumerable<string> names, DiagnosticBag diagnostics)
    {
        var chosen = new List<DefinedFunction>();
        foreach (string name in names.Distinct())
        {
            if (defined.FirstOrDefault(f => f.Name == name) is { } function)
            {
                chosen.Add(function);
            }
            else
            {
                diagnostics.ReportUnknownFunction(text.Source, name, [.. _ofFile.Select(f => f.Name)]);
            }
        }

        return chosen;
    }
}
