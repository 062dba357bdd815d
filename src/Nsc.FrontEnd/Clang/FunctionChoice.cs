// Which functions of a file the user means.

using Nsc.Core.Diagnostics;

namespace Nsc.FrontEnd.Clang;

internal static class FunctionChoice
{
    /// <summary>Each function costs a walk over everything that it calls.</summary>
    private const int MostFunctions = 4096;

    /// <summary>
    /// The named functions; else, for all, the non-static ones or else every one; else the one that a pragma marks; else
    /// the only non-static one; else the only one. Anything else is reported.
    /// </summary>
    public static IReadOnlyList<DefinedFunction> Choose(
        UnitIndex unit, FrontEndOptions options, IReadOnlySet<string> marked, DiagnosticBag diagnostics)
    {
        IReadOnlyList<DefinedFunction> chosen = ChooseAny(unit, options, marked, diagnostics);
        if (chosen.Count <= MostFunctions)
        {
            return chosen;
        }

        diagnostics.ReportTooManyFunctions(unit.Source, chosen.Count, MostFunctions);
        return [];
    }

    private static IReadOnlyList<DefinedFunction> ChooseAny(
        UnitIndex unit, FrontEndOptions options, IReadOnlySet<string> marked, DiagnosticBag diagnostics)
    {
        DefinedFunction[] defined = [.. unit.InMainFile];
        if (options.Functions.Length > 0)
        {
            return ByName(unit, options.Functions, diagnostics);
        }

        if (defined.Length == 0)
        {
            diagnostics.ReportNoFunction(unit.Source);
            return [];
        }

        DefinedFunction[] visible = [.. defined.Where(f => !f.IsStatic)];
        DefinedFunction[] candidates = visible.Length > 0 ? visible : defined;
        if (options.AllFunctions)
        {
            return candidates;
        }

        candidates = marked.Count > 0 ? [.. defined.Where(f => marked.Contains(f.Name))] : candidates;
        if (candidates.Length > 1)
        {
            diagnostics.ReportAmbiguousFunction(unit.Source, candidates.Select(f => f.Name));
            return [];
        }

        return candidates;
    }

    private static List<DefinedFunction> ByName(UnitIndex unit, IEnumerable<string> names, DiagnosticBag diagnostics)
    {
        var chosen = new List<DefinedFunction>();
        foreach (string name in names.Distinct())
        {
            if (unit.Find(name) is { IsInMainFile: true } function)
            {
                chosen.Add(function);
            }
            else
            {
                diagnostics.ReportUnknownFunction(unit.Source, name, [.. unit.InMainFile.Select(f => f.Name)]);
            }
        }

        return chosen;
    }
}
