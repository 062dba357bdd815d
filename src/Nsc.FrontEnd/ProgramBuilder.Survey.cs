// All functions of a file that compute numbers, each as it is when it is compiled alone. The file is parsed once for all of them.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

internal sealed partial class ProgramBuilder
{
    /// <summary>Functions that share a run of clang: many save time, and few lose little when one of them fails all.</summary>
    private const int MostTogether = 16;

    /// <param name="diagnostics">Takes what clang finds wrong outside of functions, for which some may be missing.</param>
    public static void Survey(
        ParsedFile file, FrontEndOptions options, Toolchain toolchain, ProjectFiles others, ISurveyor surveyor, DiagnosticBag diagnostics)
    {
        (ExpandedText text, SyntaxTree tree) = file;
        DefinedFunction[] defined = [.. tree.Index.Functions.Where(f => !text.LineOf(f.Extent.Start).IsSystem)];
        DefinedFunction[] own = [.. defined.Where(f => text.IsOfMain(f.Extent.Start))];
        var signatures = new NumericSignature(declaration => text.LineOf(declaration.Extent().Start).IsSystem);
        ILookup<string?, DefinedFunction> byObjection = own.ToLookup(f => signatures.Objection(f.Cursor));
        DefinedFunction[] numeric = [.. byObjection[null]];
        surveyor.Begin(new FileSurvey(
            [.. numeric.Select(f => f.Name)], byObjection.Where(o => o.Key is not null).ToImmutableSortedDictionary(o => o.Key!, o => o.Count(), StringComparer.Ordinal)));

        diagnostics.AddRange(tree.Messages.Where(m => !own.Any(f => f.Extent.Start <= m.Offset && m.Offset < f.Extent.End)).Select(m => m.Message));
        var pragmas = new DiagnosticBag();
        var builder = new ProgramBuilder(text, tree, options, PragmaMap.Build(text, defined, tree.Index.Declarations, pragmas), toolchain, others) { WritesDropIns = false };
        var open = new List<(DefinedFunction Function, SurveyedFunction Alone)>();
        foreach (DefinedFunction function in numeric)
        {
            SurveyedFunction alone = builder.SurveyOne(function, pragmas);
            surveyor.Found(alone);
            if (alone.Program is not null)
            {
                open.Add((function, alone));
            }
        }

        foreach ((DefinedFunction Function, SurveyedFunction Alone)[] some in open.Chunk(MostTogether))
        {
            surveyor.Together([.. some.Select(s => s.Alone)], builder.Share([.. some.Select(s => s.Function)], [.. some.Select(s => s.Alone.Program!)]));
        }
    }

    private SurveyedFunction SurveyOne(DefinedFunction function, DiagnosticBag pragmas)
    {
        var findings = new DiagnosticBag();
        findings.AddRange(pragmas);
        CProgram? program = findings.HasErrors ? null : BuildUnit([function], isAlone: true, findings).Programs.FirstOrDefault();
        IReadOnlyList<NscPragma> own = _pragmas.Of(function, []);
        return new SurveyedFunction(
            function.Name, function.Cursor.Location().PlaceIn(_text.Source).Location, program,
            [.. program?.Signature.Inputs.Select(i => !IsGiven(i.Name, own)) ?? []], [.. findings]);
    }

    private bool IsGiven(string input, IReadOnlyList<NscPragma> pragmas) => _options.Ranges.Keys.Any(n => RangeResolver.Means(n, input))
        || pragmas.Any(p => p.Verb == PragmaVerb.Range && (p.Input is null || RangeResolver.Means(p.Input, input)));

    // The same programs of one source; those that were made alone where they do not come out the same.
    private IReadOnlyList<CProgram> Share(DefinedFunction[] functions, CProgram[] alone)
    {
        var known = alone.ToDictionary(p => p.Signature.Function, p => FrontEndOptions.For(p.Signature) with { Project = _options.Project });
        ImmutableArray<CProgram> together = functions.Length == 1 ? [] : BuildUnit(functions, isAlone: false, [], f => known[f.Name]).Programs;
        return together.Length == alone.Length ? together : alone;
    }
}
