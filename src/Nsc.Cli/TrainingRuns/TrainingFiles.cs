// The files that a training writes beside its checkpoint, and the check that it overwrites nobody else's.

using Nsc.CommandLine;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;

namespace Nsc.Cli.TrainingRuns;

internal static class TrainingFiles
{
    /// <summary>The title of the plot, by which it is known again.</summary>
    public const string PlotTitle = "Zero-shot error on held-out programs";

    /// <summary>The plot of a checkpoint's validation curve.</summary>
    public static string PlotBeside(FileInfo checkpoint) => Path.ChangeExtension(checkpoint.FullName, ".svg");

    /// <summary>Throws <see cref="CommandException"/> when a training cannot write to, or continue from, this checkpoint.</summary>
    public static void Check(FileInfo checkpoint, bool resume)
    {
        string curve = ValidationCurve.PathBeside(checkpoint.FullName), plot = PlotBeside(checkpoint);
        if (checkpoint.FullName == curve || checkpoint.FullName == plot)
        {
            throw new CommandException(ExitCode.Usage, $"'{checkpoint}': the validation curve goes there; name the checkpoint OUT.safetensors, say");
        }

        if (resume && !checkpoint.Exists)
        {
            throw new CommandException(ExitCode.Refused, $"there is no checkpoint at '{checkpoint}' to resume");
        }

        if (!resume && checkpoint.Exists)
        {
            throw new CommandException(ExitCode.Usage, $"'{checkpoint}' exists already", "continue it with --resume, or name another file");
        }

        foreach (string beside in (string[])[curve, plot])
        {
            OutputPaths.Require("the validation curve", beside);
        }

        foreach (string foreign in (string[])
            [.. File.Exists(curve) && ValidationCurve.TryLoad(curve) is null ? [curve] : Array.Empty<string>(),
             .. File.Exists(plot) && !File.ReadAllText(plot).Contains(PlotTitle, StringComparison.Ordinal) ? [plot] : Array.Empty<string>()])
        {
            throw new CommandException(ExitCode.Refused, $"'{foreign}', where the validation curve goes, holds something else", "name another checkpoint");
        }
    }
}
