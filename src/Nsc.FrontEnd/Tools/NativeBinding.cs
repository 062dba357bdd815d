// Binds a P/Invoke layer, at run time, to the library file that the toolchain names.

using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Nsc.FrontEnd.Tools;

/// <summary>
/// One library, loaded once per process: the first toolchain decides, as a process has one libc. Imports use a name that no
/// file bears. An assembly can have one resolver only, so all bindings share it.
/// </summary>
/// <param name="name">The name that the imports use.</param>
internal sealed class NativeBinding(string name)
{
    private static readonly ConcurrentDictionary<string, nint> s_handles = [];

    private readonly Lock _gate = new();

    static NativeBinding() =>
        NativeLibrary.SetDllImportResolver(typeof(NativeBinding).Assembly, (asked, _, _) => s_handles.GetValueOrDefault(asked));

    /// <exception cref="DllNotFoundException">The file is missing or is not a library that loads here.</exception>
    public void Load(string path)
    {
        lock (_gate)
        {
            if (!s_handles.ContainsKey(name))
            {
                s_handles[name] = NativeLibrary.Load(path);
            }
        }
    }
}
