// Adam's steps against the paper's formulas in double precision, one number at a time.

using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Engine.Trainers;

public class AdamTests
{
    // Longer than one vector, and a rest.
    [Theory]
    [InlineData(0)]
    [InlineData(0.1)]
    public void Steps_are_those_of_the_paper(double decay)
    {
        const int Count = 21;
        const double Rate = 0.01;
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, Count).Select(_ => (float)((2 * random.NextDouble()) - 1))], mean = new float[Count], square = new float[Count];
        double[] w = Array.ConvertAll(weights, v => (double)v), m = new double[Count], v = new double[Count];
        for (int step = 1; step <= 5; step++)
        {
            float[] gradient = [.. Enumerable.Range(0, Count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
            Adam.Step(weights, gradient, mean, square, step, Rate, decay);
            for (int i = 0; i < Count; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.999 * v[i]) + (0.001 * gradient[i] * gradient[i]);
                double corrected = m[i] / (1 - Math.Pow(0.9, step)), squares = v[i] / (1 - Math.Pow(0.999, step));
                w[i] -= Rate * decay * w[i];
                w[i] -= Rate * corrected / (Math.Sqrt(squares) + 1e-8);
            }
        }

        Assert.All(w.Zip(weights), p => Assert.Equal(p.First, p.Second, 2e-6));
        Assert.All(m.Zip(mean), p => Assert.Equal(p.First, p.Second, 1e-6));
        Assert.All(v.Zip(square), p => Assert.Equal(p.First, p.Second, 1e-7));
    }

    [Fact]
    public void A_gradient_as_small_as_the_smallest_that_counts_makes_half_a_step()
    {
        float[] weights = [1], mean = [0], square = [0];
        Adam.Step(weights, [1e-8f], mean, square, 1, 0.5);
        Assert.Equal(0.75, weights[0], 1e-4);
    }

    [Fact]
    public void The_rate_falls_along_half_a_cosine()
    {
        var options = new FineTuneOptions(Steps: 400, LearningRate: 0.02);
        Assert.Equal(0.02, options.RateAt(0), 1e-12);
        Assert.Equal(0.02 * 0.853553391, options.RateAt(100), 1e-9);
        Assert.Equal(0.01, options.RateAt(200), 1e-12);
        Assert.Equal(0, options.RateAt(400), 1e-12);
    }

    [Fact]
    public void A_method_has_its_own_steps_and_looks()
    {
        Assert.Equal((1000, 80), (FineTuneOptions.DefaultSteps(Optimizer.Adam), FineTuneOptions.DefaultSteps(Optimizer.Lm)));
        var options = new FineTuneOptions(CheckEvery: 7);
        Assert.Equal((7, 1), (options.StepsBetweenLooks, (options with { Optimizer = Optimizer.Lm }).StepsBetweenLooks));
        Assert.IsType<FusedTrainer>(Nsc.Engine.FineTuning.SurrogateFineTuner.Engine(Optimizer.Adam));
        Assert.IsType<LevenbergMarquardt>(Nsc.Engine.FineTuning.SurrogateFineTuner.Engine(Optimizer.Lm));
    }
}
