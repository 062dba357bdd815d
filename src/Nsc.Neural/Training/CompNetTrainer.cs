// The training loop: steps, looks at held-out programs, checkpoints that continue exactly.

using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Nsc.Core.Surrogates;
using Nsc.Neural.CompNets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using StoredTensor = Nsc.Core.Surrogates.Tensor;

namespace Nsc.Neural.Training;

/// <summary>Trains a CompNet. The same options, corpus and machine give the same weights, interrupted or not.</summary>
public sealed class CompNetTrainer : IDisposable
{
    private const int LookEverySteps = 1000;
    private const string OptionsNote = "training";
    private const string CorpusNote = "corpus";
    private const string StepNote = "step";
    private const string HeldOutNote = "held-out zero-shot median NMSE";
    private readonly TrainingOptions _options;
    private readonly string _corpusHash;
    private readonly IReadOnlyList<TrainingProgram> _heldOut;
    private readonly BatchSchedule _schedule;
    private readonly GradientWorkers _workers;
    private readonly AdamW _optimiser;
    private int _step;

    /// <param name="corpusHash">Identifies the corpus; a run resumes only on the corpus that it was started on.</param>
    /// <param name="heldOut">Programs to measure progress on. They must not be in the corpus.</param>
    public CompNetTrainer(
        CompNetOptions shape, TrainingOptions options, IReadOnlyList<TrainingSource> corpus, string corpusHash,
        IReadOnlyList<TrainingProgram> heldOut)
    {
        _options = options;
        _corpusHash = corpusHash;
        _heldOut = heldOut;
        _schedule = new BatchSchedule(corpus, options);
        manual_seed(options.Seed);
        Net = HyperNetwork.Create(shape);
        _workers = new GradientWorkers(Net, options);
        _optimiser = optim.AdamW(Net.parameters(), options.LearningRate, weight_decay: options.WeightDecay);
    }

    /// <summary>The network, as trained so far.</summary>
    public HyperNetwork Net { get; }

    /// <summary>
    /// Trains to the last step, saving a checkpoint to <paramref name="path"/> every <paramref name="saveEvery"/> and at the
    /// end; when cancelled, it saves where it stands and throws <see cref="OperationCanceledException"/>.
    /// </summary>
    public void Run(string path, TimeSpan saveEvery, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        int firstStep = _step;
        var clock = Stopwatch.StartNew();
        TimeSpan lastSave = TimeSpan.Zero;
        double? smoothedLoss = null;
        double? heldOutMedian = _step == _options.Steps ? MeasureHeldOut() : null;
        while (_step < _options.Steps)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Checkpoint().Save(path);
                cancellationToken.ThrowIfCancellationRequested();
            }

            double loss = TakeStep();
            smoothedLoss = smoothedLoss is null ? loss : (0.98 * smoothedLoss) + (0.02 * loss);
            if (_step % LookEverySteps == 0 || _step == _options.Steps)
            {
                heldOutMedian = MeasureHeldOut();
            }

            double stepsPerSecond = (_step - firstStep) / clock.Elapsed.TotalSeconds;
            progress?.Report(new TrainingProgress(
                _step, _options.Steps, smoothedLoss.Value, stepsPerSecond * _options.ProgramsPerStep,
                TimeSpan.FromSeconds((_options.Steps - _step) / stepsPerSecond), heldOutMedian));
            if (clock.Elapsed - lastSave > saveEvery)
            {
                Checkpoint().Save(path);
                lastSave = clock.Elapsed;
            }
        }

        Finished(heldOutMedian).Save(path);
    }

    /// <summary>Continues from a checkpoint; throws <see cref="ContainerException"/> when it belongs to another run.</summary>
    public void Resume(CompNetCheckpoint checkpoint)
    {
        if (checkpoint.Shape != Net.Options || checkpoint.Notes.GetValueOrDefault(OptionsNote) != JsonSerializer.Serialize(_options)
            || checkpoint.Notes.GetValueOrDefault(CorpusNote) != _corpusHash
            || !int.TryParse(checkpoint.Notes.GetValueOrDefault(StepNote), CultureInfo.InvariantCulture, out int step))
        {
            throw new ContainerException("the checkpoint was made with other options, another corpus or another shape; it cannot be resumed");
        }

        checkpoint.Restore(Net.named_parameters().Select(p => (CompNetCheckpoint.NetPrefix + p.name, (torch.Tensor)p.parameter)));
        _step = step;
        if (_step < _options.Steps)
        {
            checkpoint.Restore(OptimiserTensors());
            foreach (AdamW.State state in OptimiserStates())
            {
                state.step = step;
            }
        }

        _workers.Broadcast();
    }

    /// <summary>Everything that is needed to continue.</summary>
    public CompNetCheckpoint Checkpoint()
    {
        CompNetCheckpoint net = CompNetCheckpoint.Of(Net, Notes());
        return net with { Tensors = [.. net.Tensors, .. OptimiserTensors().Select(t => CompNetCheckpoint.Store(t.Name, t.Tensor))] };
    }

    public void Dispose()
    {
        _optimiser.Dispose();
        _workers.Dispose();
        Net.Dispose();
    }

    private double MeasureHeldOut() => ZeroShot.Median(ZeroShot.Nmse(Net, _heldOut, 256, _options.Seed));

    // What is shipped: nothing is left to continue, so the optimiser's state is not in it.
    private CompNetCheckpoint Finished(double? heldOutMedian) => CompNetCheckpoint.Of(
        Net, Notes().SetItem(HeldOutNote, heldOutMedian?.ToString("G4", CultureInfo.InvariantCulture) ?? "not measured"));

    private ImmutableSortedDictionary<string, string> Notes() => ImmutableSortedDictionary<string, string>.Empty
        .Add(OptionsNote, JsonSerializer.Serialize(_options))
        .Add(CorpusNote, _corpusHash)
        .Add(StepNote, _step.ToString(CultureInfo.InvariantCulture));

    private double TakeStep()
    {
        using var scope = NewDisposeScope();
        foreach (var group in _optimiser.ParamGroups)
        {
            group.LearningRate = _options.LearningRateAt(_step);
        }

        StepOutcome outcome = _workers.Compute(_schedule.ProgramsOf(_step), _step);
        nn.utils.clip_grad_norm_(Net.parameters(), _options.ClipNorm);
        _optimiser.step();
        _workers.Broadcast();
        _step++;
        return outcome.Loss;
    }

    private IEnumerable<AdamW.State> OptimiserStates() => _optimiser.state_dict().State.Cast<AdamW.State>();

    private IEnumerable<(string Name, torch.Tensor Tensor)> OptimiserTensors() =>
        Net.named_parameters().Zip(OptimiserStates()).SelectMany(pair => new[]
        {
            ($"adam.{pair.First.name}.mean", pair.Second.exp_avg),
            ($"adam.{pair.First.name}.square", pair.Second.exp_avg_sq),
        });
}
