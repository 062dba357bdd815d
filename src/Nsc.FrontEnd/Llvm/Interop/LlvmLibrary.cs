// Tells the runtime where libLLVM is: its file name carries a version, and its folder is not on the loader's path.

using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Nsc.FrontEnd.Llvm.Interop;

/// <summary>Binds the imports of <see cref="LLVM"/> to a toolchain's libLLVM. A process holds one libLLVM: the first one wins.</summary>
internal static class LlvmLibrary
{
    /// <summary>The name that the imports use. No file has it, so the default search cannot find some other LLVM first.</summary>
    public const string Name = "nsc-libLLVM";

    private static readonly Lock Gate = new();
    private static nint _library;

    /// <summary>Loads the toolchain's libLLVM unless one is loaded already.</summary>
    /// <exception cref="DllNotFoundException">The file is missing or is not a library that loads here.</exception>
    public static void Load(Toolchain toolchain)
    {
        lock (Gate)
        {
            if (_library != 0)
            {
                return;
            }

            _library = NativeLibrary.Load(toolchain.LibLlvmPath);
            AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(LlvmLibrary).Assembly) ?? AssemblyLoadContext.Default;
            context.ResolvingUnmanagedDll += static (Assembly _, string name) => name == Name ? _library : 0;
        }
    }
}
