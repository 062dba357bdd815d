// The version that surrogates record.

namespace Nsc.Compiler.Models;

internal static class ToolVersion
{
    /// <summary>Version of the tool, written into every surrogate.</summary>
    public static readonly string Current = typeof(ToolVersion).Assembly.GetName().Version!.ToString(3);
}
