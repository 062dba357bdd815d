// Draws samples of a program by executing it, and keeps only those that can be trusted.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Paths;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.FrontEnd.Execution;

namespace Nsc.FrontEnd.Sampling;

public static class ProgramSampler
{
    /// <summary>
    /// Draws <paramref name="count"/> good samples with inputs in their ranges; the same seed gives the same samples. Inputs
    /// on which the program misbehaves are replaced by others, up to a bound, and reported as one warning for each way of
    /// misbehaving; the set's <see cref="SampleSet.Failed"/> are those among the first <paramref name="count"/> draws. When the bound is reached the set is smaller than asked for, and an error says why.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SampleSet Draw(
        CProgram program, NativeProgram native, int count, ulong seed, DiagnosticBag diagnostics, CancellationToken cancellationToken = default,
        SamplingDesign design = SamplingDesign.Uniform) =>
        Draw(program, native, count, design.Inputs(program.Signature, seed), diagnostics, cancellationToken);

    /// <summary>The same with inputs from elsewhere.</summary>
    /// <param name="nextInputs">Gives so many more rows of inputs, row-major.</param>
    public static SampleSet Draw(
        CProgram program, NativeProgram native, int count, Func<int, double[]> nextInputs, DiagnosticBag diagnostics, CancellationToken cancellationToken = default) =>
        Draw(program, native, count, (_, rows) => nextInputs(rows), diagnostics, cancellationToken);

    /// <summary>The same with inputs that the samples before them decide.</summary>
    /// <param name="nextInputs">Given the samples so far, gives some more rows of inputs, row-major: at least one, and no more than it is asked for.</param>
    public static SampleSet Draw(
        CProgram program, NativeProgram native, int count, Func<SampleSet, int, double[]> nextInputs, DiagnosticBag diagnostics, CancellationToken cancellationToken = default)
    {
        var drawing = new Drawing(program.Signature, count);
        for (int rows; (rows = drawing.NextBatch()) > 0;)
        {
            double[] inputs = nextInputs(drawing.Samples(), rows);
            drawing.Add(inputs, native.Run(inputs, cancellationToken));
        }

        drawing.Report(program, diagnostics);
        return drawing.Samples();
    }

    /// <summary>
    /// Runs the program on given inputs, (count, inputs) row-major. Those on which it misbehaves are left out and reported; an error says so when none is left.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SampleSet RunOn(CProgram program, NativeProgram native, double[] inputs, DiagnosticBag diagnostics, CancellationToken cancellationToken = default)
    {
        var drawing = new Drawing(program.Signature, wanted: 1);
        drawing.Add(inputs, native.Run(inputs, cancellationToken));
        drawing.Report(program, diagnostics);
        return drawing.Samples(inputs.Length) with { Failed = null };
    }

    /// <summary>Samples that are spread over the program's paths.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SampleSet DrawOverPaths(
        CProgram program, NativeProgram native, DataflowGraph graph, int count, ulong seed, DiagnosticBag diagnostics, CancellationToken cancellationToken = default) =>
        Draw(program, native, count, new PathInputs(program.Signature, graph, count, PathShare.SquareRoot, new SplitMix64(seed)).Next, diagnostics, cancellationToken);

    /// <summary>The state of one drawing: the good samples so far, and what was wrong with the others.</summary>
    private sealed class Drawing(ProgramSignature signature, int wanted)
    {
        private readonly List<double> _x = new(wanted * signature.Inputs.Length);
        private readonly List<double> _y = new(wanted * signature.Outputs.Length);
        private readonly List<double> _failed = [];
        private readonly Dictionary<SampleStatus, int> _counts = [];
        private readonly List<(SampleStatus Status, string Inputs)> _firstOffenders = [];
        private string? _incident;
        private bool _isHopeless;
        private int _drawn;

        private int Good => _counts.GetValueOrDefault(SampleStatus.Ok);

        // Functions that are defined on a sixteenth of their ranges are still sampled.
        private long Bound => (16L * wanted) + 256;

        /// <summary>How many samples to draw next; 0 when there are enough or it is no use.</summary>
        public int NextBatch()
        {
            int missing = wanted - Good;
            if (missing <= 0 || _isHopeless)
            {
                return 0;
            }

            double share = _drawn == 0 ? 1 : Math.Max((double)Good / _drawn, 1.0 / 16);
            return (int)Math.Min(Math.Ceiling(missing / share), Bound - _drawn);
        }

        public void Add(double[] inputs, ProgramRun run)
        {
            int before = Good;
            for (int row = 0; row < run.Statuses.Length; row++)
            {
                if (_drawn + row < wanted && run.Statuses[row] != SampleStatus.Ok)
                {
                    _failed.AddRange(inputs.AsSpan(row * signature.Inputs.Length, signature.Inputs.Length));
                }

                Add(run.Statuses[row], inputs.AsSpan(row * signature.Inputs.Length, signature.Inputs.Length), run, row);
            }

            _drawn += run.Statuses.Length;
            _incident ??= run.Incident;
            _isHopeless = Good == before && run.Statuses.Contains(SampleStatus.NotRun);
        }

        public void Report(CProgram program, DiagnosticBag diagnostics)
        {
            foreach (var (status, inputs) in _firstOffenders)
            {
                // Samples are run in order, so the first incident belongs to the first offender.
                string? incident = status == _firstOffenders[0].Status ? _incident : null;
                diagnostics.ReportLeftOut(program, status, _counts[status], _drawn, inputs, incident);
            }

            if (Good < wanted)
            {
                diagnostics.ReportTooFewSamples(program, wanted, _drawn, _counts, _incident);
            }
        }

        public SampleSet Samples() => Samples(wanted);

        /// <param name="most">How many at the most.</param>
        public SampleSet Samples(int most)
        {
            int rows = Math.Min(Good, most);
            return new SampleSet(
                signature.Inputs.Length, signature.Outputs.Length,
                [.. _x.Take(rows * signature.Inputs.Length)], [.. _y.Take(rows * signature.Outputs.Length)])
            {
                Failed = new FailedInputs(Math.Min(_drawn, wanted), [.. _failed]),
            };
        }

        private void Add(SampleStatus status, ReadOnlySpan<double> inputs, ProgramRun run, int row)
        {
            _counts[status] = _counts.GetValueOrDefault(status) + 1;
            if (status == SampleStatus.Ok)
            {
                _x.AddRange(inputs);
                _y.AddRange(run.Outputs.AsSpan(row * signature.Outputs.Length, signature.Outputs.Length));
            }
            else if (_counts[status] == 1)
            {
                _firstOffenders.Add((status, ExecutionDiagnostics.InWords(signature, inputs)));
            }
        }
    }
}
