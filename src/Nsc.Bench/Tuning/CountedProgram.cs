// A program whose first output is to be small, and the calls that a search may make. What counts is the least value that the program itself gave.

using Nsc.Bench.Peers;
using Nsc.Core.Sampling;

namespace Nsc.Bench.Tuning;

/// <param name="budget">Calls that are answered; later ones are not.</param>
public sealed class CountedProgram(BenchProgram program, ProgramAnswers answers, int budget, CancellationToken cancellationToken)
{
    private readonly List<double> _best = [];

    public int Budget => budget;

    public BenchProgram Program => program;

    /// <summary>The least value after each call.</summary>
    public IReadOnlyList<double> Best => _best;

    public int Left => budget - _best.Count;

    /// <summary>Notes values that the program gave before, such as its samples' first outputs: they cost calls too.</summary>
    public void Note(IEnumerable<double> values)
    {
        foreach (double value in values.Take(Left))
        {
            _best.Add(Math.Min(value, _best.Count == 0 ? double.PositiveInfinity : _best[^1]));
        }
    }

    /// <summary>Runs the program on rows, as many as are left; the others are not run.</summary>
    public ProgramRun Run(double[] rows)
    {
        int inputs = program.Program.Signature.Inputs.Length, outputs = program.Test.OutputCount, count = rows.Length / inputs, allowed = Math.Min(Left, count);
        ProgramRun run = answers.Run(rows[..(allowed * inputs)], cancellationToken);
        Note(Enumerable.Range(0, allowed).Select(r => run.Statuses[r] == SampleStatus.Ok ? run.Outputs[r * outputs] : double.PositiveInfinity));
        return new ProgramRun([.. run.Outputs, .. new double[(count - allowed) * outputs]], [.. run.Statuses, .. new SampleStatus[count - allowed]], run.Incident);
    }

    /// <summary>The value at a point of the unit cube, (inputs) in [-1, 1]; null when no calls are left, infinite where the program fails.</summary>
    public double? At(double[] unit)
    {
        if (Left == 0)
        {
            return null;
        }

        ProgramRun run = Run([.. unit.Select((u, i) => program.Program.Signature.Inputs[i].At(u))]);
        return run.Statuses[0] == SampleStatus.Ok ? run.Outputs[0] : double.PositiveInfinity;
    }
}
