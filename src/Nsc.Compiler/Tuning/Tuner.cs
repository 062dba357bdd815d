// A search for inputs from end to end: the program is built, its dataflow made where it has one, and searched within a number of runs.

using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Search;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Tuning;

internal static class Tuner
{
    // Points that are looked for between the ends of a front, and one more at an end.
    private const int FrontPoints = 11;

    /// <summary>Null when <paramref name="diagnostics"/> say why it cannot be done.</summary>
    public static TuningResult? Run(Surrogate surrogate, TuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        TuningProblem problem = Problem(surrogate, request);
        if (problem.RowsPerPoint > request.Calls)
        {
            diagnostics.Refuse(Refusal.Request, $"{request.Calls} calls are not enough for one look at {problem.RowsPerPoint} observed rows", $"--calls {10L * problem.RowsPerPoint}");
            return null;
        }

        return WithProgram(surrogate, request, diagnostics, cancellationToken, search =>
            search().Run(problem, request.Known, request.Calls, outputs => request.Goal?.IsDone(outputs) == true, request.Seed, cancellationToken));
    }

    /// <summary>
    /// The front of two extremes: the best of each alone, and the best of the first under bounds on the second from its best on, whole numbers being bounded rather than sought (the ε-constraint method of
    /// Haimes, Lasdon and Wismer, 1971), those of them that no other one beats in both, by the first. Null when <paramref name="diagnostics"/> say why there is none.
    /// </summary>
    public static TuningFront? Front(Surrogate surrogate, TuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        TuningGoal goal = request.Goal!;
        ProgramSignature signature = surrogate.Signature;
        Wish[] extremes = [.. goal.Wishes.Where(w => w.IsExtreme).OrderBy(w => signature.Outputs[w.Output].Kind.IsInteger())], others = [.. goal.Wishes.Where(w => !w.IsExtreme)];
        int calls = Math.Max(1, request.Calls / (FrontPoints + 1));
        return WithProgram(surrogate, request, diagnostics, cancellationToken, open =>
        {
            TuningResult? Best(params Wish[] wishes) => open().Run(
                Problem(surrogate, request with { Goal = new TuningGoal([.. wishes, .. others]) }), request.Known, calls, _ => false, request.Seed, cancellationToken);
            TuningResult? first = Best(extremes[0]), second = Best(extremes[1]);
            if (first is null || second is null)
            {
                return null;
            }

            (double from, double to) = (second.Outputs[extremes[1].Output], first.Outputs[extremes[1].Output]);
            IEnumerable<TuningResult?> bounded = Enumerable.Range(0, FrontPoints - 1).Select(i => Best(extremes[0], extremes[1] with // Where the second is least, the first may still vary.
            {
                Kind = extremes[1].Kind == WishKind.Small ? WishKind.AtMost : WishKind.AtLeast, Value = from + ((to - from) * i / (FrontPoints - 1)),
            }));
            return TuningFront.Of([first, second, .. bounded.OfType<TuningResult>()], extremes[0], extremes[1]);
        });
    }

    private static T? WithProgram<T>(Surrogate surrogate, TuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken, Func<Func<VerifiedSearch>, T?> search)
        where T : class
    {
        if (Tools.Find(diagnostics) is not Toolchain toolchain || CarriedProgram.Parse(surrogate, request.Program, toolchain, diagnostics) is not CProgram program)
        {
            return null;
        }

        DataflowGraph? graph = GraphBuilder.Build(program, toolchain, GraphOptions.Default, []);
        using NativeProgram? native = NativeProgram.Compile(program, toolchain, diagnostics, limits: null);
        if (native is null || diagnostics.HasErrors)
        {
            return null;
        }

        T? result = search(() => new VerifiedSearch(surrogate, graph, rows => native.Run(rows, cancellationToken)));
        if (result is null)
        {
            diagnostics.Refuse(Refusal.Input, "the program gave no usable output at any of the proposed inputs", "keep inputs where it has a value with --fix NAME=VALUE, or compile it over narrower ranges");
        }

        return result;
    }

    private static TuningProblem Problem(Surrogate surrogate, TuneRequest request)
    {
        ProgramSignature signature = surrogate.Signature;
        double?[] kept = request.Kept.IsEmpty ? new double?[signature.Inputs.Length] : [.. request.Kept];
        return request.Observed is { } observed
            ? new CalibrationProblem(signature, kept, [.. observed.Sought], observed.Rows, [.. observed.Outputs], [.. surrogate.OutputDeviation])
            : new GoalProblem(signature, request.Goal ?? throw new ArgumentException("a goal or observed rows are needed", nameof(request)), kept);
    }
}
