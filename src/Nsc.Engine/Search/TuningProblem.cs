// What a search asks of a program at a point, and what it makes of the answers.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Engine.Search;

/// <summary>A search over some inputs of a program for a least merit.</summary>
public abstract class TuningProblem(SearchSpace space)
{
    public SearchSpace Space => space;

    /// <summary>Rows that the program is run on for one point.</summary>
    public abstract int RowsPerPoint { get; }

    /// <summary>The numbers of a point that a model learns; the merit follows from them.</summary>
    public abstract int Responses { get; }

    /// <summary>Rows of inputs, (m * rows, inputs), for points, (m, coordinates).</summary>
    public abstract double[] Rows(double[] points);

    /// <summary>(m, responses) from the program's outputs, (m * rows, outputs); NaN where an output is none.</summary>
    public abstract double[] RespondTo(double[] outputs);

    /// <summary>The number to be made small, from a point's responses.</summary>
    public abstract double Merit(ReadOnlySpan<double> responses);

    /// <summary>The merits of many points' responses.</summary>
    public double[] Merits(double[] responses) => [.. Enumerable.Range(0, responses.Length / Responses).Select(m => Merit(responses.AsSpan(m * Responses, Responses)))];
}

/// <summary>Outputs at one row of inputs.</summary>
public sealed class GoalProblem : TuningProblem
{
    private readonly int _outputs;
    private readonly int[] _asked;
    private readonly TuningGoal _goal;

    public GoalProblem(ProgramSignature signature, TuningGoal goal, IReadOnlyList<double?> kept) : base(new SearchSpace(signature, kept))
    {
        _outputs = signature.Outputs.Length;
        _asked = [.. goal.Wishes.Select(w => w.Output).Distinct()];
        _goal = new TuningGoal([.. goal.Wishes.Select(w => w with { Output = Array.IndexOf(_asked, w.Output) })]);
    }

    public override int RowsPerPoint => 1;

    public override int Responses => _asked.Length;

    public override double[] Rows(double[] points) => Space.Inputs(points);

    public override double[] RespondTo(double[] outputs) =>
        [.. Enumerable.Range(0, outputs.Length / _outputs).SelectMany(row => _asked.Select(k => outputs[(row * _outputs) + k]))];

    public override double Merit(ReadOnlySpan<double> responses) => _goal.Merit(responses);
}

/// <summary>Calibration: the values of some inputs with which the program gives what was observed for others, by least squares.</summary>
/// <param name="observed">(rows, inputs): what is observed of inputs, anything for those that are sought; (rows, outputs) likewise.</param>
/// <param name="sought">The inputs that are not observed; others that <paramref name="kept"/> has no value for are.</param>
/// <param name="compared">The outputs that were observed.</param>
/// <param name="units">For each output what an error is measured in.</param>
public sealed class CalibrationProblem(ProgramSignature signature, IReadOnlyList<double?> kept, bool[] sought, SampleSet observed, int[] compared, double[] units)
    : TuningProblem(new SearchSpace(signature, [.. kept.Select((k, i) => sought[i] ? k : k ?? 0)]))
{
    public override int RowsPerPoint => observed.Count;

    public override int Responses => 1;

    public override double[] Rows(double[] points)
    {
        double[] settings = Space.Inputs(points);
        int inputs = kept.Count;
        var rows = new double[settings.Length * observed.Count];
        for (int at = 0; at < rows.Length; at++)
        {
            (int m, int row, int i) = (at / (observed.Count * inputs), at / inputs % observed.Count, at % inputs);
            rows[at] = sought[i] || kept[i] is not null ? settings[(m * inputs) + i] : observed.Inputs(row)[i];
        }

        return rows;
    }

    /// <summary>The mean square of all differences.</summary>
    public override double[] RespondTo(double[] outputs)
    {
        int width = observed.OutputCount;
        var squares = new double[outputs.Length / width / observed.Count];
        for (int row = 0; row < outputs.Length / width; row++)
        {
            foreach (int k in compared)
            {
                double away = (outputs[(row * width) + k] - observed.Outputs(row % observed.Count)[k]) / units[k];
                squares[row / observed.Count] += away * away / compared.Length / observed.Count;
            }
        }

        return squares;
    }

    public override double Merit(ReadOnlySpan<double> responses) => double.IsNaN(responses[0]) ? double.PositiveInfinity : responses[0];
}
