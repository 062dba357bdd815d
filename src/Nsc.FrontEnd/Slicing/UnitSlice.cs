// The self-contained unit of some functions: their definitions with all that they need from the file and from every header, in order, and
// nothing else. This is what is checked, lowered, built and stored.

using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Slicing.Library;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Slicing;

/// <summary>A unit and what it is made of.</summary>
/// <param name="Parts">What it takes from each file, the one that was compiled first.</param>
/// <param name="Unknown">Variables that no file defines: what they hold is unknown.</param>
/// <param name="Local">Variables that stood within a function, which no other can name.</param>
internal sealed record CutUnit(SourceText Source, IReadOnlyList<UnitPart> Parts, IReadOnlySet<string> Unknown, IReadOnlySet<string> Local)
{
    private readonly HashSet<Chunk> _needed = [.. Parts[0].Needed];

    /// <summary>Whether an offset of the file lies in a declaration that the unit needs.</summary>
    public bool Holds(int offset) => _needed.Any(c => c.Start <= offset && offset <= c.End);

    /// <summary>Whether it does, or stands right before such a declaration.</summary>
    public bool Leads(int offset) => Parts[0].File.Chunks.FirstOrDefault(c => c.End > offset) is { } next && _needed.Contains(next);

    /// <summary>The unit's variables that any file may name and write.</summary>
    public IEnumerable<string> Shared => Parts.SelectMany(p => p.Needed).SelectMany(c => c.Declarations)
        .Where(d => d.Kind == CXCursorKind.CXCursor_VarDecl && SourceParts.IsShared(d) && !d.Type().HoldsConst()).Select(d => d.Spelling()).Distinct();

    /// <summary>The unit's variables that something in some files writes or none defines, and others that any file may name.</summary>
    public IReadOnlySet<string> WrittenVariables(IEnumerable<SourceParts> files) => Unknown.Concat(files.SelectMany(file =>
    {
        UnitPart? part = Parts.FirstOrDefault(p => p.File == file);
        return file.WrittenVariables(name => Parts.Select(p => p.File.Exported(name)).FirstOrDefault(d => d is not null)).Where(v => part?.Holds(v) == true || SourceParts.IsShared(v))
            .Select(v => part?.NameOf(v.Spelling()) ?? v.Spelling());
    })).ToHashSet(StringComparer.Ordinal);
}

/// <summary>Finds the file of a project, other than the one that is compiled, that defines a function or variable; null when none does.</summary>
internal delegate SourceParts? DefinitionSearch(string name);

internal sealed partial class UnitSlice : IOrigins
{
    private readonly StringBuilder _unit = new();
    private readonly List<(int Offset, int Origin, ExpandedText Text)> _segments = [];
    private readonly Dictionary<string, SourceParts> _written = new(StringComparer.Ordinal);
    private readonly HashSet<string> _undefined = new(StringComparer.Ordinal), _unknown = new(StringComparer.Ordinal), _local = new(StringComparer.Ordinal);
    private readonly SourceParts _main;
    private SourceParts _file;
    private string _lead = "";
    private HashSet<int> _led = [];
    private int _length; // In bytes.
    private int _line = -1; // That the next line would have without a marker.
    private int _open = -1; // The line of the text whose end was not written yet.

    private UnitSlice(SourceParts main) => _main = _file = main;

    private ExpandedText Text => _file.Text;

    /// <summary>Cuts the unit of some functions out of a file and of those that define what it lacks.</summary>
    /// <param name="notes">Takes what was left out of functions; null to leave everything as it is.</param>
    /// <param name="lead">Lines that stand before each of the functions.</param>
    /// <param name="bound">Functions that nothing names, and that pointers are.</param>
    /// <param name="holding">Finds the file of one of these that only its own file may use.</param>
    public static CutUnit Cut(
        SourceParts file, IReadOnlyCollection<DefinedFunction> functions, DefinitionSearch elsewhere, DiagnosticBag? notes, string lead = "", IReadOnlyCollection<string>? bound = null,
        DefinitionSearch? holding = null)
    {
        var slice = new UnitSlice(file) { _lead = lead, _led = lead.Length == 0 ? [] : [.. functions.Select(f => f.Extent.Start)] };
        (List<UnitPart> parts, HashSet<string> undefined) = Needed(file, functions, elsewhere, bound ?? [], holding);
        slice._undefined.UnionWith(undefined);
        UnitPart.Separate(parts, functions.Select(f => f.Name));
        foreach (UnitPart part in parts.AsEnumerable().Reverse()) // The file itself last: what it declares, the others may define.
        {
            slice.Append(part, notes);
        }

        slice.Write(LibraryDefinitions.For(slice._unit.ToString()));
        return new CutUnit(new SourceText(file.Text.Source.Path, slice._unit.ToString(), slice), parts, slice._unknown, slice._local);
    }

    /// <summary>The unit of one function as text to keep, without the numbers of its lines.</summary>
    /// <param name="pragmas">Lines that stand before the function.</param>
    public static string TextOf(SourceParts file, DefinedFunction function, DefinitionSearch elsewhere, string pragmas) =>
        UnitText.WithoutMarkers(Cut(file, [function], elsewhere, notes: [], pragmas).Source.Text);

    /// <summary>The bytes of text that a function's variables have, their values among them, in all files that it needs.</summary>
    public static int SizeOfVariables(SourceParts file, DefinedFunction function, DefinitionSearch elsewhere) => Needed(file, [function], elsewhere, []).Parts
        .SelectMany(p => p.Needed).Where(c => c.Declarations.Exists(d => d.Kind == CXCursorKind.CXCursor_VarDecl)).Sum(c => c.End - c.Start);

    // The file itself first.
    private static (List<UnitPart> Parts, HashSet<string> Undefined) Needed(
        SourceParts file, IEnumerable<DefinedFunction> functions, DefinitionSearch elsewhere, IEnumerable<string> bound, DefinitionSearch? holding = null)
    {
        var parts = new List<UnitPart> { new(file, []) };
        HashSet<string> seen = new(StringComparer.Ordinal), undefined = new(StringComparer.Ordinal);
        var pending = new Queue<(SourceParts File, SliceNeeds Needs)>(functions.Select(f => (file, file.NeedsOf(f.Cursor))));
        foreach (string name in bound.Where(seen.Add))
        {
            SourceParts? definer = file.Function(name) is not null ? file : elsewhere(name) ?? holding?.Invoke(name);
            if (definer?.Function(name) is { } definition)
            {
                pending.Enqueue((definer, definer.NeedsOf(definition)));
            }
        }

        while (pending.TryDequeue(out var next))
        {
            if (!parts.Exists(p => p.File == next.File))
            {
                parts.Add(new UnitPart(next.File, []));
            }

            parts.Find(p => p.File == next.File)!.Chunks.UnionWith(next.Needs.Chunks);
            foreach (string name in next.Needs.Calls.Concat(next.Needs.Variables).Where(seen.Add))
            {
                SourceParts? definer = file.Exported(name) is not null ? file : elsewhere(name);
                if (definer?.Exported(name) is { } definition)
                {
                    pending.Enqueue((definer, definer.NeedsOf(definition)));
                }
                else
                {
                    undefined.Add(name);
                }
            }
        }

        return (parts, undefined);
    }

    public SourcePlace PlaceAt(int offset)
    {
        int low = 0, high = _segments.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _segments[middle].Offset <= offset ? (middle, high) : (low, middle - 1);
        }

        var (start, origin, text) = _segments[low];
        return text.PlaceAt(origin + Math.Max(0, offset - start));
    }

    private void Append(UnitPart part, DiagnosticBag? notes)
    {
        _file = part.File;
        Chunk[] needed = [.. part.Needed];
        var edits = new TextEdits();
        if (notes is not null)
        {
            var effects = new Effects(edits, Text.Source, notes);
            var variables = new KeptVariables(edits, needed);
            foreach (Chunk chunk in needed.Where(c => c.IsFunctionBody && Effects.MayBeIn(Text.Source.Slice(c.Start, c.End))))
            {
                effects.TakeOutOf(chunk.Declarations[0]);
                variables.MoveOutOf(chunk);
            }

            _local.UnionWith(variables.Moved);
        }

        foreach (Chunk chunk in needed)
        {
            LinkerAttributes.TakeOutOf(chunk, Text.Source, edits);
        }

        foreach (CXCursor variable in needed.SelectMany(c => c.Declarations).Where(d => _undefined.Contains(d.Spelling()) && MayBeInput(d)))
        {
            Define(variable, edits);
        }

        if (part.NewNames.Count > 0)
        {
            notes?.ReportRenamed(Text.Source.Path, part.NewNames);
            Array.ForEach(needed, chunk => part.Rename(chunk, edits));
        }

        // What two files share, such as a header's structure, is written once.
        foreach (Chunk chunk in needed.Where(c => part.Renames(c) || !IsWritten(UnitPart.Comparable(Text.Source.Slice(c.Start, c.End)))))
        {
            Append(chunk, edits);
            foreach (CXCursor clock in chunk.Declarations.Where(d => _undefined.Contains(d.Spelling()) && IsClock(d)))
            {
                DefineClock(clock);
            }
        }
    }

    // By another file.
    private bool IsWritten(string declaration) => !_written.TryAdd(declaration, _file) && _written[declaration] != _file;

    // A number, an array of a known length, a structure with known members, or a pointer to one.
    private static bool MayBeInput(CXCursor variable) => variable.Kind == CXCursorKind.CXCursor_VarDecl && variable.Type().Canonical() is var type && !type.HoldsConst()
        && type.Kind != CXTypeKind.CXType_IncompleteArray && (IsNumberOrRecord(type.ElementOfAll()) || (type.Kind == CXTypeKind.CXType_Pointer && IsRecord(LibClang.getPointeeType(type).Canonical())));

    private static bool IsNumberOrRecord(CXType type) => type.Kind is CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_Double) || IsRecord(type);

    private static bool IsRecord(CXType type) => type.Kind == CXTypeKind.CXType_Record && LibClang.Type_getSizeOf(type) > 0;

    // What no file defines is a variable of the unit's own, whose value is an input.
    private void Define(CXCursor variable, TextEdits edits)
    {
        const string Extern = "extern";
        (int start, int end) = variable.Extent();
        int at = Text.Source.Slice(start, end).IndexOf(Extern, StringComparison.Ordinal);
        if (at >= 0)
        {
            int from = start + Encoding.UTF8.GetByteCount(Text.Source.Slice(start, end)[..at]);
            edits.Replace(from, from + Extern.Length, "");
        }

        _unknown.Add(variable.Spelling());
    }

    // A function without parameters whose name says that it tells the time.
    private static bool IsClock(CXCursor function) => function.Kind == CXCursorKind.CXCursor_FunctionDecl && ClockName().IsMatch(function.Spelling()) && !function.Parameters().Any()
        && LibClang.getResultType(function.Type()).Canonical().Kind is >= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_Double;

    // What no file defines: the time is an input.
    private void DefineClock(CXCursor function)
    {
        string name = function.Spelling(), type = LibClang.getResultType(function.Type()).Spelling();
        Write($"{UnitText.Marker(CProgram.FirstGeneratedLine)}static {type} {name}_now;\n{type} {name}(void) {{ return {name}_now; }}\n");
        _line = -1;
        _undefined.Remove(name);
        _unknown.Add(name + "_now");
    }

    [GeneratedRegex("[tT]ick|TICK|[mM]illis|[mM]icros|[cC]lock|[uU]ptime|[tT]ime(?:r|stamp|_ms|_us)?(?:$|_|[A-Z])|_(?:ms|us)$|(?:^|_)now$|Now$")]
    private static partial Regex ClockName();

    private void Append(Chunk chunk, TextEdits edits)
    {
        foreach ((int start, int end) in edits.MovedBefore(chunk.Start))
        {
            Append(start, end);
            EndLine("");
        }

        Write(_file == _main && chunk.Declarations.Exists(d => _led.Contains(d.Extent().Start)) ? _lead : "");
        foreach ((int start, int end, string? text) in edits.Pieces(chunk.Start, chunk.End))
        {
            if (text is null)
            {
                Append(start, end);
            }
            else
            {
                BeginLine(Text.Source.LineAt(start), start);
                Write(text);
            }
        }

        EndLine(chunk.IsFunctionBody ? "" : ";");
    }

    private void Append(int start, int end)
    {
        SourceText source = Text.Source;
        for (int line = source.LineAt(start); start < end && line <= source.LineAt(end - 1); line++)
        {
            var (lineStart, lineEnd) = source.Line(line);
            int from = Math.Max(lineStart, start);
            if (Text.LineOf(lineStart).Line > 0)
            {
                BeginLine(line, from);
                Write(source.Slice(from, Math.Max(from, Math.Min(lineEnd, end))));
            }
        }
    }

    // Lines are numbered as they are in the file; those of headers have no number there.
    private void BeginLine(int line, int start)
    {
        if (_open != line)
        {
            EndLine("");
            WrittenLine written = Text.LineOf(Text.Source.Line(line).Start);
            int number = _file == _main && written.Depth == 0 && written.Line < CProgram.FirstGeneratedLine ? written.Line : CProgram.FirstGeneratedLine;
            bool hasNumber = number == _line || (number == CProgram.FirstGeneratedLine && _line > number);
            Write(hasNumber ? "" : UnitText.Marker(number));
            _line = (hasNumber ? _line : number) + 1;
            Write(new string(' ', start - Text.Source.Line(line).Start));
            _open = line;
        }

        _segments.Add((_length, start, Text));
    }

    private void EndLine(string last)
    {
        if (_open >= 0)
        {
            Write(last + "\n");
            _open = -1;
        }
    }

    private void Write(string text)
    {
        _unit.Append(text);
        _length += Encoding.UTF8.GetByteCount(text);
    }
}
