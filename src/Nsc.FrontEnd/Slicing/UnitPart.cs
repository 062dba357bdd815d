// What a unit takes from one file. Two files may use one name for different things of their own; in the unit, each keeps its own.

using System.Text;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Parsing.Interop;

namespace Nsc.FrontEnd.Slicing;

/// <param name="Chunks">Declarations of the file, in its order.</param>
internal sealed record UnitPart(SourceParts File, SortedSet<int> Chunks)
{
    private readonly Dictionary<string, string> _newNames = new(StringComparer.Ordinal);

    /// <summary>Names of the file, and what they are in the unit.</summary>
    public IReadOnlyDictionary<string, string> NewNames => _newNames;

    public IEnumerable<Chunk> Needed => Chunks.Select(i => File.Chunks[i]);

    /// <summary>What a function or variable of the file is called in the unit.</summary>
    public string NameOf(string name) => _newNames.GetValueOrDefault(name, name);

    /// <summary>Whether the unit has a declaration otherwise than the file.</summary>
    public bool Renames(Chunk chunk) => _newNames.Count > 0 && chunk.Declarations.Exists(d => IsOwn(d) && _newNames.ContainsKey(d.Spelling()));

    /// <summary>Whether the unit holds a variable's declaration.</summary>
    public bool Holds(CXCursor variable) => Chunks.Contains(Chunk.IndexOf(File.Chunks, variable.Location().Offset()));

    /// <summary>Gives static functions and variables new names where another part has the name for something else.</summary>
    /// <param name="parts">Those that come first keep their names.</param>
    /// <param name="kept">Names that must stay.</param>
    public static void Separate(IReadOnlyList<UnitPart> parts, IEnumerable<string> kept)
    {
        if (parts.Count < 2)
        {
            return;
        }

        // What a static name stands for; null for what is no other file's, even where it reads the same.
        var taken = new Dictionary<string, string?>(StringComparer.Ordinal);
        HashSet<string> shared = [.. parts.SelectMany(p => p.Needed).SelectMany(c => c.Declarations).Where(d => !IsOwn(d)).Select(d => d.Spelling())];
        shared.ExceptWith(kept);
        foreach (UnitPart part in parts)
        {
            foreach ((Chunk chunk, string name) in part.Needed.SelectMany(c => c.Declarations.Where(IsOwn).Select(d => (c, d.Spelling()))).DistinctBy(d => d.Item2).ToList())
            {
                string? text = part.File.Text.IsOfMain(chunk.Start) ? null : part.File.Text.Source.Slice(chunk.Start, chunk.End);
                if (shared.Contains(name) || (!taken.TryAdd(name, text) && (text is null || taken[name] != text)))
                {
                    part._newNames.Add(name, FreshName(name, parts));
                }
            }
        }
    }

    /// <summary>Writes the new names into a declaration.</summary>
    public void Rename(Chunk chunk, TextEdits edits)
    {
        var pending = new Stack<CXCursor>(chunk.Declarations);
        while (pending.TryPop(out CXCursor cursor))
        {
            CXCursor meant = IsOwn(cursor) ? cursor : LibClang.getCursorReferenced(cursor);
            if (IsOwn(meant) && _newNames.TryGetValue(meant.Spelling(), out string? name))
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

    // A function or variable of the file that other files cannot name.
    private static bool IsOwn(CXCursor cursor) => cursor.Kind is CXCursorKind.CXCursor_FunctionDecl or CXCursorKind.CXCursor_VarDecl
        && LibClang.Cursor_getStorageClass(cursor) == CX_StorageClass.CX_SC_Static
        && LibClang.getCursorSemanticParent(cursor).Kind != CXCursorKind.CXCursor_FunctionDecl;

    private static string FreshName(string name, IReadOnlyList<UnitPart> parts)
    {
        int number = 2;
        while (parts.Any(p => p.File.Text.Source.Text.Contains($"{name}_{number}", StringComparison.Ordinal) || p._newNames.ContainsValue($"{name}_{number}")))
        {
            number++;
        }

        return $"{name}_{number}";
    }
}
