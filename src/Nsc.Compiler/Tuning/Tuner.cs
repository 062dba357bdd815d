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
    /// <summary>Null when <paramref name="diagnostics"/> say why it cannot be done.</summary>
    public static TuningResult? Run(Surrogate surrogate, TuneRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        TuningProblem problem = Problem(surrogate, request);
        if (problem.RowsPerPoint > request.Calls)
        {
            diagnostics.Refuse(Refusal.Request, $"{request.Calls} calls are not enough for one look at {problem.RowsPerPoint} observed rows", $"--calls {10L * problem.RowsPerPoint}");
            return null;
        }

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

        var search = new VerifiedSearch(surrogate, graph, rows => native.Run(rows, cancellationToken));
        TuningResult? result = search.Run(problem, request.Known, request.Calls, outputs => request.Goal?.IsDone(outputs) == true, request.Seed, cancellationToken);
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
