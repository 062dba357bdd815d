// From a parsed unit to programs: choose the functions, check each with its callees, read its signature, write its entry.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Clang;

internal sealed class ProgramBuilder
{
    private readonly ParsedUnit _unit;
    private readonly FrontEndOptions _options;
    private readonly PragmaMap _pragmas;
    private readonly TypeCheck _types = new();
    private readonly SupportCheck _support;

    private ProgramBuilder(ParsedUnit unit, FrontEndOptions options, PragmaMap pragmas)
    {
        _unit = unit;
        _options = options;
        _pragmas = pragmas;
        _support = new SupportCheck(unit.Index, _types);
    }

    public static ImmutableArray<CProgram> Build(ParsedUnit unit, FrontEndOptions options, DiagnosticBag diagnostics)
    {
        PragmaMap pragmas = PragmaMap.Build(unit.Unit, unit.Index, unit.Directives, diagnostics);
        bool pragmasAreSound = !diagnostics.HasErrors;
        IReadOnlyList<DefinedFunction> chosen = FunctionChoice.Choose(unit.Index, options, pragmas.Marked, diagnostics);
        ImmutableArray<CProgram> programs = new ProgramBuilder(unit, options, pragmas).BuildAll(chosen, diagnostics);
        return pragmasAreSound ? programs : [];
    }

    private ImmutableArray<CProgram> BuildAll(IReadOnlyList<DefinedFunction> chosen, DiagnosticBag diagnostics)
    {
        var programs = ImmutableArray.CreateBuilder<CProgram>();
        var usedRanges = new HashSet<string>();
        var refusals = new List<Diagnostic>();
        foreach (DefinedFunction function in chosen)
        {
            var findings = new DiagnosticBag();
            string entry = chosen.Count == 1 ? CProgram.DefaultEntryName : $"{CProgram.DefaultEntryName}_{function.Name}";
            if (BuildOne(function, entry, usedRanges, findings) is { } program)
            {
                programs.Add(program);
            }

            refusals.AddRange(findings);
        }

        // Among all functions, those that cannot be learned are passed over, unless none is left.
        bool passesOver = _options.AllFunctions && _options.Functions.IsEmpty && programs.Count > 0;
        diagnostics.AddRange(passesOver ? refusals.Select(d => d with { Severity = Severity.Note }) : refusals);
        ReportUnusedRanges(chosen, usedRanges, programs, diagnostics);
        return programs.ToImmutable();
    }

    private CProgram? BuildOne(DefinedFunction function, string entryName, HashSet<string> usedRanges, DiagnosticBag findings)
    {
        IEnumerable<string> called = _support.Check(function.Name, findings);
        FunctionShape? shape = new SignatureReader(_unit.Source, _types, _options, findings).Read(function.Cursor);
        if (shape is null)
        {
            return null;
        }

        CheckPointerSteps(shape, findings);
        ImmutableArray<Leaf> leaves = [.. shape.Inputs];
        var resolver = new RangeResolver(_unit.Source, function.Name, leaves, findings);
        var meant = _options.Ranges.Where(r => leaves.Any(l => RangeResolver.Means(r.Key, l.Name))).ToDictionary();
        usedRanges.UnionWith(meant.Keys);
        ImmutableArray<InputVariable> inputs = resolver.Resolve(_pragmas.Of(function.Name), meant);
        if (findings.HasErrors)
        {
            return null;
        }

        ImmutableArray<OutputVariable> outputs = [.. shape.Outputs.Select(o => new OutputVariable(o.Name, o.Kind))];
        var signature = new ProgramSignature(function.Name, shape.Prototype, inputs, outputs);
        return new CProgram(_unit.Source.Path, _unit.SelfContained, EntryWriter.Write(shape, entryName), signature, entryName)
        {
            DropIn = _unit.IsSelfContained ? DropInWriter.Write(shape, function, _unit.Source) : null,
            Tokens = TokenVocabulary.Encode(Tokenizer.TokensOf(_unit, called).Select(t => t.Spelling)),
        };
    }

    /// <summary>A pointer without an extent stands for one value; only the function itself is checked, callees by the graph.</summary>
    private void CheckPointerSteps(FunctionShape shape, DiagnosticBag findings)
    {
        foreach (Parameter parameter in shape.Parameters.Where(p => p.Passing == Passing.Address))
        {
            foreach (PointerStep step in _support.FactsOf(shape.Name).Steps.Where(s => s.Parameter == parameter.Name))
            {
                string element = parameter.Shape.Declare("").TrimEnd();
                findings.ReportSubscriptedScalar(step.Place, parameter.Name, parameter.IsOutput ? element : $"const {element}");
            }
        }
    }

    private void ReportUnusedRanges(
        IReadOnlyList<DefinedFunction> chosen, HashSet<string> used, IEnumerable<CProgram> programs, DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
        {
            return;
        }

        string[] inputs = [.. programs.SelectMany(p => p.Signature.Inputs).Select(i => i.Name).Distinct()];
        foreach (string name in _options.Ranges.Keys.Where(n => !used.Contains(n)).Order(StringComparer.Ordinal))
        {
            string function = chosen.Count == 1 ? chosen[0].Name : _unit.Source.Path;
            diagnostics.ReportUnknownInput(new Place(SourceLocation.InFile("--range"), null), name, function, inputs);
        }
    }
}
