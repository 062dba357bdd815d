// The libclang functions that the front end calls, under ClangSharp.Interop's names: clang_tokenize is tokenize here
// (in a class called LibClang, because C# warns about ClangSharp's lower-case clang). LibClangLoader finds the library.

using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Parsing.Interop;

internal static unsafe partial class LibClang
{
    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_createIndex")]
    public static partial CXIndex createIndex(int excludeDeclarationsFromPch, int displayDiagnostics);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_disposeIndex")]
    public static partial void disposeIndex(CXIndex index);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_toggleCrashRecovery")]
    public static partial void toggleCrashRecovery(uint isEnabled);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_parseTranslationUnit2")]
    public static partial CXErrorCode parseTranslationUnit2(CXIndex index, nint sourceFilename, nint* arguments, int argumentCount, CXUnsavedFile* unsavedFiles, uint unsavedFileCount, CXTranslationUnit_Flags options, out CXTranslationUnit unit);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_disposeTranslationUnit")]
    public static partial void disposeTranslationUnit(CXTranslationUnit unit);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTranslationUnitCursor")]
    public static partial CXCursor getTranslationUnitCursor(CXTranslationUnit unit);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getInclusions")]
    public static partial void getInclusions(CXTranslationUnit unit, delegate* unmanaged[Cdecl]<CXFile, nint, uint, nint, void> visitor, nint clientData);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getNumDiagnostics")]
    public static partial uint getNumDiagnostics(CXTranslationUnit unit);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getDiagnostic")]
    public static partial CXDiagnostic getDiagnostic(CXTranslationUnit unit, uint index);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_disposeDiagnostic")]
    public static partial void disposeDiagnostic(CXDiagnostic diagnostic);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getDiagnosticSeverity")]
    public static partial CXDiagnosticSeverity getDiagnosticSeverity(CXDiagnostic diagnostic);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getDiagnosticLocation")]
    public static partial CXSourceLocation getDiagnosticLocation(CXDiagnostic diagnostic);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getDiagnosticSpelling")]
    public static partial CXString getDiagnosticSpelling(CXDiagnostic diagnostic);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getDiagnosticOption")]
    public static partial CXString getDiagnosticOption(CXDiagnostic diagnostic, CXString* disable);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCString")]
    public static partial nint getCString(CXString text);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_disposeString")]
    public static partial void disposeString(CXString text);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getExpansionLocation")]
    public static partial void getExpansionLocation(CXSourceLocation location, out CXFile file, out uint line, out uint column, out uint offset);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Location_isInSystemHeader")]
    public static partial int Location_isInSystemHeader(CXSourceLocation location);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getRangeStart")]
    public static partial CXSourceLocation getRangeStart(CXSourceRange range);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getRangeEnd")]
    public static partial CXSourceLocation getRangeEnd(CXSourceRange range);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_visitChildren")]
    public static partial uint visitChildren(CXCursor parent, delegate* unmanaged[Cdecl]<CXCursor, CXCursor, nint, CXChildVisitResult> visitor, nint clientData);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Type_visitFields")]
    public static partial uint Type_visitFields(CXType type, delegate* unmanaged[Cdecl]<CXCursor, nint, CXChildVisitResult> visitor, nint clientData);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorSpelling")]
    public static partial CXString getCursorSpelling(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorLocation")]
    public static partial CXSourceLocation getCursorLocation(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorExtent")]
    public static partial CXSourceRange getCursorExtent(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorType")]
    public static partial CXType getCursorType(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorReferenced")]
    public static partial CXCursor getCursorReferenced(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_isAnonymousRecordDecl")]
    public static partial uint Cursor_isAnonymousRecordDecl(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorSemanticParent")]
    public static partial CXCursor getCursorSemanticParent(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorDefinition")]
    public static partial CXCursor getCursorDefinition(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCanonicalCursor")]
    public static partial CXCursor getCanonicalCursor(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_isCursorDefinition")]
    public static partial uint isCursorDefinition(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_getStorageClass")]
    public static partial CX_StorageClass Cursor_getStorageClass(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_hasVarDeclGlobalStorage")]
    public static partial int Cursor_hasVarDeclGlobalStorage(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_getVarDeclInitializer")]
    public static partial CXCursor Cursor_getVarDeclInitializer(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_isFunctionInlined")]
    public static partial uint Cursor_isFunctionInlined(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_isBitField")]
    public static partial uint Cursor_isBitField(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_getOffsetOfField")]
    public static partial long Cursor_getOffsetOfField(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getFieldDeclBitWidth")]
    public static partial int getFieldDeclBitWidth(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_isAnonymous")]
    public static partial uint Cursor_isAnonymous(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_isVariadic")]
    public static partial uint Cursor_isVariadic(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_getNumArguments")]
    public static partial int Cursor_getNumArguments(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_getArgument")]
    public static partial CXCursor Cursor_getArgument(CXCursor cursor, uint index);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getEnumDeclIntegerType")]
    public static partial CXType getEnumDeclIntegerType(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getEnumConstantDeclValue")]
    public static partial long getEnumConstantDeclValue(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorBinaryOperatorKind")]
    public static partial CXBinaryOperatorKind getCursorBinaryOperatorKind(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorUnaryOperatorKind")]
    public static partial CXUnaryOperatorKind getCursorUnaryOperatorKind(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Cursor_Evaluate")]
    public static partial CXEvalResult Cursor_Evaluate(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_EvalResult_getKind")]
    public static partial CXEvalResultKind EvalResult_getKind(CXEvalResult result);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_EvalResult_getAsLongLong")]
    public static partial long EvalResult_getAsLongLong(CXEvalResult result);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_EvalResult_dispose")]
    public static partial void EvalResult_dispose(CXEvalResult result);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorPrintingPolicy")]
    public static partial CXPrintingPolicy getCursorPrintingPolicy(CXCursor cursor);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_PrintingPolicy_setProperty")]
    public static partial void PrintingPolicy_setProperty(CXPrintingPolicy policy, CXPrintingPolicyProperty property, uint value);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_PrintingPolicy_dispose")]
    public static partial void PrintingPolicy_dispose(CXPrintingPolicy policy);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCursorPrettyPrinted")]
    public static partial CXString getCursorPrettyPrinted(CXCursor cursor, CXPrintingPolicy policy);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getCanonicalType")]
    public static partial CXType getCanonicalType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getUnqualifiedType")]
    public static partial CXType getUnqualifiedType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getPointeeType")]
    public static partial CXType getPointeeType(CXType type);

    /// <summary>Of a complex type the type of its parts.</summary>
    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getElementType")]
    public static partial CXType getElementType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getArrayElementType")]
    public static partial CXType getArrayElementType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getArraySize")]
    public static partial long getArraySize(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Type_getSizeOf")]
    public static partial long Type_getSizeOf(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getResultType")]
    public static partial CXType getResultType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTypeDeclaration")]
    public static partial CXCursor getTypeDeclaration(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTypeSpelling")]
    public static partial CXString getTypeSpelling(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_isConstQualifiedType")]
    public static partial uint isConstQualifiedType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_isVolatileQualifiedType")]
    public static partial uint isVolatileQualifiedType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_equalTypes")]
    public static partial uint equalTypes(CXType left, CXType right);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_Type_getValueType")]
    public static partial CXType Type_getValueType(CXType type);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_tokenize")]
    public static partial void tokenize(CXTranslationUnit unit, CXSourceRange range, out CXToken* tokens, out uint count);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_disposeTokens")]
    public static partial void disposeTokens(CXTranslationUnit unit, CXToken* tokens, uint count);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTokenKind")]
    public static partial CXTokenKind getTokenKind(CXToken token);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTokenSpelling")]
    public static partial CXString getTokenSpelling(CXTranslationUnit unit, CXToken token);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTokenLocation")]
    public static partial CXSourceLocation getTokenLocation(CXTranslationUnit unit, CXToken token);

    [LibraryImport(LibClangLoader.Name, EntryPoint = "clang_getTokenExtent")]
    public static partial CXSourceRange getTokenExtent(CXTranslationUnit unit, CXToken token);
}
