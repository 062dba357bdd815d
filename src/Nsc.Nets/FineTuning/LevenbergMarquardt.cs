// The second-order method: each step solves a damped linear least-squares problem, and the damping follows how well the linear
// problem foretold what the step did.

namespace Nsc.Nets.FineTuning;

/// <summary>
/// Levenberg and Marquardt's method with Nielsen's damping (Madsen, Nielsen and Tingleff, "Methods for non-linear least squares problems",
/// 2004, section 3.2), the best weights of each net kept. A look follows every step.
/// </summary>
public sealed class LevenbergMarquardt : INetTrainer
{
    // Initial damping, as a share of the greatest diagonal element.
    private const double InitialDamping = 1e-2;
    private const double GreatestDamping = 1e12;

    // Steps without a better held-out error after which a net is done, and the gain below which a step is the last one.
    private const int Patience = 15;
    private const double Negligible = 1e-9;

    public NetResult[] Run(
        IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        var results = new NetResult[tasks.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Workers ?? Environment.ProcessorCount, CancellationToken = cancellationToken };
        Parallel.For(0, tasks.Count, parallel, i => results[i] = Train(tasks[i], shape, options, i == 0 ? progress : null, cancellationToken));
        return results;
    }

    private static NetResult Train(
        NetTask task, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken)
    {
        Problem problem = Problem.Of(task, shape, options);
        LeastSquaresNet net = problem.Net;
        double[] weights = problem.Weights, best = weights;
        double bestError = double.PositiveInfinity, damping = 0, growth = 2;
        int bestStep = 0;
        var looks = new List<float>();
        for (int step = 0; ; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double heldOut = problem.HeldOutError(weights);
            looks.Add((float)heldOut);
            if (heldOut < bestError)
            {
                (best, bestStep, bestError) = (weights, step, heldOut);
            }

            progress?.Report((step, bestError));
            if (step == options.Steps || step - bestStep >= Patience || Advance(net, weights, ref damping, ref growth) is not { } next)
            {
                looks.AddRange(Enumerable.Repeat(looks[^1], options.Steps - step));
                return new NetResult(bestStep == 0 ? task.Weights : problem.Flat(best, task.Weights), bestStep, bestError, [.. looks]);
            }

            weights = next;
        }
    }

    // The weights after a step that lowers the sum of squares, or null when there is none worth taking.
    private static double[]? Advance(LeastSquaresNet net, double[] weights, ref double damping, ref double growth)
    {
        (double[] errors, double[] gradient) = net.Linearise(weights);
        double sum = PositiveSystem.Dot(errors, errors);
        damping = damping > 0 ? damping : InitialDamping * net.Scale;
        for (; damping < GreatestDamping; damping *= growth, growth *= 2)
        {
            if (net.Step(damping, errors, gradient) is not { } step)
            {
                continue;
            }

            double[] trial = [.. weights.Zip(step, (w, d) => w + d)];
            double[] after = net.Errors(trial);
            double gain = sum - PositiveSystem.Dot(after, after);
            if (gain > 0)
            {
                double foretold = (damping * PositiveSystem.Dot(step, step)) - PositiveSystem.Dot(step, gradient);
                damping *= Math.Max(1.0 / 3, 1 - Math.Pow((2 * gain / foretold) - 1, 3));
                growth = 2;
                return gain > Negligible * sum ? trial : null;
            }
        }

        return null;
    }

    // A task in double precision, without the input columns that are zero on every row.
    private sealed record Problem(LeastSquaresNet Net, NetShape Shape, NetShape Full, double[] Weights, double[] HeldOutPoints, double[] HeldOutTargets)
    {
        public static Problem Of(NetTask task, NetShape full, FineTuneOptions options)
        {
            int samples = task.Targets.Length, training = samples - options.HeldOutCount(samples);
            NetShape shape = full with { Inputs = UsedColumns(task.Inputs, full.Inputs) };
            var points = new double[samples * shape.Inputs];
            for (int i = 0; i < points.Length; i++)
            {
                points[i] = task.Inputs[(i / shape.Inputs * full.Inputs) + (i % shape.Inputs)];
            }

            double[] targets = Array.ConvertAll(task.Targets, t => (double)t);
            int split = training * shape.Inputs;
            var net = new LeastSquaresNet(shape, points[..split], targets[..training]);
            double[] weights = [.. Places(shape, full).Select(place => (double)task.Weights[place])];
            return new Problem(net, shape, full, weights, points[split..], targets[training..]);
        }

        public double HeldOutError(double[] weights) => Net.MeanSquare(weights, HeldOutPoints, HeldOutTargets);

        /// <summary>The flat vector of the full shape; weights of columns that are not used stay as they were.</summary>
        public float[] Flat(double[] weights, float[] before)
        {
            float[] flat = [.. before];
            foreach ((int place, double weight) in Places(Shape, Full).Zip(weights))
            {
                flat[place] = (float)weight;
            }

            return flat;
        }

        private static int UsedColumns(float[] inputs, int columns)
        {
            int used = columns;
            while (used > 1 && !HasValue(inputs, used - 1, columns))
            {
                used--;
            }

            return used;
        }

        private static bool HasValue(float[] inputs, int column, int columns)
        {
            for (int i = column; i < inputs.Length; i += columns)
            {
                if (inputs[i] != 0)
                {
                    return true;
                }
            }

            return false;
        }

        // Where each weight of a shape lies in the flat vector of a shape with more inputs.
        private static IEnumerable<int> Places(NetShape shape, NetShape full) =>
        [
            .. Enumerable.Range(0, shape.Width * shape.Inputs).Select(i => (i / shape.Inputs * full.Inputs) + (i % shape.Inputs)),
            .. Enumerable.Range(shape.Width * full.Inputs, full.WeightCount - (shape.Width * full.Inputs)),
        ];
    }
}
