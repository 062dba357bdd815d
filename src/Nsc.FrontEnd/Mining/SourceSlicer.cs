// Cuts a function out of a real C file together with all that it needs from there, so that it stands alone.

using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.FrontEnd.Clang;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Mining;

/// <summary>A function and all that it needs from its file, macros expanded.</summary>
/// <param name="IsStatic">Whether other files cannot call it.</param>
/// <param name="Headers">System headers that it needs.</param>
/// <param name="Pieces">Declarations in the order of the file, the function among them.</param>
/// <param name="Own">Which of the pieces is the function.</param>
/// <param name="Calls">Functions that are declared in the pieces and defined in another file.</param>
/// <param name="Pointers">Where in its own piece parameters begin that are pointers or arrays to what is not const.</param>
public sealed record Slice(
    string Function, bool IsStatic, ImmutableArray<string> Headers, ImmutableArray<string> Pieces, int Own, ImmutableArray<string> Calls,
    ImmutableArray<int> Pointers);

/// <summary>What a file had to offer.</summary>
/// <param name="IsReadable">Whether clang could read the file at all.</param>
/// <param name="Functions">Functions that the file defines, headers of the package included.</param>
/// <param name="Slices">Those whose parameters and result could be numbers.</param>
public sealed record SlicedFile(bool IsReadable, int Functions, ImmutableArray<Slice> Slices);

public static partial class SourceSlicer
{
    private static readonly SlicedFile s_unreadable = new(false, 0, []);

    /// <summary>Cuts every function of a file that takes and gives numbers. Nothing is thrown for what the file says.</summary>
    public static SlicedFile Slice(string file, SourcePackage package, Toolchain toolchain)
    {
        if (ExpandedSource.Of(file, package, toolchain) is not { } expanded)
        {
            return s_unreadable;
        }

        var source = new SourceText(file, expanded);
        string[] arguments = [.. ClangArguments.For([], new Core.Diagnostics.DiagnosticBag()), "-w"];
        return ParseGuard.SurvivesTrial(source, arguments, toolchain)
            ? DeepStack.Run(() =>
            {
                using TranslationUnit? unit = TranslationUnit.Parse(source, arguments, recordPreprocessing: false, toolchain);
                return unit is null ? s_unreadable : SliceUnit(unit, expanded, package.IsOneProgram);
            })
            : s_unreadable;
    }

    private static SlicedFile SliceUnit(TranslationUnit unit, string expanded, bool mayCallOthers)
    {
        var chunks = Chunk.Of(unit);
        byte[] text = Encoding.UTF8.GetBytes(expanded);
        CXCursor[] functions = [.. chunks.SelectMany(c => c.Declarations).Where(IsFunctionDefinition)];
        var slices = functions.Where(IsNumerical)
            .Select(f => Needs.Of(f, chunks).ToSlice(f, text))
            .Select(s => mayCallOthers ? s : s with { Calls = [] })
            .ToImmutableArray();
        return new SlicedFile(true, functions.Length, slices);
    }

    private static bool IsFunctionDefinition(CXCursor cursor) =>
        cursor.Kind == CXCursorKind.CXCursor_FunctionDecl && LibClang.isCursorDefinition(cursor) != 0;

    private static bool IsNumerical(CXCursor function)
    {
        int count = LibClang.Cursor_getNumArguments(function);
        CXType result = LibClang.getResultType(function.Type()).Canonical();
        return count > 0 && LibClang.Cursor_isVariadic(function) == 0
            && (result.Kind == CXTypeKind.CXType_Void || IsValue(result))
            && Enumerable.Range(0, count).All(i => IsPassable(LibClang.Cursor_getArgument(function, (uint)i).Type().Canonical()));
    }

    private static bool IsPassable(CXType type) => IsValue(type.ElementOfAll())
        || (type.Kind == CXTypeKind.CXType_Pointer && IsValue(LibClang.getPointeeType(type).Canonical().ElementOfAll()));

    private static bool IsValue(CXType type) => type.Kind
        is CXTypeKind.CXType_Record or CXTypeKind.CXType_Enum or (>= CXTypeKind.CXType_Bool and <= CXTypeKind.CXType_LongDouble);

    [GeneratedRegex("^#.*$", RegexOptions.Multiline)]
    private static partial Regex LineMarker();

    /// <summary>Declarations that share text, such as a structure and the typedef around it.</summary>
    private sealed record Chunk(int Start, int End, List<CXCursor> Declarations)
    {
        /// <summary>The unit's own declarations, without those of system headers, in order.</summary>
        public static List<Chunk> Of(TranslationUnit unit)
        {
            var chunks = new List<Chunk>();
            var own = unit.Root.Children()
                .Where(c => LibClang.Location_isInSystemHeader(c.Location()) == 0)
                .Select(c => (Cursor: c, Extent: LibClang.getCursorExtent(c)))
                .Select(c => (c.Cursor, Start: LibClang.getRangeStart(c.Extent).Offset(), End: LibClang.getRangeEnd(c.Extent).Offset()))
                .OrderBy(c => c.Start);
            foreach ((CXCursor cursor, int start, int end) in own)
            {
                if (chunks.Count > 0 && start < chunks[^1].End)
                {
                    chunks[^1].Declarations.Add(cursor);
                    chunks[^1] = chunks[^1] with { End = Math.Max(end, chunks[^1].End) };
                }
                else
                {
                    chunks.Add(new Chunk(start, end, [cursor]));
                }
            }

            return chunks;
        }

        public bool IsFunctionBody => Declarations.Count == 1 && IsFunctionDefinition(Declarations[0]);
    }

    /// <summary>The chunks and system headers that a function cannot do without.</summary>
    private sealed class Needs(List<Chunk> chunks)
    {
        private int _own;
        private readonly SortedSet<int> _chunks = [];
        private readonly SortedSet<string> _headers = new(StringComparer.Ordinal);
        private readonly SortedSet<string> _calls = new(StringComparer.Ordinal);

        public static Needs Of(CXCursor function, List<Chunk> chunks)
        {
            var needs = new Needs(chunks);
            needs._own = needs.IndexOf(function.Location().Offset());
            var pending = new Stack<int>([needs._own]);
            while (pending.TryPop(out int index))
            {
                if (index >= 0 && needs._chunks.Add(index))
                {
                    needs.Follow(chunks[index], pending);
                }
            }

            return needs;
        }

        public Slice ToSlice(CXCursor function, byte[] text)
        {
            Chunk own = chunks[_own];
            ImmutableArray<int> pointers =
            [
                .. Enumerable.Range(0, LibClang.Cursor_getNumArguments(function))
                    .Select(i => LibClang.Cursor_getArgument(function, (uint)i))
                    .Where(IsPointerToVariable)
                    .Select(p => LibClang.getRangeStart(LibClang.getCursorExtent(p)).Offset())
                    .Select(start => WithoutMarkers(text, own.Start, start).Length),
            ];
            bool isStatic = LibClang.Cursor_getStorageClass(function) == CX_StorageClass.CX_SC_Static;
            return new Slice(
                function.Spelling(), isStatic, [.. _headers], [.. _chunks.Select(i => TextOf(chunks[i], text))], _chunks.TakeWhile(i => i != _own).Count(),
                [.. _calls], pointers);
        }

        private static string TextOf(Chunk chunk, byte[] text) =>
            WithoutMarkers(text, chunk.Start, chunk.End) + (chunk.IsFunctionBody ? "" : ";");

        private static string WithoutMarkers(byte[] text, int start, int end) =>
            LineMarker().Replace(Encoding.UTF8.GetString(text, start, end - start), "");

        private static bool IsPointerToVariable(CXCursor parameter)
        {
            CXType type = parameter.Type();
            CXType canonical = type.Canonical();
            return (canonical.Kind == CXTypeKind.CXType_Pointer && !LibClang.getPointeeType(canonical).HoldsConst())
                || (canonical.Kind.IsArray() && !canonical.HoldsConst());
        }

        private void Follow(Chunk chunk, Stack<int> pending)
        {
            var subtree = new Stack<CXCursor>(chunk.Declarations);
            while (subtree.TryPop(out CXCursor cursor))
            {
                CXCursor referenced = LibClang.getCursorReferenced(cursor);
                Need(referenced, pending);
                Need(LibClang.getCursorDefinition(referenced), pending);
                cursor.Children().ForEach(subtree.Push);
            }
        }

        private void Need(CXCursor declaration, Stack<int> pending)
        {
            if (declaration.Kind is >= CXCursorKind.CXCursor_FirstInvalid and <= CXCursorKind.CXCursor_LastInvalid)
            {
                return;
            }

            if (LibClang.Location_isInSystemHeader(declaration.Location()) == 0)
            {
                if (declaration.Kind == CXCursorKind.CXCursor_FunctionDecl
                    && LibClang.getCursorDefinition(declaration).Kind != CXCursorKind.CXCursor_FunctionDecl)
                {
                    _calls.Add(declaration.Spelling());
                }

                pending.Push(IndexOf(declaration.Location().Offset()));
            }
            else if (declaration.Kind == CXCursorKind.CXCursor_FunctionDecl)
            {
                _headers.Add(HeaderOf(declaration.Spelling()));
            }
            else if (declaration.Kind == CXCursorKind.CXCursor_TypedefDecl)
            {
                _headers.UnionWith(["stddef.h", "stdint.h"]);
            }
        }

        private static string HeaderOf(string function) => function switch
        {
            "abs" or "labs" or "llabs" => "stdlib.h",
            "memcpy" or "memmove" or "memset" => "string.h",
            _ => "math.h",
        };

        // The chunk around an offset, or -1.
        private int IndexOf(int offset)
        {
            (int low, int high) = (0, chunks.Count - 1);
            while (low < high)
            {
                int middle = (low + high + 1) / 2;
                (low, high) = chunks[middle].Start <= offset ? (middle, high) : (low, middle - 1);
            }

            return chunks.Count > 0 && chunks[low].Start <= offset && offset < chunks[low].End ? low : -1;
        }
    }
}
