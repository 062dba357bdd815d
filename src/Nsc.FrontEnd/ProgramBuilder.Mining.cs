// All functions of a stranger's file that compute numbers, with what nobody says of them guessed. Those of one file share most of their text, and one
// run of clang.

using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Calls;
using Nsc.FrontEnd.Checking;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Mining;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Slicing;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd;

internal sealed partial class ProgramBuilder
{
    /// <summary>
    /// A series that converges needs fewer iterations than a graph unrolls by default. Whether so few are enough, native code tells.
    /// </summary>
    private const int FewIterations = 8;

    /// <summary>Among millions of functions there is always one that takes minutes. A graph as small as those that are kept does not need more.</summary>
    private const int MostSteps = 50_000;

    /// <summary>Bytes of text: a function that needs larger tables than this makes more of them than a graph holds, and clang would read them for nothing.</summary>
    private const int LargestTables = 1 << 16;

    public static void Mine(ParsedFile file, FrontEndOptions options, int maxNodes, Toolchain toolchain, ProjectFiles others, IMiner miner)
    {
        (ExpandedText text, SyntaxTree tree) = file;
        DefinedFunction[] defined = [.. tree.Index.Functions.Where(f => !text.LineOf(f.Extent.Start).IsSystem)];
        var signatures = new NumericSignature(declaration => text.LineOf(declaration.Extent().Start).IsSystem);
        ILookup<string?, DefinedFunction> byObjection = defined.ToLookup(f => signatures.Objection(f.Cursor));
        miner.Begin(new FileSurvey(
            [.. byObjection[null].Select(f => f.Name)], byObjection.Where(o => o.Key is not null).ToImmutableSortedDictionary(o => o.Key!, o => o.Count(), StringComparer.Ordinal)));

        var builder = new ProgramBuilder(text, tree, options, PragmaMap.Build(text, defined, tree.Index.Declarations, []), toolchain, others) { WritesDropIns = false };
        var probe = new UnitProbe(builder, file, maxNodes);
        DefinedFunction[] numeric = [.. byObjection[null].Where(f => miner.IsNew(f.Name, builder.Identity(f), isOfHeader: !text.IsOfMain(f.Extent.Start)))];
        IEnumerable<DefinedFunction[]> batches = numeric.Where(f => text.IsOfMain(f.Extent.Start)).Chunk(MostTogether)
            .Concat(numeric.Where(f => !text.IsOfMain(f.Extent.Start)).Select(f => new[] { f })); // What others may look at must not depend on this file.
        foreach (DefinedFunction[] batch in batches)
        {
            foreach ((DefinedFunction function, ProbeResult result) in batch.Zip(probe.Probe(batch)))
            {
                miner.Found(function.Name, result);
            }
        }
    }

    private CutUnit Cut(DefinedFunction[] functions) => UnitSlice.Cut(_parts, functions, Elsewhere, notes: []);

    // The unit's tree, or null with the reason.
    private SyntaxTree? Accepted(CutUnit cut, DiagnosticBag findings) => IsAcceptable(cut, findings) ? SyntaxTree.OfUnit(cut.Source, _toolchain, findings) : null;

    // The functions' calls, and in the findings what is wrong with the unit as a whole.
    private Begun[] BeginAll(DefinedFunction[] functions, SyntaxTree unit, CutUnit cut, DiagnosticBag findings)
    {
        UnitChecks checks = ChecksOf(unit, cut);
        Begun[] begun = [.. functions.Select(f => Begin(f, checks, _options, isAlone: false))];
        DeclarationCheck.Check(unit, findings);
        checks.Support.CheckRest(findings);
        return begun;
    }

    // Equal for functions that are the same wherever they stand: their text, and, where other text may decide about them, the file.
    private string Identity(DefinedFunction function)
    {
        SliceNeeds needs = _parts.NeedsOf(function.Cursor);
        bool isClosed = needs.Calls.Count == 0 && needs.Variables.Count == 0 && !needs.Chunks.SelectMany(c => _parts.Chunks[c].Declarations)
            .Any(d => d.Kind == CXCursorKind.CXCursor_VarDecl && !d.Type().HoldsConst());
        IEnumerable<string> texts = needs.Chunks.Select(_parts.TextOf).Prepend(isClosed ? "" : _text.Source.Path).Prepend(function.Name);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))));
    }

    /// <summary>Finds the dataflow of functions of one file.</summary>
    private sealed class UnitProbe(ProgramBuilder builder, ParsedFile file, int maxNodes)
    {
        private readonly Dictionary<int, string> _broken = Broken(builder, file);

        public IReadOnlyList<ProbeResult> Probe(DefinedFunction[] functions)
        {
            string?[] flaws = [.. functions.Select(FlawOf)];
            var found = new Queue<ProbeResult>(ProbeUnit([.. functions.Where((_, i) => flaws[i] is null)]));
            return [.. flaws.Select(f => f is null ? found.Dequeue() : new ProbeResult(null, f))];
        }

        // For each declaration of the file that clang finds an error in, the first one's name.
        private static Dictionary<int, string> Broken(ProgramBuilder builder, ParsedFile file) => file.Unit.Messages.Where(m => m.Message.Severity == Severity.Error)
            .DistinctBy(m => Chunk.IndexOf(builder._parts.Chunks, m.Offset)).ToDictionary(m => Chunk.IndexOf(builder._parts.Chunks, m.Offset), m => m.Message.Id);

        private string? FlawOf(DefinedFunction function) =>
            (_broken.Count == 0 ? null : builder._parts.NeedsOf(function.Cursor).Chunks.Select(c => _broken.GetValueOrDefault(c)).FirstOrDefault(f => f is not null))
            ?? (UnitSlice.SizeOfVariables(builder._parts, function, builder.Elsewhere) > LargestTables ? GraphLimits.TooLarge : null);

        private IReadOnlyList<ProbeResult> ProbeUnit(DefinedFunction[] functions)
        {
            if (functions.Length == 0)
            {
                return [];
            }

            var findings = new DiagnosticBag();
            CutUnit cut = builder.Cut(functions);
            using SyntaxTree? unit = builder.Accepted(cut, findings);
            Begun[] begun = unit is null ? [] : [.. builder.BeginAll(functions, unit, cut, findings)];
            if (unit is null || findings.HasErrors)
            {
                return functions.Length == 1 ? [Refused(findings)] : [.. functions.SelectMany(f => ProbeUnit([f]))]; // What sinks one need not sink all.
            }

            // In the unit of one function, what it keeps between calls may have another name.
            HashSet<string> renamed = [.. functions.Length == 1 ? [] : cut.Parts.SelectMany(p => p.NewNames.Values)];
            bool IsAlone(Begun b) => renamed.Count > 0 && b.Draft?.Call.Parameters.Any(p => p.Passing == Passing.Variable && renamed.Contains(p.Name)) == true;
            Begun[] open = [.. begun.Where(IsOpen)];
            var found = new Queue<ProbeResult>(Lower(open, open.Length == functions.Length ? cut : null));
            return [.. begun.Select(b => !IsOpen(b) ? Refused([.. b.Findings, .. b.Recursions]) : found.Dequeue() is var one && one.Function is not null && IsAlone(b) ? ProbeUnit([b.Written])[0] : one)];
        }

        private static bool IsOpen(Begun begun) => begun.Draft is not null && !begun.Findings.HasErrors && !begun.Recursions.HasErrors;

        // Those that were refused are left out of what clang compiles.
        private IReadOnlyList<ProbeResult> Lower(Begun[] open, CutUnit? cut)
        {
            if (open.Length == 0)
            {
                return [];
            }

            string source = (cut ?? builder.Cut([.. open.Select(b => b.Written)])).Source.Text;
            CProgram[] programs = [.. open.Select(b => b.Draft!.Question! with { Source = source })];
            DiagnosticBag[] findings = [.. open.Select(_ => new DiagnosticBag())];
            if (GraphBuilder.BuildWithin(programs, builder._toolchain, LimitsOf, findings) is not { } graphs)
            {
                return open.Length == 1 ? [Refused(findings[0])] : [.. open.SelectMany(b => Lower([b], null))];
            }

            return [.. open.Select((b, i) => graphs[i] is ({ } graph, var options)
                ? MinedFunction.Of(b.Draft!.Call, b.Draft.Extents, graph, options, pragmas => UnitSlice.TextOf(builder._parts, b.Written, builder.Elsewhere, pragmas))
                : Refused(findings[i]))];
        }

        private GraphOptions[] LimitsOf(CProgram program)
        {
            var limits = new GraphOptions(MaxNodes: maxNodes + program.Signature.Inputs.Length, MaxSteps: MostSteps);
            return [limits, limits with { MaxIterations = FewIterations }];
        }

        private static ProbeResult Refused(IEnumerable<Diagnostic> findings) => new(null, findings.FirstOrDefault(d => d.Severity == Severity.Error)?.Id ?? "no-reason");
    }
}
