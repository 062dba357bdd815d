// Where the imports of libLLVM come from.

using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Lowering.Interop;

internal static class LlvmLibrary
{
    /// <summary>The name that the imports of <see cref="LLVM"/> use.</summary>
    public const string Name = "nsc-libLLVM";

    private static readonly NativeBinding s_binding = new(Name);

    /// <exception cref="DllNotFoundException">The toolchain's libLLVM cannot be loaded.</exception>
    public static void Load(Toolchain toolchain) => s_binding.Load(toolchain.LibLlvmPath);
}
