// One parse by libclang, with a lexical lifetime: index and unit are freed together, and nothing that points into
// them leaves this folder.

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Nsc.FrontEnd.Parsing.Interop;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing;

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
    /// Parses a text that is in memory and preprocessed; its path need not exist.
    /// Null when libclang fails as a whole, which errors in the text do not make it do.
    /// </summary>
    public static TranslationUnit? Parse(SourceText source, IReadOnlyList<string> arguments, Toolchain toolchain) =>
        ClangTime.Measure(() => ParseMeasured(source, arguments, toolchain));

    private static unsafe TranslationUnit? ParseMeasured(SourceText source, IReadOnlyList<string> arguments, Toolchain toolchain)
    {
        LibClangLoader.Load(toolchain);
        CXIndex index = LibClang.createIndex(0, 0);

        // libclang's crash recovery replaces the runtime's own signal handlers, which null checks rely on.
        LibClang.toggleCrashRecovery(0);
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
                    index, path, argvStart, argv.Length, &file, 1, CXTranslationUnit_Flags.CXTranslationUnit_None, out CXTranslationUnit unit);
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

    /// <summary>Whether the parser has opened another file, which no text of ours asks it to do.</summary>
    public unsafe bool HasInclusions()
    {
        int count = 0;
        LibClang.getInclusions(Handle, &Count, (nint)(&count));
        return count > 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe void Count(CXFile file, nint stack, uint depth, nint clientData) => *(int*)clientData += depth > 0 ? 1 : 0;

    public void Dispose()
    {
        LibClang.disposeTranslationUnit(Handle);
        LibClang.disposeIndex(_index);
    }
}
