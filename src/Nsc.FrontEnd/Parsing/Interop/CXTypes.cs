// libclang's value types, laid out as clang-c/Index.h lays them out and named as ClangSharp.Interop names them,
// so that ClangSharp can replace this folder on machines whose registry offers it.

using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Parsing.Interop;

internal readonly record struct CXIndex(nint Handle);

internal readonly record struct CXTranslationUnit(nint Handle);

internal readonly record struct CXFile(nint Handle);

internal readonly record struct CXDiagnostic(nint Handle);

internal readonly record struct CXEvalResult(nint Handle);

internal readonly record struct CXPrintingPolicy(nint Handle);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXString(nint Data, uint PrivateFlags);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXUnsavedFile(nint Filename, nint Contents, nuint Length);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXCursor(CXCursorKind Kind, int XData, nint Data0, nint Data1, nint Data2);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXType(CXTypeKind Kind, nint Data0, nint Data1);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXSourceLocation(nint PtrData0, nint PtrData1, uint IntData);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXSourceRange(nint PtrData0, nint PtrData1, uint BeginIntData, uint EndIntData);

[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CXToken(uint IntData0, uint IntData1, uint IntData2, uint IntData3, nint PtrData);
