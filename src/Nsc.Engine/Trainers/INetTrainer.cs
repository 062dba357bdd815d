// What a fine-tuning engine does: many small nets, each on its own samples.

namespace Nsc.Engine.Trainers;

/// <summary>One net to fine-tune. All nets of a run have the same number of samples.</summary>
/// <param name="Weights">(WeightCount) initial weights, laid out as <see cref="NetShape"/> says.</param>
/// <param name="Inputs">(n, I) unit inputs, row-major; the held-out rows come last.</param>
/// <param name="Targets">(n) standardised targets.</param>
public sealed record NetTask(float[] Weights, float[] Inputs, float[] Targets)
{
    /// <summary>(n) how much each row counts; null where all count alike. Only the second-order method knows it.</summary>
    public float[]? RowWeights { get; init; }

    /// <summary>The rows from one on.</summary>
    /// <param name="inputs">I.</param>
    public NetTask From(int row, int inputs) => this with { Inputs = Inputs[(row * inputs)..], Targets = Targets[row..], RowWeights = RowWeights?[row..] };
}

/// <summary>A fine-tuned net: its best weights, the step at which they were reached, and their held-out error.</summary>
/// <param name="HeldOutError">Mean squared error on the held-out rows, in standardised units.</param>
/// <param name="Errors">Held-out error at each look, the first before any step.</param>
public sealed record NetResult(float[] Weights, int BestStep, double HeldOutError, float[] Errors);

/// <summary>A fine-tuning engine. All engines take the same steps, up to rounding; each is deterministic.</summary>
public interface INetTrainer
{
    /// <summary>Fine-tunes nets that share a shape and a number of samples.</summary>
    /// <param name="progress">Told the step and the held-out error now and then.</param>
    /// <exception cref="OperationCanceledException">Cancelled between two steps.</exception>
    NetResult[] Run(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken);
}
