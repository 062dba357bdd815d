// Where the imports of libclang come from.

using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Parsing.Interop;

internal static class LibClangLoader
{
    /// <summary>The name that the imports of <see cref="LibClang"/> use.</summary>
    internal const string Name = "nsc-libclang";

    private static readonly NativeBinding s_binding = new(Name);

    /// <exception cref="DllNotFoundException">The toolchain's libclang cannot be loaded.</exception>
    public static void Load(Toolchain toolchain) => s_binding.Load(toolchain.LibClangPath);
}
