// How a function is called: what its declaration says, what the user adds, what the body leaves alone, and which way the values go.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Checking.Usage;
using Nsc.FrontEnd.Lowering.Symbolic;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Slicing.Library;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd;

/// <param name="unit">Holds the function and all that it needs.</param>
/// <param name="written">The text that pragmas stand in.</param>
internal sealed class CallResolver(
    SyntaxTree unit, SourceText written, SupportCheck check, TypeCheck types, FrontEndOptions options, DiagnosticBag findings)
{
    private const int MostElements = 16;

    private ImmutableHashSet<string> _setByOthers = [];
    private HashSet<CXCursor> _named = [], _written = [], _called = [], _tested = [], _assigned = [], _reached = [];

    /// <summary>The function's call, but for the directions that only its dataflow tells; null when the findings say why there is none.</summary>
    /// <param name="reached">The function and what it calls.</param>
    /// <param name="writtenVariables">Those of the file.</param>
    /// <param name="entryName">No other draft of the unit has it.</param>
    public CallDraft? Draft(
        DefinedFunction function, IReadOnlyList<string> reached, IReadOnlyList<NscPragma> pragmas, Lazy<IReadOnlySet<string>> writtenVariables, string entryName)
    {
        reached = WithAddressed(reached);
        _named = [.. reached.SelectMany(name => check.FactsOf(name).Named)];
        _called = [.. reached.SelectMany(name => check.FactsOf(name).Called)];
        _tested = [.. reached.SelectMany(name => check.FactsOf(name).Tested)];
        _assigned = [.. reached.SelectMany(name => check.FactsOf(name).Assigned)];
        _reached = [.. reached.SelectMany(name => check.FactsOf(name).Reached)];
        _written = WrittenRecords(function.Cursor);
        SourcePlace place = function.Cursor.Location().PlaceIn(unit.Source);
        CallBindings bindings = new CallBindings(options.Extents, options.Fixed) { Names = Names(pragmas), Bound = options.Bound }.With(pragmas, written, findings);
        bindings = WithSubscripts(bindings, function, place);
        FunctionFacts[] facts = [.. reached.Select(check.FactsOf)];
        _named.UnionWith(function.Cursor.Parameters().Select(p => UntypedPointers.AroundOf(p, facts)).OfType<(CXType Whole, string Member)>()
            .Select(a => a.Whole.Fields().Find(f => a.Member == "." + f.Spelling())));
        CXCursor[] bound = [.. bindings.Bound.Values.Distinct().Where(unit.Index.Defines).Select(name => unit.Index.Find(name)!.Cursor)];
        CXType? Meant(CXCursor pointer) => UntypedPointers.MeaningOf(pointer, facts, bound);
        bool IsUnused(CXCursor parameter) => !_named.Contains(parameter);
        (CXType Whole, string Member)? Around(CXCursor parameter) => UntypedPointers.AroundOf(parameter, facts);
        DeclaredPolicy policy = options.Guesses ? new GuessingPolicy(bindings, IsLeftOut)
            : options.TriesExtents ? new TryingPolicy(bindings, IsLeftOut, UsesOf, Meant, IsUnused, Around)
            : new DeclaredPolicy(bindings, IsLeftOut, UsesOf, Meant, IsUnused, Around);
        var reader = new CallReader(unit.Source, types, policy, findings);
        var (call, isWhole) = reader.Read(function.Cursor);
        Parameter?[] state = [.. State(reached, writtenVariables, pragmas).Select(v => ReadState(v, call, reader))];
        isWhole &= !state.Contains(null);
        call = call with { Parameters = [.. call.Parameters, .. state.OfType<Parameter>()], Ignored = call.Ignored.Union(reader.LeftPointers), Nulls = [.. policy.Nulls], Bound = [.. policy.Bound] };
        call = bindings.Fix(call, place, findings);
        if (options.Known is null)
        {
            findings.ReportHandles(place, function.Name, policy.Handles.Tested, policy.Handles.Null);
            findings.ReportUntold(place, function.Name, policy.Untold);
        }

        if (isWhole)
        {
            ReportUnknown(call, pragmas);
        }

        CheckPointerSteps(call);
        if (!isWhole || findings.HasErrors)
        {
            CheckCounts(call, isWhole, place);
            return null;
        }

        if (policy is GuessingPolicy { Extents: var extents })
        {
            call = WithoutUnnamed(call, function);
            return CheckState(call, place) && CheckCounts(call, isWhole, place)
                ? new CallDraft(call, function, pragmas) { Extents = extents, Question = Question(call, pragmas, entryName) } : null;
        }

        return options.Known is { } known ? new CallDraft(AsKnown(call, known), function, pragmas)
            : Drafted(call, function, pragmas, entryName) with { Extents = Tried(policy, call) };
    }

    // Those of members that are left out are no question.
    private static ImmutableDictionary<string, int?> Tried(CallPolicy policy, FunctionCall call) =>
        policy is TryingPolicy trying ? trying.Tried.Where(t => CallBindings.Means(isExtent: true, t.Key, call)).ToImmutableDictionary() : ImmutableDictionary<string, int?>.Empty;

    /// <summary>Whether what was found says that nobody knows how far some pointer reaches, and nothing else.</summary>
    public static bool AsksForExtents(IEnumerable<Diagnostic> findings) => findings.Where(f => f.Severity == Severity.Error).ToArray() is { Length: > 0 } errors
        && Array.TrueForAll(errors, e => e.Id is SignatureMessages.MissingExtent or SignatureMessages.SubscriptedScalar);

    /// <summary>How far the pointers of a draft reach that tried more of them; none where neither its dataflow nor a length tells.</summary>
    /// <param name="notes">Say what told.</param>
    /// <param name="uses">What the answer to the draft's question is; null where it has none.</param>
    public ImmutableDictionary<string, int> ExtentsOf(CallDraft draft, DiagnosticBag notes, CallUses? uses)
    {
        SourcePlace place = draft.Function.Cursor.Location().PlaceIn(unit.Source);
        if (uses is { FollowsData: false, LeavesArrays: false } && draft.UsedElements(uses) is { } used)
        {
            (string Name, int Extent)[] arrays = [.. used.Where(e => e.Value > 1 || IsOpen(draft.Function.Cursor, e.Key)).OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => (e.Key, e.Value))];
            notes.ReportExtents(place, draft.Function.Name, arrays);
            return arrays.ToImmutableDictionary(a => a.Name, a => a.Extent, StringComparer.Ordinal);
        }

        if (draft.OnlyLength is not var (length, count))
        {
            return [];
        }

        string[] open = [.. draft.Extents.Keys.Where(name => IsOpen(draft.Function.Cursor, name) || check.FactsOf(draft.Function.Name).Steps.Any(s => s.Parameter == name)).Order(StringComparer.Ordinal)];
        notes.ReportExtentsByLength(place, open, length, count);
        return open.ToImmutableDictionary(name => name, _ => count, StringComparer.Ordinal);
    }

    /// <summary>The whole call and its inputs with their ranges; null when the findings say why there is none.</summary>
    /// <param name="uses">What the answer to the draft's question is; null where it has none.</param>
    public (FunctionCall Call, ImmutableArray<InputVariable> Inputs)? Finish(CallDraft draft, CallUses? uses)
    {
        var (function, pragmas) = (draft.Function, draft.Pragmas);
        SourcePlace place = function.Cursor.Location().PlaceIn(unit.Source);
        FunctionCall call = draft.Question is null ? draft.Call : draft.Directed(uses);
        call = call with { Ignored = call.Ignored.Union(CallBindings.Ignored(draft.Call, options.Known is null ? pragmas : [], written, findings)) };
        ReportLeftOut(call, function, place);
        foreach (string pointer in draft.Call.Ignored.Where(_ => options.Known is null && call.Outputs.Any()).Order(StringComparer.Ordinal))
        {
            findings.ReportPointerLeftOut(place, function.Name, pointer);
        }

        ImmutableArray<InputVariable> inputs = Ranges(call, pragmas, findings);
        foreach (string name in inputs.Select(i => i.Parameter).Where(draft.SetByOthers.Contains).Distinct())
        {
            findings.ReportUnsetVariable(place, name);
        }

        if (!options.Inputs.IsEmpty)
        {
            (call, inputs) = Keep(call, inputs, place);
        }

        return CheckCounts(call, isWhole: true, place) ? (call, inputs) : null;
    }

    private ImmutableHashSet<string> Names(IReadOnlyList<NscPragma> pragmas) =>
        [.. options.Ranges.Keys, .. options.Fixed.Keys, .. options.Inputs, .. pragmas.Select(p => p.Input).OfType<string>(), .. options.Known?.Outputs.Select(o => o.Name) ?? []];

    // A pointer without an extent stands for one value; only the function itself is checked, callees by the graph.
    private void CheckPointerSteps(FunctionCall call)
    {
        foreach (Parameter parameter in call.Parameters.Where(p => p.Passing == Passing.Address))
        {
            foreach (PointerStep step in check.FactsOf(call.Function).Steps.Where(s => s.Parameter == parameter.Name))
            {
                string element = parameter.Shape.Declare("").TrimEnd();
                findings.ReportSubscriptedScalar(unit.Source.PlaceAt(step.Offset), parameter.Name, parameter.Direction != Direction.In ? element : $"const {element}");
            }
        }
    }

    // What nobody says of a pointer, its subscripts may tell. One value needs no extent, unless const leaves open whether it is an array.
    private CallBindings WithSubscripts(CallBindings bindings, DefinedFunction function, SourcePlace place)
    {
        var told = KnownSubscripts.ExtentsOf(function.Cursor, bindings.Fixed).Where(e => !bindings.Extents.ContainsKey(e.Key)).ToList();
        (string Name, int Extent)[] arrays = [.. told.Where(e => e.Value > 1 || IsOpen(function.Cursor, e.Key)).Select(e => (e.Key, e.Value))];
        if (arrays.Length > 0 && options.Known is null)
        {
            findings.ReportExtents(place, function.Name, arrays);
        }

        return bindings with { Extents = bindings.Extents.AddRange(arrays.Select(a => KeyValuePair.Create(a.Name, a.Extent))) };
    }

    // Whether nothing else says that a pointer reaches one value.
    private static bool IsOpen(CXCursor function, string path) => path.Contains('.', StringComparison.Ordinal) || path.EndsWith("[]", StringComparison.Ordinal)
        || function.Parameters().All(p => p.Spelling() != path) || (function.Parameters().First(p => p.Spelling() == path).Type().Canonical() is var type
        && (type.Kind != CXTypeKind.CXType_Pointer || LibClang.getPointeeType(type) is var pointee && (pointee.HoldsConst() || pointee.Canonical().Kind is CXTypeKind.CXType_Pointer or CXTypeKind.CXType_ConstantArray)));

    // The variables that outlive a call and change, or that a pragma speaks of, in the order of their declarations.
    private IEnumerable<CXCursor> State(IReadOnlyList<string> reached, Lazy<IReadOnlySet<string>> writtenVariables, IReadOnlyList<NscPragma> pragmas)
    {
        CXCursor[] named = [.. reached.SelectMany(name => check.FactsOf(name).Variables).Distinct().Where(v => !UnitMemory.Defines(v.Spelling()))];
        if (named.Length == 0)
        {
            return [];
        }

        VariableWrites writes = VariableWrites.Of(reached.Select(name => unit.Index.Find(name)!.Cursor));
        CXCursor[] targets = [.. named.Where(v => !writes.Contains(v)).Select(ConstantTarget).OfType<CXCursor>().Where(writes.WritesThrough)];
        named = [.. named.Union(targets)];
        HashSet<string>? known = options.Known is { } signature
            ? [.. signature.Inputs.Select(i => i.Parameter), .. signature.Outputs.Select(o => o.Parameter), .. signature.Fixed.Select(f => f.Parameter)] : null;
        HashSet<string> said = [.. pragmas.Where(p => p.Input is not null && p.Verb is PragmaVerb.Range or PragmaVerb.Fix or PragmaVerb.Ignore).Select(p => ProgramSignature.ParameterOf(p.Input!))];
        CXCursor[] changing = [.. named.Where(v => known?.Contains(v.Spelling()) ?? (writes.Contains(v) || targets.Contains(v) || ChangesByItself(v) || writtenVariables.Value.Contains(v.Spelling()) || (said.Contains(v.Spelling()) && !v.Type().HoldsConst())))];
        CXCursor[] setByOthers = [.. named.Where(v => known is null && !changing.Contains(v) && IsSetByOthers(v))];
        _setByOthers = [.. setByOthers.Select(v => v.Spelling())];
        return changing.Concat(setByOthers).OrderBy(v => v.Location().Offset());
    }

    // The structure that a pointer variable begins to point to.
    private static CXCursor? ConstantTarget(CXCursor pointer)
    {
        CXCursor value = LibClang.Cursor_getVarDeclInitializer(LibClang.getCursorDefinition(pointer) is { Kind: CXCursorKind.CXCursor_VarDecl } defined ? defined : pointer).WithoutWrappers();
        return VariableWrites.TakesAddress(value) && VariableWrites.Target(value.Children()[0]) is { Kind: CXCursorKind.CXCursor_VarDecl } target
            && target.Type().Canonical().Kind == CXTypeKind.CXType_Record ? target : null;
    }

    private static bool ChangesByItself(CXCursor variable) => variable.Type() is var type && type.HoldsVolatile() && !type.HoldsConst();

    // Numbers that begin as zero and that nothing writes which was read: others set them, or they would be of no use. Only others can that may name them.
    private bool IsSetByOthers(CXCursor variable) => !options.Guesses && SourceParts.IsShared(variable) && !variable.Type().HoldsConst()
        && variable.Type().Canonical().ElementOfAll().Kind is CXTypeKind.CXType_Record or CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble)
        && !unit.Index.Declarations.Any(d => d.Kind == CXCursorKind.CXCursor_VarDecl && d.Spelling() == variable.Spelling()
            && LibClang.Cursor_getVarDeclInitializer(d).Kind >= CXCursorKind.CXCursor_UnexposedExpr);

    private Parameter? ReadState(CXCursor variable, FunctionCall call, CallReader reader)
    {
        string name = variable.Spelling();
        bool isOfUnit = unit.Index.Declarations.Contains(variable) || unit.Index.Declarations.Contains(LibClang.getCursorDefinition(variable));
        if (isOfUnit && !call.Parameters.Any(p => p.Name == name))
        {
            return reader.ReadVariable(variable);
        }

        findings.ReportHiddenVariable(variable.Location().PlaceIn(unit.Source), name);
        return null;
    }

    private PointerUses UsesOf(CXCursor member) => (_tested.Contains(member) ? PointerUses.Tested : 0) | (_called.Contains(member) ? PointerUses.Called : 0)
        | (_assigned.Contains(member) ? PointerUses.Assigned : 0);

    // A member that nothing names. Where a structure is written, an assignment to all of it may mean the member, but not what that points to.
    private bool IsLeftOut(CXCursor member, bool hasShape)
    {
        CXType type = member.Type().Canonical();
        if (hasShape && type.Kind != CXTypeKind.CXType_Pointer && IsReached(member))
        {
            return false;
        }

        bool isWhole = IsNamed(member) || LibClang.getTypeDeclaration(type).Kind == CXCursorKind.CXCursor_UnionDecl;
        return !IsUsed(member) && (!hasShape || type.Kind == CXTypeKind.CXType_Pointer || (isWhole && !_written.Contains(LibClang.getCursorSemanticParent(member))));
    }

    // By its structure's address. What is longer than a surrogate's inputs is left out unless it is named.
    private bool IsReached(CXCursor member) => _reached.Contains(LibClang.getCursorSemanticParent(member)) && LibClang.getArraySize(member.Type().Canonical()) <= options.MaxInputs;

    private bool IsUsed(CXCursor member) => _named.Contains(member) || (!IsNamed(member) && member.Type().Canonical().Fields().Any(IsUsed));

    // Members of an anonymous structure are named without it.
    private static bool IsNamed(CXCursor member) => member.Spelling() is { Length: > 0 } name && ShapeReader.IsNamed(name);

    // Tables of functions name more than is called by name.
    private IReadOnlyList<string> WithAddressed(IReadOnlyList<string> reached) =>
        reached.Any(name => check.FactsOf(name).CallsPointers) ? [.. unit.Index.Functions.Select(f => f.Name)] : reached;

    // The structures that outputs consist of.
    private static HashSet<CXCursor> WrittenRecords(CXCursor function)
    {
        var records = new HashSet<CXCursor>();
        var pending = new Stack<CXType>([LibClang.getResultType(function.Type()), .. function.Parameters().Select(p => p.Type().Canonical())
            .Where(t => t.Kind == CXTypeKind.CXType_Pointer).Select(LibClang.getPointeeType).Where(t => !t.HoldsConst())]);
        while (pending.TryPop(out CXType type))
        {
            type = type.Canonical().ElementOfAll();
            if (type.Kind == CXTypeKind.CXType_Record && records.Add(LibClang.getTypeDeclaration(type)))
            {
                type.Fields().ForEach(f => pending.Push(WithoutPointer(f.Type().Canonical())));
            }
        }

        return records;
    }

    private static CXType WithoutPointer(CXType type) => type.Kind == CXTypeKind.CXType_Pointer && LibClang.getPointeeType(type) is var pointee && !pointee.HoldsConst() ? pointee : type;

    private void ReportUnknown(FunctionCall call, IEnumerable<NscPragma> pragmas)
    {
        foreach (NscPragma pragma in pragmas.Where(p => p.Verb is PragmaVerb.Extent or PragmaVerb.Fix))
        {
            if (!CallBindings.Means(pragma.Verb == PragmaVerb.Extent, pragma.Input!, call))
            {
                findings.ReportUnknownBinding(written.PlaceAt(pragma.InputOffset), pragma.Input!, call.Function);
            }
        }

        if (options.Known is null && !options.AllFunctions && options.Functions.Length <= 1)
        {
            ReportUnknown("--extent", options.Extents.Keys.Where(n => !CallBindings.Means(isExtent: true, n, call)), call);
            ReportUnknown("--fix", options.Fixed.Keys.Concat(options.Bound.Keys).Where(n => !CallBindings.Means(isExtent: false, n, call)), call);
        }
    }

    private void ReportUnknown(string option, IEnumerable<string> names, FunctionCall call)
    {
        foreach (string name in names.Order(StringComparer.Ordinal))
        {
            findings.ReportUnknownBinding(new SourcePlace(SourceLocation.InFile(option), null), name, call.Function);
        }
    }

    private ImmutableArray<InputVariable> Ranges(FunctionCall call, IReadOnlyList<NscPragma> pragmas, DiagnosticBag diagnostics)
    {
        ImmutableArray<CallScalar> named = [.. call.Scalars.Where(s => s.IsInput || call.Fixed.ContainsKey(s.Leaf.Name))]; // The file may say a range of what has one value here.
        var resolver = new RangeResolver(written, call.Function, [.. named.Select(s => s.Leaf)], diagnostics);
        ImmutableArray<InputVariable> ranges = resolver.Resolve(pragmas, options.Ranges.Where(r => named.Any(s => RangeResolver.Means(r.Key, s.Leaf.Name))).ToDictionary());
        return [.. ranges.Where((_, i) => named[i].IsInput)];
    }

    // The inputs that the user names stay; the others have the middle of their ranges, whole numbers where they are whole.
    private (FunctionCall Call, ImmutableArray<InputVariable> Inputs) Keep(FunctionCall call, ImmutableArray<InputVariable> inputs, SourcePlace place)
    {
        bool IsKept(InputVariable input) => options.Inputs.Any(n => RangeResolver.Means(n, input.Name));
        if (!options.AllFunctions && options.Functions.Length <= 1)
        {
            foreach (string name in options.Inputs.Where(n => !inputs.Any(i => RangeResolver.Means(n, i.Name))).Order(StringComparer.Ordinal))
            {
                findings.ReportUnknownInput(new SourcePlace(SourceLocation.InFile("--input"), null), name, call.Function, [.. inputs.Select(i => i.Name)]);
            }
        }

        FixedVariable[] rest = [.. inputs.Where(i => !IsKept(i)).Select(i => new FixedVariable(i.Name, CallBindings.Held(i.Range.At(0), i.Kind)))];
        if (rest.Length > 0)
        {
            findings.ReportFixed(place, call.Function, rest);
        }

        return (call with { Fixed = call.Fixed.SetItems(rest.Select(f => KeyValuePair.Create(f.Name, f.Value))) }, [.. inputs.Where(IsKept)]);
    }

    // As the same function's signature has it.
    private static FunctionCall AsKnown(FunctionCall call, ProgramSignature known)
    {
        HashSet<string> inputs = [.. known.Inputs.Select(i => i.Name)], outputs = [.. known.Outputs.Select(o => o.Name)];
        return call with
        {
            Ignored = [.. known.Ignored],
            Directions = call.Scalars.ToImmutableDictionary(s => s.Leaf.Name, s =>
                (inputs.Contains(s.Leaf.Name) ? Direction.In : Direction.None)
                | (outputs.Contains(s.Leaf.Name) || outputs.Contains(s.Leaf.Name + ProgramSignature.NextSuffix) ? Direction.Out : Direction.None)),
        };
    }

    // What the look of the function leaves open is asked of its dataflow: which way outputs go, and whether there are inputs that nothing reads.
    private CallDraft Drafted(FunctionCall call, DefinedFunction function, IReadOnlyList<NscPragma> pragmas, string entryName)
    {
        call = WithoutUnnamed(call, function);
        IReadOnlySet<string> plain = call.Scalars.Any(s => s.IsOutput) ? PlainOutputs.Of(function.Cursor) : new HashSet<string>();
        bool isOpen = call.Scalars.Any(s => s.IsOutput && !plain.Contains(s.Leaf.Name)) || MayLeaveElements(call) || _reached.Count > 0 || _setByOthers.Count > 0;
        return new CallDraft(call, function, pragmas) { SetByOthers = _setByOthers, LeavesMembers = _reached.Count > 0, Plain = plain, Said = Names(pragmas), Question = isOpen ? Question(call, pragmas, entryName) : null };
    }

    // Where there are more elements than a net has inputs, there may be some that no output depends on. A vector or a window stays whole.
    private static bool MayLeaveElements(FunctionCall call) => call.Inputs.Count(l => CallDraft.IsElement(l.Name)) > MostElements;

    private FunctionCall WithoutUnnamed(FunctionCall call, DefinedFunction function)
    {
        HashSet<string> unnamed = [.. function.Cursor.Parameters().Where(p => !_named.Contains(p)).Select(p => p.Spelling())];
        FunctionCall without = call with
        {
            Directions = call.Scalars.Where(s => unnamed.Contains(s.Parameter.Name)).ToImmutableDictionary(s => s.Leaf.Name, _ => Direction.None),
        };
        return without.Inputs.Any() || call.Scalars.Any(s => s.IsOutput) ? without : call; // Something has to be an input.
    }

    private CProgram Question(FunctionCall call, IReadOnlyList<NscPragma> pragmas, string entryName)
    {
        var signature = new ProgramSignature(
            call.Function, "", options.Guesses ? GuessingPolicy.WidestInputs(call) : Ranges(call, pragmas, []), [.. call.Outputs.Select(o => new OutputVariable(o.Leaf.Name, o.Leaf.Kind))]);
        return new CProgram(unit.Source.Path, unit.Source.Text, CallWriter.Entry(call, entryName, UnitMemory.ResetFor(unit.Source.Text), options.TriesExtents), signature, entryName);
    }

    private void ReportLeftOut(FunctionCall call, DefinedFunction function, SourcePlace place)
    {
        string[] names = [.. call.Scalars.Where(s => s.Direction == Direction.None && !call.Fixed.ContainsKey(s.Leaf.Name)).Select(s => s.Leaf.Name)
            .Concat(call.Parameters.SelectMany(p => p.Shape.LeftOutNames(p.Name)).Except(call.Nulls.Select(n => n.Replace("[0]", "[]", StringComparison.Ordinal))))];
        if (names.Length > 0 && options.Known is null)
        {
            findings.ReportLeftOut(place, function.Name, names);
        }
    }

    // Of a stranger's function nobody says which of its variables matter, and all of them would have to be followed.
    private bool CheckState(FunctionCall call, SourcePlace place)
    {
        int count = call.Scalars.Count(s => s.Parameter.Passing == Passing.Variable);
        if (count > GuessingPolicy.MostState)
        {
            findings.ReportTooMany(place, call.Function, "inputs", count, GuessingPolicy.MostState);
        }

        return count <= GuessingPolicy.MostState;
    }

    private bool CheckCounts(FunctionCall call, bool isWhole, SourcePlace place)
    {
        int inputs = call.Inputs.Count(), outputs = call.Outputs.Count();
        if (isWhole && inputs == 0 && !findings.HasErrors)
        {
            findings.ReportNoInputs(place, call.Function);
        }

        if (isWhole && outputs == 0 && call.GivesPointer)
        {
            findings.ReportPointerResult(place, call.Function);
        }
        else if (isWhole && outputs == 0)
        {
            findings.ReportNoOutputs(place, call.Function);
        }

        if (inputs > options.MaxInputs)
        {
            findings.ReportTooMany(place, call.Function, "inputs", inputs, options.MaxInputs);
        }

        if (outputs > options.MaxOutputs)
        {
            findings.ReportTooMany(place, call.Function, "outputs", outputs, options.MaxOutputs);
        }

        return inputs > 0 && inputs <= options.MaxInputs && outputs > 0 && outputs <= options.MaxOutputs;
    }
}
