// The training loop: steps, looks at held-out programs, checkpoints that continue exactly. All processes of a job take the
// same steps; rank 0 also measures, writes and reports.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nsc.Core.Ranks;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using StoredTensor = Nsc.Core.Surrogates.Tensor;

namespace Nsc.Training.Optimization;

/// <summary>
/// Trains a CompNet. The same options, corpus and machine give the same weights, interrupted or not; two workers give the same
/// ones in one process or in two.
/// </summary>
public sealed class CompNetTrainer : IDisposable
{
    private const string OptionsNote = "training";
    private const string CorpusNote = "corpus";
    private const string StartNote = "started from";
    private const string StepNote = "step";
    private const string LossNote = "training loss";
    private const string SecondsNote = "seconds";
    private readonly TrainingOptions _options;
    private readonly string _corpusHash;
    private readonly IReadOnlyList<TrainingProgram> _heldOut;
    private readonly BatchSchedule _schedule;
    private readonly GradientWorkers _workers;
    private readonly FlatAdamW _optimiser;
    private readonly IRanks _ranks;
    private string _startedFrom = "random weights";
    private int _step;
    private double? _smoothedLoss;
    private TimeSpan _timeBefore;
    private ValidationCurve _curve = ValidationCurve.Empty;
    private BestCheckpoint? _best;

    /// <param name="corpusHash">Identifies the corpus; a run resumes only on the corpus that it was started on.</param>
    /// <param name="heldOut">Programs to measure progress on. They must not be in the corpus.</param>
    /// <param name="ranks">The processes that share the training; they must agree on everything else.</param>
    /// <param name="threadsEach">Threads of each worker; more than one only to measure that it is slower.</param>
    public CompNetTrainer(
        CompNetOptions shape, TrainingOptions options, IReadOnlyList<TrainingSource> corpus, string corpusHash,
        IReadOnlyList<TrainingProgram> heldOut, IRanks? ranks = null, int threadsEach = 1)
    {
        _options = options;
        _corpusHash = corpusHash;
        _heldOut = heldOut;
        _ranks = ranks ?? new SingleRank();
        _schedule = new BatchSchedule(corpus, options);
        Net = HyperNetwork.Create(shape, options.Seed);
        _workers = new GradientWorkers(Net, options, _ranks, threadsEach);
        _optimiser = new FlatAdamW(_workers.Flat.Weights, options.WeightDecay);
    }

    /// <summary>What resumes the run with the same options; checkpoints carry it until the run is done.</summary>
    public string Command { get; init; } = "";

    /// <summary>The network, as trained so far.</summary>
    public HyperNetwork Net { get; }

    /// <summary>
    /// Trains to the last step, saving a checkpoint to <paramref name="path"/> at every look and every <paramref name="saveEvery"/>,
    /// with the validation curve and the best checkpoint beside it. In the end the best one is at the path. When any rank is
    /// cancelled, all stop after the same step, it is saved, and all throw <see cref="OperationCanceledException"/>.
    /// </summary>
    public void Run(string path, TimeSpan saveEvery, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        RequireAgreement();
        bool isFirst = _ranks.Rank == 0;
        int firstStep = _step;
        var clock = Stopwatch.StartNew();
        TimeSpan lastSave = TimeSpan.Zero;
        while (_step < _options.Steps)
        {
            StepOutcome outcome = TakeStep(cancellationToken.IsCancellationRequested);
            _smoothedLoss = _smoothedLoss is null ? outcome.Loss : (0.98 * _smoothedLoss) + (0.02 * outcome.Loss);
            bool isLast = _step == _options.Steps, isLook = isLast || _step % _options.LookEverySteps == 0;
            if (isFirst && isLook)
            {
                Look(path, clock.Elapsed);
            }

            double stepsPerSecond = (_step - firstStep) / clock.Elapsed.TotalSeconds;
            progress?.Report(new TrainingProgress(
                _step, _options.Steps, _smoothedLoss.Value, stepsPerSecond * _options.ProgramsPerStep,
                TimeSpan.FromSeconds((_options.Steps - _step) / stepsPerSecond), _curve));
            bool isStopped = outcome.Stop && !isLast;
            if (isFirst && !isLast && (isLook || isStopped || clock.Elapsed - lastSave > saveEvery))
            {
                Checkpoint(clock.Elapsed).Save(path);
                lastSave = clock.Elapsed;
            }

            if (isStopped)
            {
                WaitForAll();
                throw new OperationCanceledException(cancellationToken);
            }
        }

        if (isFirst && firstStep < _step)
        {
            Finish(path);
        }

        WaitForAll();
    }

    /// <summary>
    /// Takes over the weights of another training, whose optimiser and steps are forgotten; throws <see cref="ContainerException"/>
    /// when they do not fit. To be called before <see cref="Resume"/>, which must find that the run started from the same weights.
    /// </summary>
    public void StartFrom(CompNetCheckpoint other)
    {
        other.RestoreTo(Net);
        _startedFrom = Convert.ToHexStringLower(SHA256.HashData(_workers.Flat.Weights.bytes));
    }

    /// <summary>
    /// Continues from the checkpoint at a path and what lies beside it; throws <see cref="ContainerException"/> when it belongs to
    /// another run.
    /// </summary>
    public void Resume(string path)
    {
        CompNetCheckpoint checkpoint = CompNetCheckpoint.Load(path);
        if (!Belongs(checkpoint)
            || !int.TryParse(checkpoint.Notes.GetValueOrDefault(StepNote), CultureInfo.InvariantCulture, out int step))
        {
            throw new ContainerException("the checkpoint was made with other options, another corpus or another shape; it cannot be resumed");
        }

        checkpoint.RestoreTo(Net);
        _step = step;
        if (_step < _options.Steps)
        {
            using var scope = NewDisposeScope();
            checkpoint.Restore(OptimiserTensors());
            _optimiser.Steps = step;
        }

        _smoothedLoss = NumberIn(checkpoint, LossNote);
        _timeBefore = TimeSpan.FromSeconds(NumberIn(checkpoint, SecondsNote) ?? 0);
        _best = BestCheckpoint.TryLoad(BestCheckpoint.PathBeside(path), Belongs);
        string curve = ValidationCurve.PathBeside(path);
        if (File.Exists(curve))
        {
            _curve = ValidationCurve.TryLoad(curve)?.Until(_step) ?? throw new ContainerException($"'{curve}' is not the curve of a training");
        }
    }

    /// <summary>Takes one step, with all ranks.</summary>
    /// <param name="stop">Whether this rank was asked to stop after it.</param>
    internal StepOutcome TakeStep(bool stop = false)
    {
        using var scope = NewDisposeScope();
        StepOutcome outcome = _workers.Compute(_schedule.ProgramsOf(_step), _step, stop);
        set_num_threads(1); // More would sum the norm in another order, and it is soon done.
        nn.utils.clip_grad_norm_([_workers.Flat.Weights], _options.ClipNorm);
        _optimiser.Step(_workers.Flat.Gradients, _options.LearningRateAt(_step));
        _step++;
        return outcome;
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _workers.Dispose();
        Net.Dispose();
    }

    private static double? NumberIn(CompNetCheckpoint checkpoint, string note) => double.TryParse(
        checkpoint.Notes.GetValueOrDefault(note), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    private bool Belongs(CompNetCheckpoint checkpoint) =>
        checkpoint.Shape == Net.Options && checkpoint.Notes.GetValueOrDefault(OptionsNote) == JsonSerializer.Serialize(_options)
        && checkpoint.Notes.GetValueOrDefault(CorpusNote) == _corpusHash
        && checkpoint.Notes.GetValueOrDefault(StartNote) == _startedFrom;

    // Measures; the files beside the checkpoint come before it, so that a training killed here repeats this look.
    private void Look(string path, TimeSpan elapsed)
    {
        HeldOutFigures figures = HeldOutFigures.Measure(Net, _heldOut, _options.Seed);
        if (_best?.IsBeatenBy(figures) != false)
        {
            _best = new BestCheckpoint(_step, figures, TorchCheckpoint.Of(Net, BestCheckpoint.Note(Notes(), _step, figures)));
            _best.Checkpoint.Save(BestCheckpoint.PathBeside(path));
        }

        _curve = _curve.With(new CurvePoint(_step, (_timeBefore + elapsed).TotalSeconds, _smoothedLoss!.Value, figures));
        _curve.Save(ValidationCurve.PathBeside(path));
    }

    // Everything that is needed to continue.
    private CompNetCheckpoint Checkpoint(TimeSpan elapsed)
    {
        CompNetCheckpoint net = TorchCheckpoint.Of(Net, Notes()
            .Add(LossNote, _smoothedLoss?.ToString("R", CultureInfo.InvariantCulture) ?? "")
            .Add(CompNetCheckpoint.CommandNote, Command)
            .Add(SecondsNote, (_timeBefore + elapsed).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)));
        using var scope = NewDisposeScope();
        return net with { Tensors = [.. net.Tensors, .. OptimiserTensors().Select(t => TorchCheckpoint.Store(t.Name, t.Tensor))] };
    }

    // What is shipped: nothing is left to continue, so the optimiser's state is not in it.
    private void Finish(string path)
    {
        TorchCheckpoint.Of(Net, BestCheckpoint.Note(Notes(), _step, _curve.Points[^1].HeldOut)).Save(BestCheckpoint.LastPathBeside(path));
        CompNetCheckpoint best = _best!.Checkpoint;
        (best with { Notes = best.Notes.SetItem(StepNote, Notes()[StepNote]) }).Save(path);
        File.Delete(BestCheckpoint.PathBeside(path));
    }

    private void WaitForAll() => _ranks.Gather([]);

    // Ranks that resumed from different checkpoints, say on a file system that lags, would train nonsense without a word.
    private void RequireAgreement()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Notes())));
        hash.AppendData(_workers.Flat.Weights.bytes);
        byte[][] all = _ranks.Gather(hash.GetHashAndReset());
        if (Array.FindIndex(all, h => !h.AsSpan().SequenceEqual(all[0])) is var odd and >= 0)
        {
            throw new InvalidOperationException($"rank {odd} has other options, another corpus or another checkpoint than rank 0");
        }
    }

    private ImmutableSortedDictionary<string, string> Notes() => ImmutableSortedDictionary<string, string>.Empty
        .Add(OptionsNote, JsonSerializer.Serialize(_options))
        .Add(CorpusNote, _corpusHash)
        .Add(StartNote, _startedFrom)
        .Add(StepNote, _step.ToString(CultureInfo.InvariantCulture));

    // Views of the optimiser's flat state, one for each parameter; they belong to the caller's dispose scope.
    private IEnumerable<(string Name, torch.Tensor Tensor)> OptimiserTensors() =>
        _workers.Flat.Views(_optimiser.Mean).Zip(_workers.Flat.Views(_optimiser.Square)).SelectMany(pair => new[]
        {
            ($"adam.{pair.First.Name}.mean", pair.First.View),
            ($"adam.{pair.Second.Name}.square", pair.Second.View),
        });
}
