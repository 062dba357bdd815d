// From a preprocessed file to programs: choose the functions, cut out the unit that they need, and on this unit check each with its
// callees, read its signature and write its entry.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Tokens;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Symbolic;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Rewriting;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Slicing.Library;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

internal sealed partial class ProgramBuilder
{
    private readonly ExpandedText _text;
    private readonly SyntaxTree _file;
    private readonly FrontEndOptions _options;
    private readonly PragmaMap _pragmas;
    private readonly Toolchain _toolchain;
    private readonly SourceParts _parts;
    private readonly ProjectFiles? _others;

    private ProgramBuilder(ExpandedText text, SyntaxTree file, FrontEndOptions options, PragmaMap pragmas, Toolchain toolchain, ProjectFiles? others)
    {
        (_text, _file, _options, _pragmas, _toolchain) = (text, file, options, pragmas, toolchain);
        (_parts, _others) = (new SourceParts(text, file), others);
    }

    /// <summary>Whether programs say how their file takes in a surrogate, which costs a copy of the file for each.</summary>
    private bool WritesDropIns { get; init; } = true;

    public static ImmutableArray<CProgram> Build(
        ExpandedText text, SyntaxTree file, FrontEndOptions options, Toolchain toolchain, DiagnosticBag diagnostics, ProjectFiles? others = null)
    {
        DefinedFunction[] defined = [.. file.Index.Functions.Where(f => !text.LineOf(f.Extent.Start).IsSystem)];
        PragmaMap pragmas = PragmaMap.Build(text, defined, file.Index.Declarations, diagnostics);
        bool pragmasAreSound = !diagnostics.HasErrors;
        var choice = new FunctionChoice(text, defined, options, pragmas.Marked);
        IReadOnlyList<DefinedFunction> chosen = choice.Choose(diagnostics);
        if (chosen.Count == 0)
        {
            diagnostics.AddRange(file.Messages.Select(m => m.Message)); // They may be why the function is not there.
        }

        ImmutableArray<CProgram> programs = chosen.Count == 0 ? [] : new ProgramBuilder(text, file, options, pragmas, toolchain, others).BuildAll(chosen, diagnostics);
        return pragmasAreSound ? programs : [];
    }

    /// <summary>The checked unit of some functions, or null.</summary>
    public static string? UnitOf(ParsedFile file, IReadOnlyList<string> functions, ProjectFiles others, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        DefinedFunction[] found = [.. functions.Select(file.Unit.Index.Find).OfType<DefinedFunction>()];
        if (found.Length < functions.Count)
        {
            diagnostics.ReportUnknownFunction(file.Text.Source, functions.First(f => !file.Unit.Index.Defines(f)), []);
            return null;
        }

        SourceText source = UnitSlice.Cut(new SourceParts(file.Text, file.Unit), found, others.Defining, notes: []).Source;
        using SyntaxTree? unit = SyntaxTree.OfUnit(source, toolchain, diagnostics);
        if (unit is not null)
        {
            var findings = new DiagnosticBag();
            DeclarationCheck.Check(unit, findings);
            new SupportCheck(unit.Index, new TypeCheck(asksDataflow: true), asksDataflow: true).CheckRest(findings);
            diagnostics.AddRange(findings);
        }

        return diagnostics.HasErrors ? null : source.Text;
    }

    private ImmutableArray<CProgram> BuildAll(IReadOnlyList<DefinedFunction> chosen, DiagnosticBag diagnostics)
    {
        var refusals = new DiagnosticBag();
        bool isAlone = chosen.Count == 1;
        (ImmutableArray<CProgram> programs, IReadOnlyList<DefinedFunction> supported) = BuildUnit(chosen, isAlone, refusals);
        if (_options.AllFunctions && _options.Functions.IsEmpty && !isAlone && refusals.HasErrors)
        {
            if (supported.Count == 0)
            {
                supported = [.. chosen.Where(f => !BuildUnit([f], isAlone, []).Programs.IsEmpty)]; // What sank the unit is needed by some of them only.
            }

            // Among all functions, those that cannot be learned are passed over, unless none is left: the others get a unit without them.
            if (supported.Count > 0)
            {
                diagnostics.AddRange(refusals.Select(d => d.Severity == Severity.Error ? d with { Severity = Severity.Note } : d));
                refusals = [];
                (programs, _) = BuildUnit(supported, isAlone, refusals);
            }
        }

        diagnostics.AddRange(refusals);
        ReportUnusedRanges(chosen, programs, diagnostics);
        return programs;
    }

    // The programs of one unit, and the functions that they are.
    private (ImmutableArray<CProgram> Programs, IReadOnlyList<DefinedFunction> Supported) BuildUnit(
        IReadOnlyList<DefinedFunction> chosen, bool isAlone, DiagnosticBag findings, Func<DefinedFunction, FrontEndOptions>? optionsOf = null)
    {
        string[] bound = [.. _options.Bound.Values.Concat(chosen.SelectMany(f => _pragmas.Of(f, [])).Select(p => p.Function).OfType<string>()).Distinct()];
        CutUnit cut = UnitSlice.Cut(_parts, chosen, Elsewhere, _text.IsUnit ? null : findings, bound: bound, holding: name => _others?.Holding(name));
        SourceText source = cut.Source;
        findings.AddRange(_file.Messages.Where(m => m.Message.Severity == Severity.Warning && cut.Holds(m.Offset)).Select(m => m.Message));
        HashSet<string> needed = [.. cut.Parts[0].Needed.SelectMany(c => c.Declarations).Select(d => d.Spelling())];
        if (Redefinitions(needed.Contains) is { Length: > 0 } redefinitions)
        {
            findings.AddRange(redefinitions);
            return ([], []);
        }

        if (!IsAcceptable(cut, findings))
        {
            return ([], []);
        }

        var errors = new DiagnosticBag();
        using SyntaxTree? unit = SyntaxTree.OfUnit(source, _toolchain, errors);
        if (unit is null)
        {
            findings.AddRange(Redefinitions(name => source.Text.Contains(name, StringComparison.Ordinal))); // Clang takes what is defined twice for undeclared.
            bool isUndeclared = errors.Any(e => e.Message.StartsWith("use of undeclared identifier", StringComparison.Ordinal));
            Diagnostic[] reasons = cut.Parts.Count == 1 ? WhyNoUnit(chosen, findings) : [];
            findings.AddRange(reasons.Length > 0 && !(isUndeclared && reasons.All(r => r.Id == "unresolved-call")) ? reasons : OfFile(errors));
            return ([], []);
        }

        UnitChecks checks = ChecksOf(unit, cut);
        var programs = ImmutableArray.CreateBuilder<CProgram>();
        var supported = new List<DefinedFunction>();
        Begun[] begun = [.. chosen.Select(f => Begin(f, checks, optionsOf?.Invoke(f) ?? _options, isAlone))];
        CProgram[] questions = [.. begun.Select(b => b.Draft?.Question).OfType<CProgram>()];
        var answers = new Queue<CallUses?>(GraphBuilder.UsesOf(questions, _toolchain, GraphOptions.Default));
        foreach (Begun one in begun)
        {
            if (Finish(one, checks, one.Draft?.Question is null ? null : answers.Dequeue(), findings) is { } program)
            {
                programs.Add(program);
                supported.Add(one.Written);
            }
        }

        if (supported.Count < chosen.Count)
        {
            return (programs.ToImmutable(), supported);
        }

        var faults = new DiagnosticBag();
        DeclarationCheck.Check(unit, faults);
        checks.Support.CheckRest(faults);
        findings.AddRange(faults);
        return faults.HasErrors ? ([], []) : (programs.ToImmutable(), supported);
    }

    private SourceParts? Elsewhere(string name) => _others?.Defining(name);

    private bool IsAcceptable(CutUnit cut, DiagnosticBag findings)
    {
        var flaws = new DiagnosticBag();
        PragmaPolicy.Check(_text, cut.Leads, flaws);
        if (!flaws.HasErrors && UnitText.Flaw(cut.Source.Text) is { } flaw)
        {
            flaws.ReportUnitFlaw(cut.Source.Path, flaw);
        }

        findings.AddRange(flaws);
        return !flaws.HasErrors;
    }

    private UnitChecks ChecksOf(SyntaxTree unit, CutUnit cut)
    {
        var types = new TypeCheck(asksDataflow: true);
        var written = new Lazy<IReadOnlySet<string>>(() => cut.WrittenVariables([_parts, .. _others?.Read ?? []]).Concat(_others?.Written ?? [])
            .Concat(_options.Guesses ? [] : _others?.WrittenOf(cut.Shared) ?? []).ToHashSet(StringComparer.Ordinal));
        return new UnitChecks(unit, new SupportCheck(unit.Index, types, asksDataflow: true), types, written, cut.Unknown, cut.Local);
    }

    // A unit has one definition of each thing, and would not show that the file has two.
    private Diagnostic[] Redefinitions(Func<string, bool> isNeeded)
    {
        string? hint = _text.IncludesItself ? "the file includes itself: guard what it defines with #ifndef" : null;
        return [.. _file.Messages.Where(m => m.Message.Severity == Severity.Error && m.Message.Message.StartsWith("redefinition of", StringComparison.Ordinal))
            .Where(m => Chunk.IndexOf(_parts.Chunks, m.Offset) is >= 0 and var at && _parts.Chunks[at].Declarations.Exists(d => isNeeded(d.Spelling())))
            .Select(m => m.Message with { Hint = hint })];
    }

    // Where clang does not understand the file, the unit may lack what else stands in the line.
    private IEnumerable<Diagnostic> OfFile(DiagnosticBag errors)
    {
        Diagnostic[] ofFile = [.. errors.Where(e => e.Severity == Severity.Error && _file.Messages.Any(m => m.Message.Location == e.Location && m.Message.Message == e.Message))];
        return ofFile.Length > 0 ? ofFile : errors;
    }

    // What a unit lacks, it lacks for a reason that shows in the whole file, such as a function that only an attribute names; but not for what was left out of it.
    private Diagnostic[] WhyNoUnit(IReadOnlyList<DefinedFunction> chosen, DiagnosticBag notes)
    {
        var reasons = new DiagnosticBag();
        var check = new SupportCheck(_file.Index, new TypeCheck(asksDataflow: true), asksDataflow: true);
        foreach (DefinedFunction function in chosen)
        {
            check.Check(function.Name, reasons);
        }

        Diagnostic[] found = [.. reasons.Where(r => !notes.Any(n => n.Id == SupportMessages.LeftOut && n.Location == r.Location))];
        Diagnostic[] others = [.. found.Where(r => r.Id != SupportMessages.UndefinedGlobal)]; // A number that no file defines would be an input.
        return others.Length > 0 ? others : found;
    }

    // What nobody says of its pointers, its dataflow may tell.
    private Begun Begin(DefinedFunction written, UnitChecks checks, FrontEndOptions options, bool isAlone)
    {
        Begun begun = BeginAsSaid(written, checks, options, isAlone);
        if (begun.Draft is not null || options.Guesses || options.Known is not null || !CallResolver.AsksForExtents(begun.Findings))
        {
            return begun;
        }

        Begun tried = BeginAsSaid(written, checks, options with { TriesExtents = true }, isAlone);
        if (tried.Draft is not { Question: { } question } draft)
        {
            return begun;
        }

        var notes = new DiagnosticBag();
        ImmutableDictionary<string, int> extents = tried.Resolver.ExtentsOf(draft, notes, GraphBuilder.UsesOf([question], _toolchain, GraphOptions.Default)[0]);
        Begun told = BeginAsSaid(written, checks, options with { Extents = options.Extents.AddRange(extents) }, isAlone);
        if (told.Draft is null)
        {
            return begun;
        }

        told.Findings.AddRange(notes);
        return told;
    }

    private Begun BeginAsSaid(DefinedFunction written, UnitChecks checks, FrontEndOptions options, bool isAlone)
    {
        string entryName = isAlone ? CProgram.DefaultEntryName : $"{CProgram.DefaultEntryName}_{written.Name}";
        DiagnosticBag findings = [], recursions = [];
        List<string> called = checks.Support.Check(written.Name, findings, recursions);
        IReadOnlyList<NscPragma> pragmas = _pragmas.Of(written, findings);
        called.AddRange(BoundFunctions(options, pragmas, checks, findings, recursions).Except(called).ToList());
        var resolver = new CallResolver(checks.Unit, _text.Source, checks.Support, checks.Types, options, findings);
        CallDraft? draft = resolver.Draft(checks.Unit.Index.Find(written.Name)!, called, pragmas, checks.WrittenVariables, entryName) is { } drafted ? drafted with { Local = checks.Local } : null;
        return new Begun(written, entryName, called, resolver, draft, findings, recursions);
    }

    // The functions that pointers are, and what these call.
    private IEnumerable<string> BoundFunctions(FrontEndOptions options, IReadOnlyList<NscPragma> pragmas, UnitChecks checks, DiagnosticBag findings, DiagnosticBag recursions)
    {
        foreach (string name in options.Bound.Values.Concat(pragmas.Select(p => p.Function).OfType<string>()).Distinct())
        {
            if (checks.Unit.Index.Defines(name))
            {
                foreach (string reached in checks.Support.Check(name, findings, recursions))
                {
                    yield return reached;
                }
            }
            else
            {
                findings.ReportUnknownFunction(_text.Source, name, [.. _file.Index.Functions.Select(f => f.Name)]);
            }
        }
    }

    private CProgram? Finish(Begun begun, UnitChecks checks, CallUses? uses, DiagnosticBag diagnostics)
    {
        (DefinedFunction written, string entryName, List<string> called, CallResolver resolver, CallDraft? draft, DiagnosticBag findings, DiagnosticBag recursions) = begun;
        var resolved = draft is null ? null : resolver.Finish(draft, uses);
        diagnostics.AddRange(findings);
        if (resolved is not var (call, inputs) || findings.HasErrors)
        {
            diagnostics.AddRange(recursions);
            return null;
        }

        (SyntaxTree unit, DefinedFunction function) = (checks.Unit, draft!.Function);
        foreach (string name in inputs.Select(i => i.Parameter).Where(checks.Unknown.Contains).Distinct())
        {
            diagnostics.ReportUnknownVariable(function.Cursor.Location().PlaceIn(unit.Source), name);
        }

        ImmutableArray<OutputVariable> outputs = [.. call.Outputs.Select(o => new OutputVariable(o.Leaf.Name, o.Leaf.Kind))];
        var signature = new ProgramSignature(function.Name, function.Cursor.Declaration(), inputs, outputs)
        {
            Fixed = [.. call.Scalars.Where(s => s.Direction == Direction.None || call.Fixed.ContainsKey(s.Leaf.Name)).Select(s => new FixedVariable(s.Leaf.Name, call.Fixed.GetValueOrDefault(s.Leaf.Name))), .. call.Nulls.Select(n => new FixedVariable(n, 0)), .. call.Bound],
            Ignored = [.. call.Ignored.Order(StringComparer.Ordinal)],
        };
        var program = new CProgram(unit.Source.Path, unit.Source.Text, CallWriter.Entry(call, entryName, UnitMemory.ResetFor(unit.Source.Text)), signature, entryName);
        if (recursions.HasErrors && !GraphBuilder.IsOfFixedDepth(program, _toolchain, GraphOptions.Default))
        {
            diagnostics.AddRange(recursions);
            return null;
        }

        string? obstacle = HiddenState(call, unit)
            ?? (signature.Ignored is [var ignored, ..] ? $"its output '{ignored}' is left out, and who calls the function may want it"
                : call.Parameters.FirstOrDefault(p => p.Member.Length > 0) is { } part ? $"'{part.Name}' is taken for a part of a larger structure, and the new definition cannot name that"
                : call.Bound is [var bound, ..] ? $"'{bound.Name}' is taken for '{bound.Function}', and who calls the function may hand over another one"
                : call.Nulls is [var pointer, ..] ? $"'{pointer}' is taken for null, and who calls the function may point it to something" : null);
        return program with
        {
            DropIn = recursions.HasErrors || !WritesDropIns || obstacle is not null ? null
                : _text.IsUnit ? DropInWriter.OfUnit(call, function, unit.Source)
                : DropInWriter.OfFile(call, written, _text) is { } parts ? parts with { Loops = BlockLoops.Of(_text, _file, written, call, parts) } : null,
            DropInObstacle = obstacle,
            Tokens = TokenVocabulary.Encode(Tokenizer.SpellingsOf(unit, called)),
        };
    }

    // Why the file's other functions cannot name a variable that the call sets; null when they can name all.
    private string? HiddenState(FunctionCall call, SyntaxTree unit)
    {
        if (_text.IsUnit || call.Parameters.FirstOrDefault(p => p.Passing == Passing.Variable && !_file.Index.Declarations.Any(d => d.Spelling() == p.Name)) is not { } hidden)
        {
            return null;
        }

        string file = unit.Index.Declarations.First(d => d.Spelling() == hidden.Name).Location().PlaceIn(unit.Source).Location.File;
        return file == _text.Source.Path
            ? $"'{hidden.Name}', which keeps its value between calls, stands within a function, and the new definition cannot name it there"
            : $"'{hidden.Name}', which keeps its value between calls, belongs to {SourceMessages.Printable(file)}, and this file cannot name it";
    }

    private void ReportUnusedRanges(IReadOnlyList<DefinedFunction> chosen, IEnumerable<CProgram> programs, DiagnosticBag diagnostics)
    {
        if (diagnostics.HasErrors)
        {
            return;
        }

        // The range of an input that is not kept says what its one value is.
        IEnumerable<string> fixedNames = _options.Inputs.IsEmpty ? [] : programs.SelectMany(p => p.Signature.Fixed).Select(f => f.Name);
        string[] inputs = [.. programs.SelectMany(p => p.Signature.Inputs).Select(i => i.Name).Concat(fixedNames).Distinct()];
        foreach (string name in _options.Ranges.Keys.Where(n => !inputs.Any(i => RangeResolver.Means(n, i))).Order(StringComparer.Ordinal))
        {
            string function = chosen.Count == 1 ? chosen[0].Name : _text.Source.Path;
            diagnostics.ReportUnknownInput(new SourcePlace(SourceLocation.InFile("--range"), null), name, function, inputs);
        }
    }

    /// <summary>A function whose pointers may have no direction yet.</summary>
    private sealed record Begun(
        DefinedFunction Written, string EntryName, List<string> Called, CallResolver Resolver, CallDraft? Draft, DiagnosticBag Findings, DiagnosticBag Recursions);

    /// <param name="WrittenVariables">Those of the project that something writes, as far as it was read.</param>
    private sealed record UnitChecks(SyntaxTree Unit, SupportCheck Support, TypeCheck Types, Lazy<IReadOnlySet<string>> WrittenVariables, IReadOnlySet<string> Unknown, IReadOnlySet<string> Local);
}
