// The command line with all verbs.

using System.CommandLine;
using Nsc.Cli.TrainingRuns;
using Nsc.Cli.Verbs.Bench;
using Nsc.Cli.Verbs.Corpus;
using Nsc.Cli.Verbs.Training;
using Nsc.CommandLine;
using Nsc.CommandLine.Shell;
using Nsc.Core.Ranks;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Reference;

namespace Nsc.Cli;

public static class Program
{
    // Made once for each thread: an option remembers every command that it was ever added to.
    private static readonly ThreadLocal<RootCommand> s_root = new(Root);

    public static int Main(string[] arguments)
    {
        if (MpiLaunch.RankCount > 1)
        {
            Environment.SetEnvironmentVariable("TERM", "dumb"); // mpirun gives each rank a terminal, wherever its output goes: nothing may be written for one.
        }

        return Invocation.Run(Root(), arguments);
    }

    /// <summary>Runs one command line with the given writers; returns the exit code.</summary>
    public static int Run(string[] arguments, InvocationConfiguration configuration, CancellationToken cancellationToken = default) =>
        Invocation.Run(s_root.Value!, arguments, configuration, cancellationToken);

    private static RootCommand Root()
    {
        var library = new TensorLibrary(TorchCheckpoint.ToNet, () => new TorchTrainer(), TorchVersion);
        return Invocation.Root(
            [.. ToolchainVerbs.All(library, MpiJob.Run), TrainCompNetVerb.Create(), AverageVerb.Create(), BenchVerb.Create(), ExeStackVerb.Create()]);
    }

    private static string TorchVersion()
    {
        // Making a tensor loads the native library; asking for the version alone would not.
        using TorchSharp.torch.Tensor one = TorchSharp.torch.ones(1);
        return TorchSharp.torch.__version__;
    }
}
