// Binds the P/Invoke layer to the libclang that the toolchain names, at run time.

using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Nsc.FrontEnd.Clang.Interop;

/// <summary>
/// Loads libclang once per process. A process has one libclang as it has one libc, so the first toolchain decides.
/// The library has a name that no file bears: ordinary probing fails and asks here. An event serves rather than
/// <see cref="NativeLibrary.SetDllImportResolver"/>, which an assembly can set only once and libLLVM needs too.
/// </summary>
internal static class LibClangLoader
{
    internal const string Name = "nsc-libclang";

    private static readonly Lock Gate = new();
    private static nint handle;

    /// <exception cref="DllNotFoundException">The toolchain's libclang cannot be loaded.</exception>
    public static void Load(Toolchain toolchain)
    {
        lock (Gate)
        {
            if (handle == 0)
            {
                handle = NativeLibrary.Load(toolchain.LibClangPath);
                AssemblyLoadContext.GetLoadContext(typeof(LibClangLoader).Assembly)!.ResolvingUnmanagedDll +=
                    (_, name) => name == Name ? handle : 0;
            }
        }
    }
}
