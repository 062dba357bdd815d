// The column of a printed table that has the arms' names, which say what each arm has and are long.

namespace Nsc.Cli.Output;

internal static class ArmColumn
{
    /// <summary>Wide enough for every name.</summary>
    public static int Width(IEnumerable<string> arms) => arms.Max(a => a.Length) + 2;
}
