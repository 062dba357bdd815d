// Every approximation of a program beside every other one: whether nsc accelerate's advice is the best that was to be had.

using Nsc.Compiler.Acceleration;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Export.Approximations;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Accelerating;

/// <param name="request">What is asked of all; its method is <see cref="AccelerationMethods.Auto"/>.</param>
public sealed class AccelerationStudy(AccelerateRequest request, Toolchain toolchain, DiagnosticBag diagnostics, Action<string> progress, CancellationToken cancellationToken)
{
    // Of a ladder no more rungs are measured than these, and those that the advice comes from.
    private const int MostRungs = 6;

    private const double NearBest = 1.1;

    /// <summary>Null where the diagnostics say why it cannot be measured.</summary>
    public (AccelerationAdvice Advice, List<AcceleratedRow> Rows)? Of(CProgram program)
    {
        using NativeProgram? native = NativeProgram.Compile(program, toolchain, diagnostics);
        if (native is null || new Accelerator(request, diagnostics, progress, cancellationToken).Prepare(program, native) is not { } task)
        {
            return null;
        }

        // The same ladders as nsc accelerate's, to their ends.
        var (shortlist, all) = (new List<Candidate>(), new List<Candidate>());
        foreach (IAccelerationMethod method in AccelerationMethods.All.Where(m => m.Objection(program.Signature) is null))
        {
            List<Candidate> ladder = [.. method.Ladder(task)], tried = AccelerationMethods.Shortlist(method, ladder);
            shortlist.AddRange(tried);
            all.AddRange(ladder.Where((candidate, i) => tried.Contains(candidate) || i % (1 + ((ladder.Count - 1) / MostRungs)) == 0));
        }

        if (diagnostics.HasErrors || shortlist.Count == 0
            || CandidateMeasurement.Of(Approximations(shortlist), task.Choosing, task) is not { } chosenOn
            || CandidateMeasurement.Of(Approximations(all), task.Samples.Proving, task) is not { } measured)
        {
            return null;
        }

        int choice = AccelerationMethods.Choice(chosenOn, request.Limit);
        Candidate? advised = chosenOn[choice].Objection(request.Limit) is null ? shortlist[choice] : null;
        List<AcceleratedRow> rows = WithFront([.. Rows(program, all, measured, task), .. Compiled(task)]);
        return (Advice(program, all, measured, advised) with { NetIsOnFront = rows.Any(r => r.IsOnFront && r.Method == AccelerationMethods.Net) }, rows);
    }

    private static List<IApproximation> Approximations(List<Candidate> candidates) => [.. candidates.Select(c => c.Approximation)];

    // Beside the fastest that keeps the bound on new samples; the program itself keeps it too.
    private AccelerationAdvice Advice(CProgram program, List<Candidate> all, Measured[] measured, Candidate? advised)
    {
        double original = measured[0].OriginalNs;
        int best = Enumerable.Range(0, all.Count).Where(i => measured[i].Objection(request.Limit) is null).DefaultIfEmpty(-1).MinBy(i => i < 0 ? original : measured[i].AcceleratedNs);
        int taken = advised is null ? -1 : all.IndexOf(advised);
        double ratio = Ns(taken) / Ns(best);
        bool keeps = taken < 0 || request.Limit.Objection(measured[taken].Error) is null;
        return new AccelerationAdvice(
            program.Signature.Function, program.Signature.Inputs.Length, original, Method(taken), Size(taken), Ns(taken), Method(best), Size(best), Ns(best), ratio, keeps && ratio <= NearBest, false);

        double Ns(int i) => i < 0 ? original : measured[i].AcceleratedNs;
        string Method(int i) => i < 0 ? AcceleratedRow.Original : all[i].Method;
        string Size(int i) => i < 0 ? "" : all[i].Approximation.Size;
    }

    private IEnumerable<AcceleratedRow> Rows(CProgram program, List<Candidate> all, Measured[] measured, AccelerationTask task)
    {
        double scale = ErrorMetrics.Scale(task.Samples.Proving, 0);
        return all.Select((candidate, i) => new AcceleratedRow(
            program.Signature.Function, candidate.Method, candidate.Approximation.Size, measured[i].AcceleratedNs, measured[i].Nmse, measured[i].Error.Bounds[0].MaxError / scale,
            request.Limit.Objection(measured[i].Error) is null, false));
    }

    // The program as other options and another precision have it.
    private IEnumerable<AcceleratedRow> Compiled(AccelerationTask task)
    {
        CProgram fast = task.Program with { }, single = SinglePrecision.Of(task.Program);
        var ignored = new DiagnosticBag();
        SampleSet samples = task.Samples.Proving;
        var answered = new List<(string Method, CProgram Program, double[] Answers)>();
        foreach ((string method, CProgram variant) in ((string, CProgram)[])[(AcceleratedRow.Fast, fast), (AcceleratedRow.Single, single)])
        {
            using NativeProgram? native = NativeProgram.Compile(variant, toolchain, ignored, isFast: true);
            if (native?.Run(samples.X, cancellationToken) is { } run)
            {
                answered.Add((method, variant, [.. run.Outputs.Select((y, i) => run.Statuses[i / samples.OutputCount] == SampleStatus.Ok ? y : double.NaN)]));
            }
        }

        CProgram[] variants = [.. answered.Select(a => a.Program)];
        if (ProgramTimer.Measure([task.Program, .. variants], CandidateMeasurement.TimedInputs(samples), CandidateMeasurement.TimedRounds, toolchain, ignored, cancellationToken, variants) is not { } times)
        {
            return [];
        }

        return answered.Select((a, i) => Row(a.Method, times[i + 1], a.Answers)).Prepend(Row(AcceleratedRow.Original, times[0], samples.Y));

        AcceleratedRow Row(string method, double ns, double[] answers)
        {
            double nmse = ErrorMetrics.Measure(samples, answers, worstCount: 0).Nmse;
            double[] scales = [.. Enumerable.Range(0, samples.OutputCount).Select(k => ErrorMetrics.Scale(samples, k))];
            double tail = ErrorBound.Quantile(
                Enumerable.Range(0, samples.Count).Select(row => scales.Select((scale, k) => Math.Abs(answers[(row * scales.Length) + k] - samples.Outputs(row)[k]) / scale).Max()),
                request.Limit.Rate, request.Limit.Confidence);
            bool keeps = tail <= task.Allowed.Zip(scales, (a, s) => a / s).Min();
            return new AcceleratedRow(task.Program.Signature.Function, method, "", ns, nmse, double.IsFinite(tail) ? tail : null, keeps, false);
        }
    }

    private static List<AcceleratedRow> WithFront(List<AcceleratedRow> rows) =>
        [.. rows.Select(r => r with { IsOnFront = !rows.Any(o => o.Ns <= r.Ns && o.Nmse <= r.Nmse && (o.Ns < r.Ns || o.Nmse < r.Nmse)) })];
}
