// nsc compile as an executable of its own, compiled ahead of time: it starts in milliseconds, because there is no runtime to
// start and nothing to compile at run time. What it cannot do, the full nsc in the folder above does.

using System.ComponentModel;
using System.Runtime.InteropServices;
using Nsc.Cli;
using Nsc.Cli.Verbs;
using Nsc.Engine.Emission;

namespace Nsc.AheadOfTime;

internal static partial class Program
{
    private static readonly string s_full = Path.Combine(AppContext.BaseDirectory, "..", "nsc");

    public static int Main(string[] arguments) =>
        CommandLine.Run(CommandLine.Root(CompileVerb.Create(_ => HandOver(arguments))), arguments);

    // A baseline needs the tensor library.
    private static IEmitter HandOver(string[] arguments)
    {
        if (arguments.Contains("-"))
        {
            throw new IOException("a baseline's model cannot compile standard input here; name a file");
        }

        _ = Execute(s_full, [s_full, .. arguments, null]);
        throw new IOException($"cannot execute '{s_full}': {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "execv", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments);
}
