// Input-output pairs of a real program, executed in the sandbox.

using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.Engine.FineTuning;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

internal static class ProgramSamples
{
    /// <summary>Samples of a design that needs the ranges alone; null where <paramref name="diagnostics"/> say why there are none.</summary>
    /// <param name="unit">The program's, where many of its functions are taken.</param>
    public static SampleSet? Draw(
        CProgram program, int count, long seed, SamplePurpose purpose, Toolchain toolchain, DiagnosticBag diagnostics, CancellationToken cancellationToken,
        ProgramSet? unit = null, SamplingDesign design = SamplingDesign.Uniform)
    {
        using NativeProgram? native = unit is null ? NativeProgram.Compile(program, toolchain, diagnostics) : unit.Open(program, diagnostics);
        return native is null
            ? null
            : ProgramSampler.Draw(program, native, count, SampleSeeds.For(seed, purpose), diagnostics, cancellationToken, design);
    }

    /// <summary>Samples of any design but that over paths.</summary>
    /// <param name="start">Gives what is going to be fine-tuned on them, where the design asks for it.</param>
    public static SampleSet Draw(
        CProgram program, NativeProgram native, int count, ulong seed, SamplingDesign design, Func<Surrogate> start, DiagnosticBag diagnostics, CancellationToken cancellationToken) =>
        design == SamplingDesign.Active
            ? ProgramSampler.Draw(program, native, count, new ActiveDesign(start(), seed).Next, diagnostics, cancellationToken)
            : ProgramSampler.Draw(program, native, count, seed, diagnostics, cancellationToken, design);

    /// <summary>Samples that are drawn in some way; null, with a message, when there are errors.</summary>
    public static SampleSet? Draw(CProgram program, Toolchain toolchain, DiagnosticBag diagnostics, Func<NativeProgram, SampleSet> draw)
    {
        using NativeProgram? native = NativeProgram.Compile(program, toolchain, diagnostics);
        if (native is null || diagnostics.HasErrors)
        {
            return null;
        }

        SampleSet samples = draw(native);
        if (diagnostics.HasErrors)
        {
            diagnostics.Refuse(Refusal.Input, $"'{program.Signature.Function}' could not be sampled");
            return null;
        }

        return samples;
    }

    /// <summary>The same, with a warning where the program's behaviour on them is undefined.</summary>
    public static SampleSet? DrawChecked(
        CProgram program, Toolchain toolchain, DiagnosticBag diagnostics, Func<NativeProgram, SampleSet> draw, CancellationToken cancellationToken)
    {
        SampleSet? samples = Draw(program, toolchain, diagnostics, draw);
        if (samples is not null)
        {
            UndefinedBehaviourCheck.Run(program, samples, toolchain, diagnostics, cancellationToken);
        }

        return samples;
    }
}
