// Which mixture of predictors foretells best: weights that are not negative and sum to one, by what each predictor erred on samples left out.

using Nsc.Engine.Arithmetic;

namespace Nsc.Engine.Teaching;

internal static class Stacking
{
    private const int Iterations = 200;

    /// <summary>The weights of the least mean square, and that (Frank and Wolfe's method with exact line search).</summary>
    /// <param name="errors">For each predictor its errors on the same samples.</param>
    public static (double[] Weights, double Error) Weigh(double[][] errors)
    {
        int best = errors.Index().MinBy(e => Square(e.Item)).Index;
        var weights = new double[errors.Length];
        weights[best] = 1;
        double[] mixed = [.. errors[best]];
        for (int i = 0; i < Iterations; i++)
        {
            int toward = errors.Index().MinBy(e => Dot(mixed, e.Item)).Index;
            double[] step = [.. errors[toward].Zip(mixed, (to, from) => to - from)];
            double length = Square(step), share = length > 0 ? Math.Clamp(-Dot(mixed, step) / length, 0, 1) : 0;
            if (share == 0)
            {
                break;
            }

            mixed = [.. mixed.Zip(step, (m, s) => m + (share * s))];
            weights = Array.ConvertAll(weights, w => w * (1 - share));
            weights[toward] += share;
        }

        return (weights, Square(mixed) / mixed.Length);
    }

    private static double Square(double[] values) => Dot(values, values);

    private static double Dot(double[] a, double[] b) => PositiveDefiniteSystem.Dot(a, b);
}
