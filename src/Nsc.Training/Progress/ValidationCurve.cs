// The validation curve: a row for each look at the held-out programs, kept as CSV beside the checkpoint. A resumed training
// continues the rows of the part before it.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Files;

namespace Nsc.Training.Progress;

/// <summary>One look.</summary>
/// <param name="Seconds">Time that the training has taken, over all its parts.</param>
/// <param name="TrainingLoss">The smoothed loss.</param>
public sealed record CurvePoint(int Step, double Seconds, double TrainingLoss, HeldOutFigures HeldOut);

/// <summary>All looks of a training, in the order of their steps.</summary>
public sealed record ValidationCurve(ImmutableArray<CurvePoint> Points)
{
    private const string Header = "step,seconds,training loss,held-out median NMSE,held-out geometric mean NMSE,held-out fine-tuned geometric mean NMSE";

    public static readonly ValidationCurve Empty = new([]);

    /// <summary>The file that belongs to a checkpoint.</summary>
    public static string PathBeside(string checkpoint) => Path.ChangeExtension(checkpoint, ".csv");

    /// <summary>This curve with one more look.</summary>
    public ValidationCurve With(CurvePoint point) => new(Points.Add(point));

    /// <summary>The looks up to a step.</summary>
    public ValidationCurve Until(int step) => new([.. Points.TakeWhile(p => p.Step <= step)]);

    /// <summary>Writes the file atomically.</summary>
    public void Save(string path) => AtomicFile.Write(path, Encoding.UTF8.GetBytes(ToString()));

    /// <summary>Reads a file; null when it is not such a curve.</summary>
    public static ValidationCurve? TryLoad(string path)
    {
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0] != Header)
        {
            return null;
        }

        var points = ImmutableArray.CreateBuilder<CurvePoint>();
        foreach (string line in lines.Skip(1))
        {
            if (Parse(line) is not { } point || (points.Count > 0 && points[^1].Step >= point.Step))
            {
                return null;
            }

            points.Add(point);
        }

        return new ValidationCurve(points.ToImmutable());
    }

    /// <summary>The CSV.</summary>
    public override string ToString() => string.Concat(Points.Select(Row).Prepend(Header + "\n"));

    private static string Row(CurvePoint p) => string.Create(
        CultureInfo.InvariantCulture, $"{p.Step},{p.Seconds:F1},{p.TrainingLoss:R},{p.HeldOut.Median:R},{p.HeldOut.GeometricMean:R},{p.HeldOut.FineTuned:R}\n");

    private static CurvePoint? Parse(string line)
    {
        string[] cells = line.Split(',');
        if (cells.Length != 6 || !int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out int step))
        {
            return null;
        }

        var numbers = new double[5];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(cells[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
            {
                return null;
            }
        }

        return new CurvePoint(step, numbers[0], numbers[1], new HeldOutFigures(numbers[2], numbers[3], numbers[4]));
    }
}
