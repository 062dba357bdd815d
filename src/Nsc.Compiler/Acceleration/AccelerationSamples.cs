// The samples of an acceleration: some to make approximations from, some to choose one by, some to prove the bound on. No row is in two of them.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Acceleration;

/// <param name="Twin">What a second surrogate is trained on; the same as <paramref name="Training"/> where there are no others.</param>
internal sealed record AccelerationSamples(SampleSet Training, SampleSet Twin, SampleSet Choosing, SampleSet Proving)
{
    /// <summary>For each input the part of its range that a profile covers; empty without one.</summary>
    public ImmutableArray<Interval> Covered { get; private init; } = [];

    /// <param name="profile">What the samples' inputs are, in place of random ones; null for none.</param>
    /// <returns>Null where the diagnostics say why there are none.</returns>
    public static AccelerationSamples? Draw(
        CProgram program, NativeProgram native, AccelerateRequest request, InputProfile? profile, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (profile is not null)
        {
            return OfProfile(program, request, profile, toolchain, diagnostics, cancellationToken);
        }

        DataflowGraph? graph = request.IsSpread ? GraphBuilder.Build(program, toolchain, GraphOptions.Default, diagnostics) : null;
        if (diagnostics.HasErrors)
        {
            return null;
        }

        Surrogate? start = request.Design != SamplingDesign.Active ? null : Starts.Refined(
            program, CompilerModel.Load(request.Compile.Model, request.Compile.ToBaseline, diagnostics), request.Compile.Seed, toolchain, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        int half = request.HeldOut / 2;
        var samples = new AccelerationSamples(
            Training(SamplePurpose.FineTuning), Training(SamplePurpose.Twin), Uniform(SamplePurpose.GuardChoice, half), Uniform(SamplePurpose.Bound, request.HeldOut - half));
        if (diagnostics.HasErrors)
        {
            return null;
        }

        UndefinedBehaviourCheck.Run(program, samples.Training, toolchain, diagnostics, cancellationToken);
        return samples;

        ulong Seed(SamplePurpose purpose) => SampleSeeds.For(request.Compile.Seed, purpose);
        SampleSet Uniform(SamplePurpose purpose, int rows) => Drawn(purpose, rows, SamplingDesign.Uniform);
        SampleSet Drawn(SamplePurpose purpose, int rows, SamplingDesign design) =>
            ProgramSamples.Draw(program, native, rows, Seed(purpose), design, () => start!, diagnostics, cancellationToken);
        SampleSet Training(SamplePurpose purpose) => graph is null
            ? Drawn(purpose, request.Samples, request.Design)
            : ProgramSampler.DrawOverPaths(program, native, graph, request.Samples, Seed(purpose), diagnostics, cancellationToken);
    }

    // Of a profile one half is trained on, by the twin too; of the other half the first part chooses the guard and the second one proves.
    private static AccelerationSamples? OfProfile(
        CProgram program, AccelerateRequest request, InputProfile profile, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        if (OutsideRanges.Remark(program.Signature, profile.Inputs, profile.Name) is { } remark)
        {
            diagnostics.Remark(remark);
        }

        if (profile.Run(program, most: null, seed: 0, toolchain, diagnostics, cancellationToken) is not { } rows)
        {
            return null;
        }

        long seed = request.Compile.Seed;
        (SampleSet heldOut, SampleSet others) = RowFingerprints.HoldOut(rows, Math.Min(request.HeldOut, rows.Count / 2), SampleSeeds.For(seed, SamplePurpose.HeldOut));
        (SampleSet choosing, SampleSet proving) = RowFingerprints.HoldOut(heldOut, heldOut.Count / 2, SampleSeeds.For(seed, SamplePurpose.GuardChoice));
        SampleSet training = RowFingerprints.HoldOut(others, Math.Min(request.Samples, others.Count), SampleSeeds.For(seed, SamplePurpose.FineTuning)).HeldOut;
        if (choosing.Count == 0 || proving.Count == 0)
        {
            diagnostics.Refuse(Refusal.Input, $"'{profile.Name}' has {rows.Count} usable rows; that is too few to train on some and to measure on others");
            return null;
        }

        return new AccelerationSamples(training, training, choosing, proving) { Covered = Coverage.Of(program.Signature, training) };
    }
}
