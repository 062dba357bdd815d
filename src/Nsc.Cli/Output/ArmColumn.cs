// The column of a printed table that has the arms' names, which say what each arm has and are long.

using Nsc.CommandLine;

namespace Nsc.Cli.Output;

internal static class ArmColumn
{
    /// <summary>The column.</summary>
    public static TextColumn Of(IEnumerable<string> arms) => new("arm", Width(arms), IsText: true);

    /// <summary>Wide enough for every name.</summary>
    public static int Width(IEnumerable<string> arms) => arms.Max(a => a.Length) + 2;
}
