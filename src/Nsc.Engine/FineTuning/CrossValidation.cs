// What a fine-tuned surrogate is worth where no sample can be spared: each part of the samples is predicted by a surrogate that was
// fine-tuned on the others.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Adapting;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.FineTuning;

/// <summary>k-fold cross-validation of fine-tuning. Nothing of it sees the rows of its fold: no standardisation, calibration or early stopping.</summary>
public static class CrossValidation
{
    /// <summary>The folds, with that many samples or more.</summary>
    public const int Folds = 10;

    /// <summary>
    /// What fine-tuning makes of a start and samples foretells for them: its errors are those of fine-tuning on nine tenths of them, a little above those
    /// of all. Null where the start was fine-tuned on nearly all of the rows before, or all have the same few inputs.
    /// </summary>
    public static JudgedRows? Judge(
        Surrogate start, SampleSet samples, FineTuneOptions options, CancellationToken cancellationToken = default, INetTrainer? trainer = null,
        Func<SampleSet, ProgramMean?>? mean = null)
    {
        RowFingerprints seen = start.Provenance.SeenRows();
        if (seen.Unseen(samples).Count < ErrorEstimate.FewestRows)
        {
            return null;
        }

        (double[] predicted, bool[] isRepeated) = Predict(start, samples, options, cancellationToken, trainer, mean);
        int[] counted = [.. Enumerable.Range(0, samples.Count).Where(row => !isRepeated[row] && !seen.Contains(samples.Inputs(row)))];
        SampleSet answers = new SampleSet(samples.InputCount, samples.OutputCount, samples.X, predicted).Take(counted);
        return counted.Length < ErrorEstimate.FewestRows ? null : new JudgedRows(samples.Take(counted), answers.Y, EstimateMethod.CrossValidated);
    }

    /// <summary>
    /// The outputs for all samples, (samples, outputs), row-major, each by a surrogate that was fine-tuned without its fold, and whether the
    /// sample's inputs are in the other folds too.
    /// </summary>
    public static (double[] Outputs, bool[] IsRepeated) Predict(
        Surrogate start, SampleSet samples, FineTuneOptions options, CancellationToken cancellationToken = default, INetTrainer? trainer = null,
        Func<SampleSet, ProgramMean?>? mean = null)
    {
        int[] order = RowFingerprints.Order(samples, (ulong)options.Seed);
        int part = (samples.Count + Folds - 1) / Folds, folds = (samples.Count + part - 1) / part;

        // The last fold is filled up from the beginning, so that all runs have as many samples.
        int[][] turns = [.. Enumerable.Range(0, folds).Select(fold => (int[])[.. order[(fold * part)..], .. order[..(fold * part)]])];
        SampleSet[] others = [.. turns.Select(t => samples.Take(t[part..]))];
        FineTuned[] tuned = SurrogateFineTuner.RunAll([.. others.Select(o => (start, o))], options, null, cancellationToken, trainer, mean);
        var predicted = new double[samples.Y.Length];
        var isRepeated = new bool[samples.Count];
        for (int fold = folds - 1; fold >= 0; fold--)
        {
            RowFingerprints trained = RowFingerprints.Of(others[fold]);
            double[] outputs = new SurrogateEvaluator(tuned[fold].Surrogate).Evaluate(samples.Take(turns[fold][..part]).X);
            for (int i = 0; i < part; i++)
            {
                int row = turns[fold][i];
                outputs.AsSpan(i * samples.OutputCount, samples.OutputCount).CopyTo(predicted.AsSpan(row * samples.OutputCount));
                isRepeated[row] = trained.Contains(samples.Inputs(row));
            }
        }

        return (predicted, isRepeated);
    }
}
