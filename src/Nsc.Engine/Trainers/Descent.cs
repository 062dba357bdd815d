// One net's way down by damped steps. A step on few rows is much cheaper than one on all of them and, while the net is far off, as good:
// so the first rows lead until they have taught what they can, then twice as many, and in the end all.

using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Trainers;

/// <summary>
/// Levenberg and Marquardt's method with Nielsen's damping (Madsen, Nielsen and Tingleff, "Methods for non-linear least squares problems",
/// 2004, section 3.2). What it does depends on the training rows alone.
/// </summary>
internal sealed class Descent : IDescent
{
    // Initial damping, as a share of the greatest diagonal element.
    private const double InitialDamping = 1e-2;
    private const double GreatestDamping = 1e12;

    // The gain below which a step is the last one.
    private const double Negligible = 1e-9;

    // Rows to begin with: whole strips. The next rows judge them: more are taken when the error there exceeds the error here by this
    // factor, or was lowered by less than this share.
    private const int FirstRows = 128;
    private const double Excess = 4;
    private const double LeastGain = 0.1;
    private readonly NetShape _shape;
    private readonly SampleRows _samples;
    private readonly NetPasses _judge;
    private LeastSquaresNet _net;
    private Activations? _next;
    private double _nextError = double.PositiveInfinity;
    private double _sum, _damping, _growth = 2;

    public Descent(LeastSquaresTask task)
    {
        (_shape, _samples, Weights, _judge) = (task.Shape, task.Training, task.Weights, new NetPasses(task.Shape));
        _net = On(FirstRows);
    }

    public double[] Weights { get; private set; }

    /// <summary>Whether all rows lead.</summary>
    public bool IsOnAllRows => _net.Rows == _samples.Targets.Length;

    /// <summary>Takes a step, after more rows where those at hand have taught enough; false when there is none worth taking.</summary>
    public bool Advance()
    {
        if (_damping > 0 && !IsOnAllRows && HasLearntEnough()) // Before the first step nothing has been learnt.
        {
            TakeMoreRows();
        }

        while (!Step())
        {
            if (IsOnAllRows)
            {
                return false;
            }

            TakeMoreRows();
        }

        return true;
    }

    // The first rows; all of them, when there are not half as many again.
    private LeastSquaresNet On(int rows)
    {
        int all = _samples.Targets.Length;
        var net = new LeastSquaresNet(_shape, _samples, rows * 3 / 2 > all ? all : rows);
        _sum = net.Try(Weights);
        net.Accept();
        return net;
    }

    private bool HasLearntEnough()
    {
        int from = _net.Rows, rows = Math.Min(from, _samples.Targets.Length - from);
        _next ??= new Activations(rows, _shape);
        _judge.Load(Weights);
        double before = _nextError;
        _nextError = _judge.Forward(_samples, from, _next) / rows;
        return _nextError > Excess * _sum / from || _nextError > (1 - LeastGain) * before;
    }

    private void TakeMoreRows()
    {
        int before = _net.Rows;
        _net = On(2 * before);
        (_next, _nextError) = (null, double.PositiveInfinity);
        (_damping, _growth) = (_damping * _net.Rows / before, 2);
    }

    // A step that lowers the sum of squares.
    private bool Step()
    {
        _net.Linearise();
        _damping = _damping > 0 ? _damping : InitialDamping * _net.Scale;
        for (; _damping < GreatestDamping; _damping *= _growth, _growth *= 2)
        {
            if (_net.Step(_damping) is not { } step)
            {
                continue;
            }

            double[] trial = [.. Weights.Zip(step, (w, d) => w + d)];
            double after = _net.Try(trial), gain = _sum - after;
            if (gain > 0)
            {
                double foretold = (_damping * PositiveDefiniteSystem.Dot(step, step)) - PositiveDefiniteSystem.Dot(step, _net.Gradient);
                _damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * gain / foretold) - 1, 3));
                _growth = 2;
                bool isWorthIt = gain > Negligible * _sum;
                if (isWorthIt)
                {
                    _net.Accept();
                    (Weights, _sum) = (trial, after);
                }

                return isWorthIt;
            }
        }

        return false;
    }
}
