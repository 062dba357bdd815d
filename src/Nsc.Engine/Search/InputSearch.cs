// Looks for the inputs at which a surrogate's output is as wanted.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Search;

/// <summary>What is wanted of one output.</summary>
/// <param name="Output">Its index.</param>
/// <param name="Sign">1 to make it small, -1 to make it large; not used with a target.</param>
/// <param name="Target">A value that it is to have, or null.</param>
public sealed record TuningGoal(int Output, int Sign, double? Target)
{
    /// <summary>The number to be made small.</summary>
    public double Cost(double value) => Target is { } target ? Math.Abs(value - target) : Sign * value;

    /// <summary>Whether a value is as near to the target as it must be; null without a target, since nobody knows the least and the greatest value.</summary>
    public bool? IsReached(double value, double tolerance) => Target is null ? null : Cost(value) <= tolerance;

    /// <summary>Its derivative by the output.</summary>
    public double Slope(double value) => Target is { } target ? Math.Sign(value - target) : Sign;
}

/// <summary>Inputs in the program's units and what the surrogate says of them.</summary>
public sealed record FoundInputs(double[] Inputs, double Predicted);

public static class InputSearch
{
    private const int Starts = 64, Steps = 200;
    private const double FirstStep = 0.3, LastStep = 1e-3;

    /// <summary>
    /// Descends from many starts at once along the normalised gradient, projected on
    /// the ranges; integers are rounded in the end. The same seed gives the same inputs.
    /// </summary>
    /// <param name="fixedInputs">Values of inputs that must not move; null for those that may.</param>
    public static FoundInputs Run(Surrogate surrogate, TuningGoal goal, IReadOnlyList<double?> fixedInputs, long seed)
    {
        var random = new SplitMix64((ulong)seed);
        var gradient = new SurrogateGradient(surrogate, goal.Output);
        FoundInputs? best = null;
        for (int start = 0; start < Starts; start++)
        {
            double[] unit = [.. fixedInputs.Select((value, i) => value is { } x ? surrogate.Signature.Inputs[i].Range.Unit(x) : start == 0 ? 0 : (2 * random.NextDouble()) - 1)];
            Descend(unit, gradient, goal, fixedInputs);
            FoundInputs found = Rounded(surrogate, unit, fixedInputs, gradient);
            best = best is null || goal.Cost(found.Predicted) < goal.Cost(best.Predicted) ? found : best;
        }

        return best!;
    }

    private static void Descend(double[] unit, SurrogateGradient surrogate, TuningGoal goal, IReadOnlyList<double?> fixedInputs)
    {
        double[] slope = new double[unit.Length], direction = new double[unit.Length], kept = [.. unit];
        double least = double.PositiveInfinity;
        for (int step = 0; step < Steps; step++)
        {
            double value = surrogate.At(unit, slope);
            if (goal.Cost(value) < least)
            {
                (least, kept) = (goal.Cost(value), [.. unit]);
            }

            double length = Math.Sqrt(slope.Sum(s => s * s)) + double.Epsilon, size = FirstStep * Math.Pow(LastStep / FirstStep, (double)step / Steps);
            for (int i = 0; i < unit.Length; i++)
            {
                direction[i] = (0.5 * direction[i]) + (0.5 * goal.Slope(value) * slope[i] / length);
                unit[i] = fixedInputs[i] is null ? Math.Clamp(unit[i] - (size * direction[i]), -1, 1) : unit[i];
            }
        }

        kept.CopyTo(unit, 0);
    }

    private static FoundInputs Rounded(Surrogate surrogate, double[] unit, IReadOnlyList<double?> fixedInputs, SurrogateGradient gradient)
    {
        ImmutableArray<InputVariable> variables = surrogate.Signature.Inputs;
        double[] inputs = [.. variables.Select((v, i) => fixedInputs[i] ?? Math.Clamp(
            v.Kind.IsInteger() ? Math.Round(v.Range.At(unit[i])) : v.Range.At(unit[i]), v.Range.Low, v.Range.High))];
        double[] final = [.. inputs.Select((x, i) => variables[i].Range.Unit(x))];
        return new FoundInputs(inputs, gradient.At(final, new double[unit.Length]));
    }
}
