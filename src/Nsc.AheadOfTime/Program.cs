// nsc without training, mining and benches as one executable that is compiled ahead of time: it starts in milliseconds, because there is no runtime to
// start and nothing to compile at run time. What takes the tensor library, the full nsc does in its place.

using System.ComponentModel;
using System.Runtime.InteropServices;
using Nsc.CommandLine;
using Nsc.CommandLine.Verbs;
using Nsc.Engine.Emission;
using Nsc.Engine.Trainers;

namespace Nsc.AheadOfTime;

internal static partial class Program
{
    private static readonly string s_full = Path.Combine(AppContext.BaseDirectory, "..", "nsc");

    public static int Main(string[] arguments) {
        var library = Library(arguments);
        return Invocation.Run(Invocation.Root(CompileVerb.Create(library), SampleVerb.Create(), FineTuneVerb.Create(library), EvalVerb.Create(), RunVerb.Create(), ExportVerb.Create(), AccelerateVerb.Create(library), TuneVerb.Create(),
            InspectVerb.Create(), TokensVerb.Create(), GraphVerb.Create(), DoctorVerb.Create(library)), arguments);
    }

    // What takes the tensor library, the full nsc does in this process's place.
    private static TensorLibrary Library(string[] arguments) =>
        new(_ => (IEmitter)HandOver(arguments), () => (INetTrainer)HandOver(arguments), () => (string)HandOver(arguments));

    private static object HandOver(string[] arguments)
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
