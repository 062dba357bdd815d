// What every bench of fine-tuning trains. All arms get the same topology, samples, optimiser, learning rate and steps; what else an arm does
// with the samples, its name says. Every question is asked of the same surrogates.

using System.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Bench;

/// <summary>An arm's surrogates at one number of samples.</summary>
/// <param name="Surrogates">For each program, those of each seed. Without samples they are what the arm starts from.</param>
/// <param name="Seconds">Wall time of training them all.</param>
public sealed record TrainedArm(string Arm, int Samples, Surrogate[][] Surrogates, double Seconds);

/// <summary>What was measured of one arm at one number of samples.</summary>
/// <param name="Seconds">Wall time of its training, of all programs and seeds together.</param>
public sealed record ArmResult<T>(string Arm, int Samples, double Seconds, T[] Rows);

/// <summary>Measures an arm at one number of samples, or remembers what an earlier run measured there.</summary>
public delegate ArmResult<T> Recall<T>(string arm, int samples, Func<ArmResult<T>> measure);

/// <summary>Every arm at every number of samples, for every program and seed.</summary>
/// <param name="Arms">The random one first.</param>
public sealed record TrainingPlan(
    IReadOnlyList<BenchProgram> Programs, IReadOnlyList<BenchArm> Arms, NetShape Shape, IReadOnlyList<int> SampleCounts, FineTuneOptions Options)
{
    /// <summary>The arm whose losses a report is about: the dataflow network's with the fullest treatment, else the last one.</summary>
    public BenchArm Ours => Arms.Where(a => a.Start == Architectures.Dataflow).MaxBy(a => a.Fullness) ?? Arms[^1];

    /// <summary>Sample sets and random inits for each program.</summary>
    public int Seeds => Programs[0].Pools.Count;

    /// <summary>Trains and measures.</summary>
    /// <param name="measure">The rows to measure of an arm's surrogates.</param>
    public List<ArmResult<T>> Measure<T>(
        Func<TrainedArm, T[]> measure, Recall<T>? recall = null, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        var results = new List<ArmResult<T>>();
        foreach (int samples in SampleCounts)
        {
            foreach (BenchArm arm in Arms)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress?.Invoke($"{arm.Name}, {samples} samples");
                results.Add(recall is null ? Measured() : recall(arm.Name, samples, Measured));

                ArmResult<T> Measured()
                {
                    TrainedArm trained = Train(arm, samples, cancellationToken);
                    return new ArmResult<T>(arm.Name, samples, trained.Seconds, measure(trained));
                }
            }
        }

        return results;
    }

    private TrainedArm Train(BenchArm arm, int samples, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        Surrogate[] surrogates = [.. Programs.SelectMany(p => Enumerable.Range(0, Seeds).Select(seed => p.Start(arm, Shape, seed)))];
        if (samples > 0)
        {
            SampleSet[] pools = [.. Programs.SelectMany(p => p.Pools.Select(pool => pool.Slice(0, samples)))];

            // What the covering topology holds is trained together.
            foreach (var together in Enumerable.Range(0, surrogates.Length).GroupBy(i => Shape.With(surrogates[i].Topology.Inputs)))
            {
                FineTuned[] tuned = SurrogateFineTuner.RunAll([.. together.Select(i => (surrogates[i], pools[i]))], arm.Apply(Options), null, cancellationToken, null, arm.Dataflows([.. together.Select(i => (pools[i], Programs[i / Seeds].Graph))]));
                foreach ((int i, FineTuned one) in together.Zip(tuned))
                {
                    surrogates[i] = one.Surrogate;
                }
            }
        }

        return new TrainedArm(arm.Name, samples, [.. surrogates.Chunk(Seeds)], Stopwatch.GetElapsedTime(began).TotalSeconds);
    }
}
