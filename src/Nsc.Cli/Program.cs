// The command line with all verbs.

using System.CommandLine;
using Nsc.Cli.Verbs;
using Nsc.Training.HyperNetworks;

namespace Nsc.Cli;

public static class Program
{
    public static int Main(string[] arguments) => CommandLine.Run(Root(), arguments);

    /// <summary>Runs one command line with the given writers; returns the exit code.</summary>
    public static int Run(string[] arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default) =>
        CommandLine.Run(Root(), arguments, configuration, cancellationToken);

    private static RootCommand Root() => CommandLine.Root(
        CompileVerb.Create(TorchCheckpoint.ToNet), FineTuneVerb.Create(), EvalVerb.Create(), RunVerb.Create(), ExportVerb.Create(), AccelerateVerb.Create(), TuneVerb.Create(),
        InspectVerb.Create(), TokensVerb.Create(), GraphVerb.Create(), DoctorVerb.Create(), TrainCompNetVerb.Create(), AverageVerb.Create(), BenchVerb.Create(), ExeStackVerb.Create());
}
