// nsc without training, mining and benches as one executable that is compiled ahead of time: it starts in milliseconds, because there is no runtime to
// start and nothing to compile at run time. What it cannot do, the full nsc in the folder above does, where there is one.

using System.CommandLine;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Nsc.CommandLine;
using Nsc.CommandLine.Shell;
using Nsc.Core.Ranks;

namespace Nsc.AheadOfTime;

internal static partial class Program
{
    // Verbs of the full nsc.
    private static readonly string[] s_others = ["train-compnet", "average", "bench", "exestack"];
    private static readonly string s_full = Path.Combine(AppContext.BaseDirectory, "..", "nsc");

    public static int Main(string[] arguments)
    {
        bool isForFull = MpiLaunch.RankCount > 1 || (arguments.Length > 0 && s_others.Contains(arguments[0]));
        RootCommand root = Invocation.Root([
            .. ToolchainVerbs.All(Library(arguments), (terminal, action) => action(new SingleRank(), terminal)),
            .. s_others.Select(name => new Command(name, "Part of the full nsc, which trains, mines and measures.")),
        ]);
        return isForFull && HandOver(arguments) is { } failure
            ? (int)Invocation.Guarded(new Terminal(Console.Out, Console.Error, interactive: false), () => throw failure)
            : Invocation.Run(root, arguments);
    }

    // What takes the tensor library, the full nsc does in this process's place.
    private static TensorLibrary Library(string[] arguments)
    {
        return new TensorLibrary(_ => throw Full(), () => throw Full(), () => File.Exists(s_full) ? throw Full() : "not part of this nsc, which does not train");

        CommandException Full() => arguments.Contains("-")
            ? new CommandException(ExitCode.Missing, "this takes the tensor library, and the full nsc cannot read what was read from standard input", "name a file")
            : HandOver(arguments);
    }

    // Returns only where there is no full nsc.
    private static CommandException HandOver(string[] arguments)
    {
        _ = Execute(s_full, [s_full, .. arguments, null]);
        return new CommandException(
            ExitCode.Missing, $"this takes the full nsc, which trains, mines and measures, and there is none at '{s_full}' ({new Win32Exception(Marshal.GetLastPInvokeError()).Message})",
            "build it from nsc's repository: scripts/nsc does that");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
