// What a unit takes from one file. Two files may use one name for different things of their own; in the unit, each keeps its own.

using System.Text;
using System.Text.RegularExpressions;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

/// <param name="Chunks">Declarations of the file, in its order.</param>
internal sealed partial record UnitPart(SourceParts File, SortedSet<int> Chunks)
{
    private readonly Dictionary<string, string> _newNames = new(StringComparer.Ordinal);

    /// <summary>Names of the file, and what they are in the unit.</summary>
    public IReadOnlyDictionary<string, string> NewNames => _newNames;

    public IEnumerable<Chunk> Needed => Chunks.Select(i => File.Chunks[i]);

    /// <summary>What a function or variable of the file is called in the unit.</summary>
    public string NameOf(string name) => _newNames.GetValueOrDefault(name, name);

    /// <summary>Whether the unit has a declaration otherwise than the file.</summary>
    public bool Renames(Chunk chunk) => _newNames.Count > 0 && OwnNames(chunk).Any(n => _newNames.ContainsKey(n.Name));

    /// <summary>Whether the unit holds a variable's declaration.</summary>
    public bool Holds(CXCursor variable) => Chunks.Contains(Chunk.IndexOf(File.Chunks, variable.Location().Offset()));

    /// <summary>Gives types, and static functions and variables, new names where another part has the name for something else.</summary>
    /// <param name="parts">Those that come first keep their names.</param>
    /// <param name="kept">Names that must stay.</param>
    public static void Separate(IReadOnlyList<UnitPart> parts, IEnumerable<string> kept)
    {
        if (parts.Count < 2)
        {
            return;
        }

        // What a name stands for; null for what is no other file's, even where it reads the same.
        var taken = new Dictionary<string, string?>(StringComparer.Ordinal);
        HashSet<string> shared = [.. parts.SelectMany(p => p.Needed).SelectMany(c => c.Declarations).Where(d => !IsOwn(d) && !IsType(d)).Select(d => d.Spelling())];
        shared.ExceptWith(kept);
        foreach (UnitPart part in parts)
        {
            OwnName[] names = [.. part.Needed.SelectMany(part.OwnNames).DistinctBy(n => n.Key)];
            HashSet<string> before = [.. taken.Keys];
            foreach (OwnName own in names)
            {
                if (shared.Contains(own.Key) || (!taken.TryAdd(own.Key, own.Text) && (own.Text is null || taken[own.Key] != own.Text)))
                {
                    part.GiveNewName(own.Name, parts);
                }
            }

            // What reads the same as elsewhere is something else where it is made of something else.
            while (part._newNames.Count > 0 && Array.Find(names, n => before.Contains(n.Key) && !part._newNames.ContainsKey(n.Name) && part.NamesRenamed(n.Chunk)) is { Name: not null } dependent)
            {
                part.GiveNewName(dependent.Name, parts);
            }
        }
    }

    /// <summary>A text in which blanks do not matter: that of one declaration in two files.</summary>
    public static string Comparable(string declaration) => Blanks().Replace(declaration, " ");

    /// <summary>Writes the new names into a declaration.</summary>
    public void Rename(Chunk chunk, TextEdits edits)
    {
        var pending = new Stack<CXCursor>(chunk.Declarations);
        while (pending.TryPop(out CXCursor cursor))
        {
            CXCursor meant = IsOwn(cursor) || IsType(cursor) ? cursor : LibClang.getCursorReferenced(cursor);
            if ((IsOwn(meant) || IsType(meant)) && _newNames.TryGetValue(meant.Spelling(), out string? name))
            {
                int start = cursor.Location().Offset(), end = start + Encoding.UTF8.GetByteCount(meant.Spelling());
                if (end <= chunk.End && File.Text.Source.Slice(start, end) == meant.Spelling())
                {
                    edits.Replace(start, end, name);
                }
            }

            cursor.Children().ForEach(pending.Push);
        }
    }

    // A name of the file that other files may have for something else.
    private IEnumerable<OwnName> OwnNames(Chunk chunk)
    {
        string text = File.Text.Source.Slice(chunk.Start, chunk.End);
        var pending = new Stack<CXCursor>(chunk.Declarations);
        while (pending.TryPop(out CXCursor cursor))
        {
            string name = cursor.Spelling();
            if (IsOwn(cursor))
            {
                yield return new OwnName(chunk, name, name, File.Text.IsOfMain(chunk.Start) ? null : text);
            }
            else if (IsType(cursor))
            {
                bool isTag = cursor.Kind is CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl or CXCursorKind.CXCursor_EnumDecl;
                bool isNamed = name.Length > 0 && !name.Contains('(', StringComparison.Ordinal) && (!isTag || LibClang.isCursorDefinition(cursor) != 0);
                if (isNamed)
                {
                    yield return new OwnName(chunk, name, isTag ? $"struct {name}" : name, Comparable(text));
                }

                cursor.Children().Where(IsType).ToList().ForEach(pending.Push); // Types within it, and constants.
            }
        }
    }

    private bool NamesRenamed(Chunk chunk) => Word().Matches(File.Text.Source.Slice(chunk.Start, chunk.End)).Any(m => _newNames.ContainsKey(m.Value));

    private void GiveNewName(string name, IReadOnlyList<UnitPart> parts) => _newNames.TryAdd(name, FreshName(name, parts));

    // A function or variable of the file that other files cannot name.
    private static bool IsOwn(CXCursor cursor) => cursor.Kind is CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl
        && LibClang.Cursor_getStorageClass(cursor) == CX_StorageClass.CX_SC_Static
        && LibClang.getCursorSemanticParent(cursor).Kind != CXCursorKind.CXCursor_FunctionDecl;

    private static bool IsType(CXCursor cursor) => cursor.Kind is CXCursorKind.CXCursor_StructDecl or CXCursorKind.CXCursor_UnionDecl
        or CXCursorKind.CXCursor_EnumDecl or CXCursorKind.CXCursor_EnumConstantDecl or CXCursorKind.CXCursor_TypedefDecl;

    private static string FreshName(string name, IReadOnlyList<UnitPart> parts)
    {
        int number = 2;
        while (parts.Any(p => p.File.Text.Source.Text.Contains($"{name}_{number}", StringComparison.Ordinal) || p._newNames.ContainsValue($"{name}_{number}")))
        {
            number++;
        }

        return $"{name}_{number}";
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    /// <param name="Key">Names of one key exclude each other.</param>
    /// <param name="Text">Where two are equal, they are one; null for what is equal to none.</param>
    private readonly record struct OwnName(Chunk Chunk, string Name, string Key, string? Text);
}
