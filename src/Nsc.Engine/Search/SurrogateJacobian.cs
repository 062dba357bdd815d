// How a surrogate's outputs change with its inputs, in the program's own units.

using Nsc.Core.Programs;
using Nsc.Core.Surrogates;

namespace Nsc.Engine.Search;

/// <summary>
/// Derivatives of what the networks give, in double precision. Of an output that is a whole number they are those of the number that is rounded to it. An
/// input with a logarithmic range that is not above <see cref="Interval.LeastPositive"/> changes nothing. Not for several threads.
/// </summary>
public sealed class SurrogateJacobian
{
    private readonly Surrogate _surrogate;
    private readonly SurrogateGradient[] _outputs;

    public SurrogateJacobian(Surrogate surrogate)
    {
        _surrogate = surrogate;
        _outputs = [.. Enumerable.Range(0, surrogate.Topology.Outputs).Select(k => new SurrogateGradient(surrogate, k))];
    }

    /// <summary>The derivatives at many rows.</summary>
    /// <param name="inputs">(rows, inputs), row-major.</param>
    /// <returns>(rows, outputs, inputs), row-major: that of output k by input i.</returns>
    public double[] At(ReadOnlySpan<double> inputs)
    {
        int width = _surrogate.Topology.Inputs;
        var unit = new double[width];
        var jacobian = new double[inputs.Length * _outputs.Length];
        for (int start = 0; start < inputs.Length; start += width)
        {
            ReadOnlySpan<double> row = inputs.Slice(start, width);
            for (int i = 0; i < width; i++)
            {
                unit[i] = _surrogate.Signature.Inputs[i].Range.Unit(row[i]);
            }

            for (int k = 0; k < _outputs.Length; k++)
            {
                Span<double> gradient = jacobian.AsSpan((start * _outputs.Length) + (k * width), width);
                _outputs[k].At(unit, gradient);
                for (int i = 0; i < width; i++)
                {
                    gradient[i] *= UnitSlope(_surrogate.Signature.Inputs[i].Range, row[i]);
                }
            }
        }

        return jacobian;
    }

    // The derivative of the unit number by the number.
    private static double UnitSlope(Interval range, double value) =>
        (range.IsLogarithmic ? (value < Interval.LeastPositive ? 0 : 1 / value) : 1) / range.Linear.HalfWidth;
}
