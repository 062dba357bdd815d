// The last layer is linear. On so many points that chance does not matter, its best weights are the solution of one small system, whatever
// the layers before it do: cheaper than a step of fine-tuning, which can afford fewer points.

using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Arithmetic;
using Nsc.Engine.Trainers;

namespace Nsc.Engine.Refining;

internal static class LastLayer
{
    // What keeps weights of activations that are nearly alike from growing, for each row; an activation's square is at most 1.
    private const double Damping = 1e-6;

    // Rows to a weight, at least: fewer leave too much to chance.
    private const int FewestRows = 8;

    /// <summary>The surrogate with that last layer of each net which fits the samples best; as it is where they are few.</summary>
    public static Surrogate Fit(Surrogate surrogate, SampleSet samples)
    {
        var shape = NetShape.Of(surrogate.Topology);
        if (samples.Count < FewestRows * (shape.LastWidth + 1))
        {
            return surrogate;
        }

        double[] points = [.. samples.X.Select((x, i) => surrogate.Signature.Inputs[i % shape.Inputs].Range.Unit(x))];
        float[][] fitted = [.. NetLayout.FromLayers(surrogate, shape).Select((net, k) => Fitted(net, new SampleRows(shape.Inputs, points, Targets(k)), shape))];
        return surrogate with { Layers = NetLayout.ToLayers(fitted, shape.Inputs, shape) };

        double[] Targets(int output)
        {
            NetScale scale = surrogate.ScaleOf(output);
            return Array.ConvertAll(samples.Output(output), y => (scale.OnLine(y) - scale.Mean) / scale.Deviation);
        }
    }

    private static float[] Fitted(float[] net, SampleRows rows, NetShape shape)
    {
        (int count, int width, int last) = (rows.Targets.Length, shape.LastWidth, shape.Hidden.Length - 1);
        var passes = new NetPasses(shape);
        var at = new Activations(count, shape);
        double before = Run(net);
        var system = new PositiveDefiniteSystem(width + 1);
        double[] activations = new double[count * system.Stride], change = new double[system.Stride];
        for (int s = 0; s < count; s++)
        {
            Span<double> row = activations.AsSpan(s * system.Stride, system.Stride);
            at.Hidden[last].AsSpan(s * passes.Lanes(last), width).CopyTo(row);
            row[width] = 1;
            PositiveDefiniteSystem.AddScaled(change, -at.Errors[s], row);
        }

        system.AddOuterProducts(activations, count);
        if (!system.Solve(Damping * count, change))
        {
            return net;
        }

        float[] fitted = [.. net];
        for (int j = 0; j <= width; j++)
        {
            fitted[net.Length - width - 1 + j] += (float)change[j];
        }

        return Run(fitted) < before ? fitted : net;

        double Run(float[] weights)
        {
            passes.Load(Array.ConvertAll(weights, w => (double)w));
            return passes.Forward(rows, 0, at);
        }
    }
}
