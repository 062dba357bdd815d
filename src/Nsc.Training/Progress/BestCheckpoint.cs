// Early stopping: the best checkpoint so far lies beside the one that training continues from, and becomes the result.

using System.Collections.Immutable;
using System.Globalization;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;

namespace Nsc.Training.Progress;

/// <summary>The weights with the lowest held-out errors, by <see cref="HeldOutFigures.Score"/>.</summary>
/// <param name="Step">After which step they were taken.</param>
public sealed record BestCheckpoint(int Step, HeldOutFigures HeldOut, CompNetCheckpoint Checkpoint)
{
    private const string StepNote = "best step";
    private const string MedianNote = "held-out zero-shot median NMSE";
    private const string GeometricMeanNote = "held-out zero-shot geometric mean NMSE";
    private const string FineTunedNote = "held-out fine-tuned geometric mean NMSE";

    /// <summary>The file beside a checkpoint that holds the best one while training goes on.</summary>
    public static string PathBeside(string checkpoint) => Path.ChangeExtension(checkpoint, ".best" + Path.GetExtension(checkpoint));

    /// <summary>The file beside the result that holds the weights after the last step.</summary>
    public static string LastPathBeside(string checkpoint) => Path.ChangeExtension(checkpoint, ".last" + Path.GetExtension(checkpoint));

    /// <summary>Notes that say after which step weights were taken and what they measure.</summary>
    public static ImmutableSortedDictionary<string, string> Note(
        ImmutableSortedDictionary<string, string> notes, int step, HeldOutFigures heldOut) => notes
        .SetItem(StepNote, step.ToString(CultureInfo.InvariantCulture))
        .SetItem(MedianNote, heldOut.Median.ToString("R", CultureInfo.InvariantCulture))
        .SetItem(GeometricMeanNote, heldOut.GeometricMean.ToString("R", CultureInfo.InvariantCulture))
        .SetItem(FineTunedNote, heldOut.FineTuned.ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Reads the file of a training; null when there is none or it cannot be used, and then a better one is waited for.</summary>
    /// <param name="belongs">Whether a checkpoint's notes are of the same training.</param>
    public static BestCheckpoint? TryLoad(string path, Func<CompNetCheckpoint, bool> belongs)
    {
        try
        {
            CompNetCheckpoint checkpoint = CompNetCheckpoint.Load(path);
            return belongs(checkpoint)
                && int.TryParse(checkpoint.Notes.GetValueOrDefault(StepNote), NumberStyles.None, CultureInfo.InvariantCulture, out int step)
                && Number(MedianNote) is { } median && Number(GeometricMeanNote) is { } mean && Number(FineTunedNote) is { } tuned
                ? new BestCheckpoint(step, new HeldOutFigures(median, mean, tuned), checkpoint)
                : null;

            double? Number(string note) => double.TryParse(
                checkpoint.Notes.GetValueOrDefault(note), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
        }
        catch (Exception failure) when (failure is ContainerException or IOException)
        {
            return null;
        }
    }

    /// <summary>Whether other figures are better than these.</summary>
    public bool IsBeatenBy(HeldOutFigures other) =>
        other.Score < HeldOut.Score || (double.IsNaN(HeldOut.Score) && !double.IsNaN(other.Score));
}
