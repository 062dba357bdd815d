// A context with one module in it: the unit of lifetime. Named as in LLVMSharp.Interop where it has the same parts.

using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Lowering.Interop;

/// <summary>One module of IR and the context that owns its types. Disposing it frees both, but a clone's context only with the original.</summary>
internal sealed unsafe class LLVMModuleRef : IDisposable
{
    private const int InternalLinkage = 8;

    private readonly nint _ownedContext;
    private readonly nint _module;

    private LLVMModuleRef(nint ownedContext, nint module)
    {
        _ownedContext = ownedContext;
        _module = module;
    }

    /// <summary>The module of a bitcode file's bytes, or null when they are not bitcode that this LLVM reads.</summary>
    public static LLVMModuleRef? Parse(ReadOnlySpan<byte> bitcode)
    {
        nint context = LLVM.ContextCreate();
        LLVM.ContextSetDiagnosticHandler(context, &Ignore, null);
        nint buffer;
        fixed (byte* data = bitcode)
        {
            byte name = 0;
            buffer = LLVM.CreateMemoryBufferWithMemoryRangeCopy(data, (nuint)bitcode.Length, &name);
        }

        bool failed = LLVM.ParseBitcodeInContext2(context, buffer, out nint module) != 0;
        LLVM.DisposeMemoryBuffer(buffer);
        if (failed)
        {
            LLVM.ContextDispose(context);
            return null;
        }

        return new LLVMModuleRef(context, module);
    }

    /// <summary>A copy, to be disposed before this module.</summary>
    public LLVMModuleRef Clone() => new(ownedContext: 0, LLVM.CloneModule(_module));

    /// <summary>The target's data layout, for sizes and offsets of types.</summary>
    public nint DataLayout => LLVM.GetModuleDataLayout(_module);

    public IEnumerable<LLVMValueRef> Functions
    {
        get
        {
            for (nint f = LLVM.GetFirstFunction(_module); f != 0; f = LLVM.GetNextFunction(f))
            {
                yield return new LLVMValueRef(f);
            }
        }
    }

    /// <summary>Makes a function local to the module, so that it may go when nothing calls it.</summary>
    public static void Internalize(LLVMValueRef function) => LLVM.SetLinkage(function.Handle, InternalLinkage);

    /// <summary>Keeps the inliner from a function.</summary>
    public void ForbidInlining(LLVMValueRef function)
    {
        const uint OfFunction = uint.MaxValue;
        fixed (byte* name = "noinline"u8)
        {
            nint attribute = LLVM.CreateEnumAttribute(LLVM.GetModuleContext(_module), LLVM.GetEnumAttributeKindForName(name, 8), 0);
            LLVM.AddAttributeAtIndex(function.Handle, OfFunction, attribute);
        }
    }

    /// <summary>Runs a pass pipeline in <c>opt -passes</c> syntax.</summary>
    /// <returns>LLVM's complaint about the pipeline, or null.</returns>
    public string? RunPasses(string pipeline)
    {
        nint options = LLVM.CreatePassBuilderOptions();
        nint error = LLVM.RunPasses(_module, pipeline, 0, options);
        LLVM.DisposePassBuilderOptions(options);
        if (error == 0)
        {
            return null;
        }

        byte* message = LLVM.GetErrorMessage(error);
        string text = Marshal.PtrToStringUTF8((nint)message) ?? "";
        LLVM.DisposeErrorMessage(message);
        return text;
    }

    public void Dispose()
    {
        LLVM.DisposeModule(_module);
        if (_ownedContext != 0)
        {
            LLVM.ContextDispose(_ownedContext);
        }
    }

    // Without a handler LLVM prints to standard error, and ends the process on an error.
    [UnmanagedCallersOnly]
    private static void Ignore(nint diagnostic, void* state)
    {
    }
}
