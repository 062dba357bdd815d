// Binds a P/Invoke layer, at run time, to the library file that the toolchain names.

using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Nsc.FrontEnd;

/// <summary>
/// One library, loaded once per process: the first toolchain decides, as a process has one libc. Imports use a name that no
/// file bears, so ordinary probing fails and asks here. An event serves rather than
/// <see cref="NativeLibrary.SetDllImportResolver"/>, which an assembly can set only once.
/// </summary>
/// <param name="name">The name that the imports use.</param>
internal sealed class NativeBinding(string name)
{
    private readonly Lock _gate = new();
    private nint _handle;

    /// <exception cref="DllNotFoundException">The file is missing or is not a library that loads here.</exception>
    public void Load(string path)
    {
        lock (_gate)
        {
            if (_handle == 0)
            {
                _handle = NativeLibrary.Load(path);
                AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(typeof(NativeBinding).Assembly) ?? AssemblyLoadContext.Default;
                context.ResolvingUnmanagedDll += (_, asked) => asked == name ? _handle : 0;
            }
        }
    }
}
