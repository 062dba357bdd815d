// One parse by libclang, with a lexical lifetime: index and unit are freed together, and nothing that points into
// them leaves this folder.

using System.Runtime.InteropServices;
using System.Text;
using Nsc.FrontEnd.Clang.Interop;

namespace Nsc.FrontEnd.Clang;

internal sealed class TranslationUnit : IDisposable
{
    private readonly CXIndex _index;

    private TranslationUnit(CXIndex index, CXTranslationUnit handle, SourceText source)
    {
        _index = index;
        Handle = handle;
        Source = source;
    }

    public CXTranslationUnit Handle { get; }

    public SourceText Source { get; }

    public CXCursor Root => LibClang.getTranslationUnitCursor(Handle);

    /// <summary>
    /// Parses a text that is in memory; its path need not exist, but its folder is where local headers are looked for.
    /// Null when libclang fails as a whole, which errors in the text do not make it do.
    /// </summary>
    public static TranslationUnit? Parse(
        SourceText source, IReadOnlyList<string> arguments, bool recordPreprocessing, Toolchain toolchain) =>
        ClangTime.Measure(() => ParseMeasured(source, arguments, recordPreprocessing, toolchain));

    private static unsafe TranslationUnit? ParseMeasured(
        SourceText source, IReadOnlyList<string> arguments, bool recordPreprocessing, Toolchain toolchain)
    {
        LibClangLoader.Load(toolchain);
        CXIndex index = LibClang.createIndex(0, 0);

        // libclang's crash recovery replaces the runtime's own signal handlers, which null checks rely on.
        LibClang.toggleCrashRecovery(0);
        var flags = recordPreprocessing
            ? CXTranslationUnit_Flags.CXTranslationUnit_DetailedPreprocessingRecord
            : CXTranslationUnit_Flags.CXTranslationUnit_None;

        nint path = Marshal.StringToCoTaskMemUTF8(source.FullPath);
        nint[] argv = [.. arguments.Select(Marshal.StringToCoTaskMemUTF8)];
        try
        {
            fixed (byte* text = source.Utf8.Span)
            fixed (nint* argvStart = argv)
            {
                byte empty = 0;
                var file = new CXUnsavedFile(path, (nint)(text == null ? &empty : text), (nuint)source.Utf8.Length);
                CXErrorCode error = LibClang.parseTranslationUnit2(
                    index, path, argvStart, argv.Length, &file, 1, flags, out CXTranslationUnit unit);
                if (error == CXErrorCode.CXError_Success)
                {
                    return new TranslationUnit(index, unit, source);
                }
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
            Array.ForEach(argv, Marshal.FreeCoTaskMem);
        }

        LibClang.disposeIndex(index);
        return null;
    }

    /// <summary>The byte ranges of the main file that the preprocessor skipped; needs the preprocessing record.</summary>
    public unsafe List<(int Start, int End)> SkippedRanges()
    {
        var skipped = new List<(int, int)>();
        CXSourceRangeList* list = LibClang.getAllSkippedRanges(Handle);
        if (list == null)
        {
            return skipped;
        }

        var ranges = new ReadOnlySpan<CXSourceRange>((void*)list->Ranges, (int)list->Count);
        foreach (CXSourceRange range in ranges)
        {
            if (LibClang.Location_isFromMainFile(LibClang.getRangeStart(range)) != 0)
            {
                skipped.Add((LibClang.getRangeStart(range).Offset(), LibClang.getRangeEnd(range).Offset()));
            }
        }

        LibClang.disposeSourceRangeList(list);
        return skipped;
    }

    public void Dispose()
    {
        LibClang.disposeTranslationUnit(Handle);
        LibClang.disposeIndex(_index);
    }
}
