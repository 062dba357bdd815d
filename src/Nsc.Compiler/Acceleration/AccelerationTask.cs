// What every method of an acceleration works on.

using System.Collections.Immutable;
using Nsc.Compiler.Evaluation;
using Nsc.Compiler.Exporting;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Export;
using Nsc.Export.Approximations;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Projects;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Acceleration;

/// <param name="Progress">Told what goes on.</param>
internal sealed record AccelerationTask(
    AccelerateRequest Request, CProgram Program, NativeProgram Native, AccelerationSamples Samples, ProjectOptions Project, Toolchain Toolchain, DiagnosticBag Diagnostics,
    Action<string> Progress, CancellationToken CancellationToken)
{
    /// <summary>Without a largest error, what counts as one: this part of an output's standard deviation.</summary>
    private const double DefaultErrorInDeviations = 0.1;

    // What is chosen keeps a part of the rate that is promised, so that other samples, which prove the promise, seldom refute it.
    private const double ShareOfRate = 0.75;

    // For the answers at the nodes of one grid.
    private const double MostSeconds = 10;

    private const int TimedRows = 64;

    /// <summary>Where the program gives a number.</summary>
    public DomainGuard Domain { get; } = ExportFlow.Domain(Program);

    /// <summary>The largest error of each output that is none.</summary>
    public double[] Allowed { get; } = Request.Limit.Allowed(Program.Signature)
        ?? [.. Enumerable.Range(0, Samples.Choosing.OutputCount).Select(k => DefaultErrorInDeviations * ErrorMetrics.Scale(Samples.Choosing, k))];

    /// <summary>The samples that choices are made on, without the failures that the guard sees coming.</summary>
    public SampleSet Choosing => Domain.Without(Samples.Choosing);

    /// <summary>Whether an approximation keeps the bound on the samples that choices are made on.</summary>
    public bool Keeps(IApproximation approximation)
    {
        SampleSet choosing = Choosing;
        ErrorLimit limit = Request.Limit with { Rate = ShareOfRate * Request.Limit.Rate };
        return limit.Objection(BoundedError.Of(
            Program.Signature, choosing, FunctionAnswers.Everywhere(approximation.Answer(choosing.X), choosing), Allowed, isAllowed: true, limit)) is null;
    }

    /// <summary>Inputs that the program can be run on in reasonable time.</summary>
    public int AffordableRows(int most)
    {
        int rows = Math.Min(TimedRows, Choosing.Count);
        double seconds = ProgramTimer.Watch(Native, Choosing.Slice(0, rows).X, CancellationToken).Seconds / rows;
        return (int)Math.Min(most, MostSeconds / Math.Max(seconds, 1e-9));
    }

    /// <summary>The outputs on a grid, (rows, outputs), row-major; null, with a remark, where the program fails on one of its rows.</summary>
    /// <param name="grid">(rows, inputs), row-major.</param>
    public double[]? Answers(double[] grid, string method)
    {
        ProgramRun run = Native.Run(grid, CancellationToken);
        int failed = run.Statuses.Count(s => s != SampleStatus.Ok);
        if (failed == 0)
        {
            return run.Outputs;
        }

        Diagnostics.Remark($"no {method}: the program fails at {failed} of {run.Statuses.Length} nodes");
        return null;
    }

    /// <param name="samples">Of the program's answers.</param>
    public ApproximationOrigin Origin(int samples) => new(ToolVersion.Current, Provenance.HashOf(Program.Source), samples);

    /// <summary>The file in which an approximation has the function's place.</summary>
    public string Write(IApproximation approximation, ImmutableArray<string> notes) =>
        CFile.Write(approximation, FileFor(approximation), isGuarded: true, Domain.InC, notes);

    /// <summary>The program's file as it takes in an approximation: its loops over arrays have blocks of rows answered where that is faster.</summary>
    public DropIn? FileFor(IApproximation approximation) => approximation.GainsByBlocks && !Request.KeepsLoops ? Program.DropIn?.ByBlocks() : Program.DropIn;
}
