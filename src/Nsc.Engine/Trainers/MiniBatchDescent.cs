// A net's way down where it has many weights and there are many rows: Gauss-Newton steps on some rows at a time, which cost a system that is
// as large as these are many.

using Nsc.Core.Sampling;

namespace Nsc.Engine.Trainers;

/// <summary>
/// Mini-batch Gauss-Newton in the dual form: d = -Jᵀ (J Jᵀ + damping I)⁻¹ e (Gargiani, Zanelli, Diehl and Hutter, "On the promise of the stochastic
/// generalized Gauss-Newton method for training DNNs", 2020). A part of each step is taken, by half a cosine over all steps, so that what batches
/// contradict each other in averages out. (Damping that follows a judge batch, as Levenberg and Marquardt's does, was tried: it grows until nothing
/// moves, since noise lies in the stiff directions and what is left to learn in the others.)
/// </summary>
internal sealed class MiniBatchDescent : IDescent
{
    private const int UsualRows = 512, FewestBatches = 16, MostBatches = 64;

    // Relative to the greatest diagonal element. Of 1e-2, 1e-3 and 1e-4 the least was best on CIEDE2000.
    private const double Damping = 1e-4;
    private const double FirstShare = 0.3;

    private readonly LeastSquaresTask _task;
    private readonly FineTuneOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly Random _random;
    private readonly LeastSquaresNet _net;
    private readonly int[] _order;
    private readonly int _rows, _steps;
    private int _next, _step;
    private bool _isWarm;

    /// <param name="rows">The rows of a batch; no more than the task has.</param>
    /// <param name="options">How many steps are taken in all, the first of them a warm-up if one is asked for.</param>
    public MiniBatchDescent(LeastSquaresTask task, int rows, FineTuneOptions options, CancellationToken cancellationToken)
    {
        (_task, _options, Weights, _random, _rows, _cancellationToken) = (task, options, task.Weights, new Random((int)options.Seed), rows, cancellationToken);
        _isWarm = options.WarmUpSteps == 0;
        _steps = options.Steps - (_isWarm ? 0 : 1);
        _order = [.. Enumerable.Range(0, task.Training.Targets.Length)];
        _random.Shuffle(_order);
        _net = new LeastSquaresNet(task.Shape, task.Training, rows);
    }

    public double[] Weights { get; private set; }

    public bool IsOnAllRows => false; // Never all at once: it ends with the last step.

    /// <summary>The rows of a batch where weights and rows are so many that steps on all of them take too long; else null.</summary>
    public static int? RowsFor(LeastSquaresTask task) => Math.Min(task.Training.Targets.Length, task.Shape.WeightCount) > 1000 ? UsualRows : null;

    /// <summary>Goes once over the rows, within the fewest and the most batches of a step.</summary>
    public bool Advance()
    {
        if (!_isWarm)
        {
            (Weights, _isWarm) = (WarmUp.Of(_task, _options, _cancellationToken), true);
            return true;
        }

        double share = FirstShare * 0.5 * (1 + Math.Cos(Math.PI * _step++ / _steps));
        for (int i = Math.Clamp(_order.Length / _rows, FewestBatches, MostBatches); i > 0; i--)
        {
            _net.Take(NextBatch());
            _net.Try(Weights);
            _net.Accept();
            _net.Linearise();
            if (_net.Step(Damping * _net.Scale) is { } step)
            {
                Weights = [.. Weights.Zip(step, (w, d) => w + (share * d))];
            }
        }

        return true;
    }

    private SampleRows NextBatch()
    {
        if (_next + _rows > _order.Length)
        {
            _random.Shuffle(_order);
            _next = 0;
        }

        (SampleRows samples, int inputs) = (_task.Training, _task.Shape.Inputs);
        var points = new double[_rows * inputs];
        var targets = new double[_rows];
        double[]? roots = samples.Roots is null ? null : new double[_rows];
        for (int i = 0; i < _rows; i++)
        {
            int row = _order[_next++];
            samples.Points.AsSpan(row * inputs, inputs).CopyTo(points.AsSpan(i * inputs));
            targets[i] = samples.Targets[row];
            if (roots is not null)
            {
                roots[i] = samples.Roots![row];
            }
        }

        return new SampleRows(inputs, points, targets, roots);
    }
}
