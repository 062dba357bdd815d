// Ours beside every peer, on the same samples and the same test points: for each program the error of each method and of the best peer, chosen with
// the test set in sight.

using Nsc.Core.Sampling;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Bench.Peers;

/// <summary>One program learned by one method from one number of samples.</summary>
/// <param name="Nmse">The geometric mean over seeds.</param>
/// <param name="Seconds">Of the processor, to fit all its outputs; the mean over seeds.</param>
/// <param name="RowNanoseconds">To predict all outputs of one row; null where it is not known.</param>
/// <param name="Bytes">Of what has to be kept to predict; null where it is not known.</param>
public sealed record ComparedRow(string Program, int Samples, string Method, double Nmse, double[] NmseBySeed, double Seconds, double? RowNanoseconds, double? Bytes);

public static class PeerComparison
{
    /// <summary>For peers that train nets: Adam's steps, and the last fifth of the samples to stop by.</summary>
    public static readonly FineTuneOptions NetOptions = new(InOrder: true);

    /// <summary>All programs by one peer; a program that the peer fails on is left out.</summary>
    /// <param name="solve">Gives a result for each problem.</param>
    public static List<ComparedRow> Measure(
        IReadOnlyList<BenchProgram> programs, int samples, string method, NetShape shape, FineTuneOptions options, Func<IReadOnlyList<PeerProblem>, IReadOnlyList<PeerResult>> solve)
    {
        ProgramProblems[] asked = [.. programs.Select(p => ProgramProblems.Of(p, samples, shape, options))];
        PeerProblem[] problems = [.. asked.SelectMany(a => a.Varying)];
        IReadOnlyList<PeerResult> results = problems.Length == 0 ? [] : solve(problems);
        var rows = new List<ComparedRow>();
        int next = 0;
        foreach (ProgramProblems program in asked)
        {
            int count = program.Varying.Count();
            PeerAnswer?[] answers = [.. results.Skip(next).Take(count).Select(r => r.Answer)];
            next += count;
            if (Array.TrueForAll(answers, a => a is not null))
            {
                rows.Add(program.Judge(method, samples, answers!));
            }
        }

        return rows;
    }

    // What is asked about a program: for each seed, each output.
    private sealed record ProgramProblems(BenchProgram Program, PeerProblem[][] BySeed)
    {
        // A constant needs no method.
        public IEnumerable<PeerProblem> Varying => BySeed.SelectMany(problems => problems).Where(p => p.Deviation > 0);

        public static ProgramProblems Of(BenchProgram program, int samples, NetShape shape, FineTuneOptions options)
        {
            NetShape own = shape with { Inputs = program.Program.Signature.Inputs.Length };
            return new ProgramProblems(program, [.. program.Pools.Select(pool => Enumerable.Range(0, pool.OutputCount)
                .Select(k => PeerProblem.Of(program, pool.Slice(0, samples), k, own, options)).ToArray())]);
        }

        public ComparedRow Judge(string method, int samples, PeerAnswer[] answers)
        {
            int next = 0;
            double[] bySeed = Array.ConvertAll(BySeed, problems =>
            {
                double[][] outputs = Array.ConvertAll(problems, p => p.InUnits(p.Deviation > 0 ? answers[next++].Predictions : new double[p.Truth.Length]));
                double[] predicted = [.. Enumerable.Range(0, Program.Test.Count).SelectMany(row => outputs.Select(o => o[row]))];
                return GeometricMean.Bounded(ErrorMetrics.Measure(Program.Test, predicted, worstCount: 0).Nmse);
            });
            double? row = answers.Sum(a => a.RowSeconds) / BySeed.Length * 1e9, bytes = answers.Sum(a => (double?)a.Bytes) / BySeed.Length;
            return new ComparedRow(
                Program.Name, samples, method, GeometricMean.Of(bySeed), bySeed, answers.Sum(a => a.Seconds) / BySeed.Length,
                answers.Any(a => a.RowSeconds is null) ? null : row, answers.Any(a => a.Bytes is null) ? null : bytes);
        }
    }
}
