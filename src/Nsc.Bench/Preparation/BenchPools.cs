// Where the samples that a bench trains on come from, when they are not drawn uniformly.

using Nsc.Bench.Images;
using Nsc.Compiler.Sampling;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Preparation;

/// <summary>The samples for one seed of a program.</summary>
/// <param name="Unit">The set that the program is opened from.</param>
/// <param name="Size">How many; training takes the first ones of them.</param>
internal sealed record PoolRequest(CProgram Program, ProgramSet Unit, Toolchain Toolchain, int Size, int Seed);

/// <summary>Gives a pool of samples; null when the diagnostics say why there is none.</summary>
internal delegate SampleSet? BenchPool(PoolRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken);

internal static class BenchPools
{
    /// <summary>Samples of a design; null for uniform ones, which the bench draws together with its test samples.</summary>
    public static BenchPool? Of(SamplingDesign design) => design == SamplingDesign.Uniform ? null : (request, diagnostics, cancellationToken) => ProgramSamples.Draw(
        request.Program, request.Size, request.Seed, SamplePurpose.FineTuning, request.Toolchain, diagnostics, cancellationToken, request.Unit, design);

    /// <summary>What the kernel of an image task is given for an image, in a random order.</summary>
    public static BenchPool Of(Picture image) => (request, diagnostics, cancellationToken) =>
    {
        using NativeProgram? native = request.Unit.Open(request.Program, diagnostics);
        if (native is null || ImageTask.All.FirstOrDefault(t => t.IsKernel(request.Program.Signature)) is not { } task)
        {
            return null;
        }

        var rows = new List<double>();
        _ = task.Apply(image, inputs =>
        {
            rows.AddRange(inputs);
            return native.Run(inputs, cancellationToken).Outputs;
        });
        var random = new SplitMix64(SampleSeeds.For(request.Seed, SamplePurpose.FineTuning));
        int width = request.Program.Signature.Inputs.Length;
        double[] chosen = [.. Enumerable.Range(0, request.Size).Select(_ => random.NextInt(rows.Count / width)).SelectMany(row => rows.Slice(row * width, width))];
        return new SampleSet(width, 1, chosen, native.Run(chosen).Outputs);
    };
}
