// A surrogate's program, checked and built once, however often it is sampled.

using Nsc.Compiler.Input;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

/// <summary>The program that a surrogate carries, or the one in its place, which is built when it is first sampled. Not for several threads.</summary>
/// <param name="other">A text that takes the place of the carried program; null for that.</param>
internal sealed class SampledProgram(Surrogate surrogate, CSource? other) : IDisposable
{
    private (CProgram Program, Toolchain Toolchain)? _parsed;
    private (CProgram Program, Toolchain Toolchain, NativeProgram Native)? _built;

    /// <summary>Samples of any design but that over paths; null where <paramref name="diagnostics"/> say why there are none.</summary>
    /// <param name="isChecked">Whether undefined behaviour on them is looked for.</param>
    public SampleSet? Draw(
        int count, long seed, SamplePurpose purpose, SamplingDesign design, DiagnosticBag diagnostics, CancellationToken cancellationToken, bool isChecked)
    {
        _built ??= Build(diagnostics);
        if (_built is not var (program, toolchain, native))
        {
            return null;
        }

        SampleSet samples = ProgramSamples.Draw(program, native, count, SampleSeeds.For(seed, purpose), design, () => surrogate, diagnostics, cancellationToken);
        if (diagnostics.HasErrors)
        {
            Refuse(diagnostics);
            return null;
        }

        if (isChecked)
        {
            UndefinedBehaviourCheck.Run(program, samples, toolchain, diagnostics, cancellationToken);
        }

        return samples;
    }

    /// <summary>The program, read once; null where <paramref name="diagnostics"/> say what is wrong with it.</summary>
    public (CProgram Program, Toolchain Toolchain)? Parse(DiagnosticBag diagnostics) => _parsed ??=
        Tools.Find(diagnostics) is { } toolchain && CarriedProgram.Parse(surrogate, other, toolchain, diagnostics) is { } program ? (program, toolchain) : null;

    public void Dispose() => _built?.Native.Dispose();

    private (CProgram Program, Toolchain Toolchain, NativeProgram Native)? Build(DiagnosticBag diagnostics)
    {
        if (Parse(diagnostics) is not var (program, toolchain))
        {
            return null;
        }

        if (NativeProgram.Compile(program, toolchain, diagnostics) is not { } native)
        {
            Refuse(diagnostics);
            return null;
        }

        return (program, toolchain, native);
    }

    private void Refuse(DiagnosticBag diagnostics) => diagnostics.Refuse(Refusal.Input, $"'{surrogate.Signature.Function}' could not be sampled");
}
