// The part of LLVM's C API that reading optimised IR needs, under its own names. The wrappers beside this file give it
// the shape of LLVMSharp.Interop, so that the package could replace this folder.

using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Lowering.Interop;

internal static unsafe partial class LLVM
{
    private const string Library = LlvmLibrary.Name;

    [LibraryImport(Library, EntryPoint = "LLVMContextCreate")]
    public static partial nint ContextCreate();

    [LibraryImport(Library, EntryPoint = "LLVMContextDispose")]
    public static partial void ContextDispose(nint context);

    [LibraryImport(Library, EntryPoint = "LLVMContextSetDiagnosticHandler")]
    public static partial void ContextSetDiagnosticHandler(nint context, delegate* unmanaged<nint, void*, void> handler, void* state);

    [LibraryImport(Library, EntryPoint = "LLVMCreateMemoryBufferWithMemoryRangeCopy")]
    public static partial nint CreateMemoryBufferWithMemoryRangeCopy(byte* data, nuint length, byte* name);

    [LibraryImport(Library, EntryPoint = "LLVMDisposeMemoryBuffer")]
    public static partial void DisposeMemoryBuffer(nint buffer);

    [LibraryImport(Library, EntryPoint = "LLVMParseBitcodeInContext2")]
    public static partial int ParseBitcodeInContext2(nint context, nint buffer, out nint module);

    [LibraryImport(Library, EntryPoint = "LLVMCloneModule")]
    public static partial nint CloneModule(nint module);

    [LibraryImport(Library, EntryPoint = "LLVMDisposeModule")]
    public static partial void DisposeModule(nint module);

    [LibraryImport(Library, EntryPoint = "LLVMGetModuleDataLayout")]
    public static partial nint GetModuleDataLayout(nint module);

    [LibraryImport(Library, EntryPoint = "LLVMCreatePassBuilderOptions")]
    public static partial nint CreatePassBuilderOptions();

    [LibraryImport(Library, EntryPoint = "LLVMDisposePassBuilderOptions")]
    public static partial void DisposePassBuilderOptions(nint options);

    [LibraryImport(Library, EntryPoint = "LLVMRunPasses", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint RunPasses(nint module, string passes, nint targetMachine, nint options);

    [LibraryImport(Library, EntryPoint = "LLVMGetErrorMessage")]
    public static partial byte* GetErrorMessage(nint error);

    [LibraryImport(Library, EntryPoint = "LLVMDisposeErrorMessage")]
    public static partial void DisposeErrorMessage(byte* message);

    [LibraryImport(Library, EntryPoint = "LLVMDisposeMessage")]
    public static partial void DisposeMessage(byte* message);

    [LibraryImport(Library, EntryPoint = "LLVMPrintValueToString")]
    public static partial byte* PrintValueToString(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetFirstFunction")]
    public static partial nint GetFirstFunction(nint module);

    [LibraryImport(Library, EntryPoint = "LLVMGetNextFunction")]
    public static partial nint GetNextFunction(nint function);

    [LibraryImport(Library, EntryPoint = "LLVMIsDeclaration")]
    public static partial int IsDeclaration(nint global);

    [LibraryImport(Library, EntryPoint = "LLVMSetLinkage")]
    public static partial void SetLinkage(nint global, int linkage);

    [LibraryImport(Library, EntryPoint = "LLVMGetParam")]
    public static partial nint GetParam(nint function, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMCountParams")]
    public static partial uint CountParams(nint function);

    [LibraryImport(Library, EntryPoint = "LLVMGetEnumAttributeKindForName")]
    public static partial uint GetEnumAttributeKindForName(byte* name, nuint length);

    [LibraryImport(Library, EntryPoint = "LLVMCreateEnumAttribute")]
    public static partial nint CreateEnumAttribute(nint context, uint kind, ulong value);

    [LibraryImport(Library, EntryPoint = "LLVMAddAttributeAtIndex")]
    public static partial void AddAttributeAtIndex(nint function, uint index, nint attribute);

    [LibraryImport(Library, EntryPoint = "LLVMGetModuleContext")]
    public static partial nint GetModuleContext(nint module);

    [LibraryImport(Library, EntryPoint = "LLVMGetEnumAttributeAtIndex")]
    public static partial nint GetEnumAttributeAtIndex(nint function, uint index, uint kind);

    [LibraryImport(Library, EntryPoint = "LLVMGetTypeAttributeValue")]
    public static partial nint GetTypeAttributeValue(nint attribute);

    [LibraryImport(Library, EntryPoint = "LLVMGetFirstBasicBlock")]
    public static partial nint GetFirstBasicBlock(nint function);

    [LibraryImport(Library, EntryPoint = "LLVMGetNextBasicBlock")]
    public static partial nint GetNextBasicBlock(nint block);

    [LibraryImport(Library, EntryPoint = "LLVMGetBasicBlockTerminator")]
    public static partial nint GetBasicBlockTerminator(nint block);

    [LibraryImport(Library, EntryPoint = "LLVMGetFirstInstruction")]
    public static partial nint GetFirstInstruction(nint block);

    [LibraryImport(Library, EntryPoint = "LLVMGetNextInstruction")]
    public static partial nint GetNextInstruction(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetInstructionOpcode")]
    public static partial int GetInstructionOpcode(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetConstOpcode")]
    public static partial int GetConstOpcode(nint constant);

    [LibraryImport(Library, EntryPoint = "LLVMGetNumOperands")]
    public static partial int GetNumOperands(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetOperand")]
    public static partial nint GetOperand(nint value, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMGetNumSuccessors")]
    public static partial uint GetNumSuccessors(nint terminator);

    [LibraryImport(Library, EntryPoint = "LLVMGetSuccessor")]
    public static partial nint GetSuccessor(nint terminator, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMIsConditional")]
    public static partial int IsConditional(nint branch);

    [LibraryImport(Library, EntryPoint = "LLVMGetCondition")]
    public static partial nint GetCondition(nint branch);

    [LibraryImport(Library, EntryPoint = "LLVMCountIncoming")]
    public static partial uint CountIncoming(nint phi);

    [LibraryImport(Library, EntryPoint = "LLVMGetIncomingValue")]
    public static partial nint GetIncomingValue(nint phi, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMGetIncomingBlock")]
    public static partial nint GetIncomingBlock(nint phi, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMGetICmpPredicate")]
    public static partial int GetICmpPredicate(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetFCmpPredicate")]
    public static partial int GetFCmpPredicate(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetCalledValue")]
    public static partial nint GetCalledValue(nint call);

    [LibraryImport(Library, EntryPoint = "LLVMGetNumArgOperands")]
    public static partial uint GetNumArgOperands(nint call);

    [LibraryImport(Library, EntryPoint = "LLVMGetAllocatedType")]
    public static partial nint GetAllocatedType(nint alloca);

    [LibraryImport(Library, EntryPoint = "LLVMGetGEPSourceElementType")]
    public static partial nint GetGEPSourceElementType(nint gep);

    [LibraryImport(Library, EntryPoint = "LLVMGetNumIndices")]
    public static partial uint GetNumIndices(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetIndices")]
    public static partial uint* GetIndices(nint instruction);

    [LibraryImport(Library, EntryPoint = "LLVMGetNumMaskElements")]
    public static partial uint GetNumMaskElements(nint shuffle);

    [LibraryImport(Library, EntryPoint = "LLVMGetMaskValue")]
    public static partial int GetMaskValue(nint shuffle, uint element);

    [LibraryImport(Library, EntryPoint = "LLVMGetDebugLocLine")]
    public static partial uint GetDebugLocLine(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetDebugLocColumn")]
    public static partial uint GetDebugLocColumn(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetValueKind")]
    public static partial int GetValueKind(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetValueName2")]
    public static partial byte* GetValueName2(nint value, out nuint length);

    [LibraryImport(Library, EntryPoint = "LLVMTypeOf")]
    public static partial nint TypeOf(nint value);

    [LibraryImport(Library, EntryPoint = "LLVMGetTypeKind")]
    public static partial int GetTypeKind(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMGetIntTypeWidth")]
    public static partial uint GetIntTypeWidth(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMCountStructElementTypes")]
    public static partial uint CountStructElementTypes(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMStructGetTypeAtIndex")]
    public static partial nint StructGetTypeAtIndex(nint type, uint index);

    [LibraryImport(Library, EntryPoint = "LLVMGetElementType")]
    public static partial nint GetElementType(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMGetArrayLength2")]
    public static partial ulong GetArrayLength2(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMGetVectorSize")]
    public static partial uint GetVectorSize(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMTypeIsSized")]
    public static partial int TypeIsSized(nint type);

    [LibraryImport(Library, EntryPoint = "LLVMABISizeOfType")]
    public static partial ulong ABISizeOfType(nint dataLayout, nint type);

    [LibraryImport(Library, EntryPoint = "LLVMOffsetOfElement")]
    public static partial ulong OffsetOfElement(nint dataLayout, nint type, uint element);

    [LibraryImport(Library, EntryPoint = "LLVMGlobalGetValueType")]
    public static partial nint GlobalGetValueType(nint global);

    [LibraryImport(Library, EntryPoint = "LLVMGetInitializer")]
    public static partial nint GetInitializer(nint global);

    [LibraryImport(Library, EntryPoint = "LLVMConstIntGetSExtValue")]
    public static partial long ConstIntGetSExtValue(nint constant);

    [LibraryImport(Library, EntryPoint = "LLVMConstRealGetDouble")]
    public static partial double ConstRealGetDouble(nint constant, out int losesInfo);

    [LibraryImport(Library, EntryPoint = "LLVMGetAggregateElement")]
    public static partial nint GetAggregateElement(nint constant, uint index);
}
