// The verbs that need no libtorch, which both executables have.

using System.CommandLine;
using Nsc.CommandLine.Verbs;
using Nsc.Core.Ranks;

namespace Nsc.CommandLine.Shell;

internal static class ToolchainVerbs
{
    /// <param name="library">Does the few things that take libtorch.</param>
    /// <param name="asRanks">Runs a verb as one process of an MPI job.</param>
    public static IEnumerable<Command> All(TensorLibrary library, Func<Terminal, Func<IRanks, Terminal, ExitCode>, ExitCode> asRanks) =>
    [
        BuildVerb.Create(library), CompileVerb.Create(library), SampleVerb.Create(), FineTuneVerb.Create(library), EvalVerb.Create(), RunVerb.Create(), ExportVerb.Create(),
        AccelerateVerb.Create(library), TuneVerb.Create(), ScanVerb.Create(asRanks), InspectVerb.Create(), TokensVerb.Create(), GraphVerb.Create(), DoctorVerb.Create(library), CompletionVerb.Create(), ManualVerb.Create(),
    ];
}
