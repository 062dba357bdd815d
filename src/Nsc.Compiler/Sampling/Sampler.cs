// Samples for their own sake: of a function of a C file, or of the program that a surrogate carries.

using System.Collections.Immutable;
using Nsc.Compiler.Input;
using Nsc.Compiler.Models;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Sampling.Designs;
using Nsc.Core.Surrogates;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Compiler.Sampling;

/// <summary>One sampling. Null means that the diagnostics say why there is none.</summary>
internal sealed class Sampler(SampleRequest request, DiagnosticBag diagnostics, CancellationToken cancellationToken)
{
    private readonly Toolchain? _toolchain = Tools.Find(diagnostics);
    private Surrogate? _start;

    public CProgram? Take(CSource source)
    {
        ImmutableArray<CProgram> programs = _toolchain is null ? []
            : ClangFrontEnd.Load(source.Path, source.Text, request.Reading with { Project = source.Project }, _toolchain, diagnostics);
        if (programs.Length > 1 && !diagnostics.HasErrors)
        {
            diagnostics.Refuse(Refusal.Request, "one function at a time can be sampled; name it with --function");
        }

        return diagnostics.HasErrors ? null : programs.FirstOrDefault();
    }

    /// <param name="other">A text that takes the place of the carried program; null for that.</param>
    public CProgram? Take(Surrogate surrogate, CSource? other)
    {
        _start = surrogate;
        return _toolchain is null ? null : CarriedProgram.Parse(surrogate, other, _toolchain, diagnostics);
    }

    public Sampled? Run(CProgram program) =>
        (request.Profile is { } profile ? profile(program.Signature).Run(program, request.Count, SampleSeeds.For(request.Seed, SamplePurpose.FineTuning), _toolchain!, diagnostics, cancellationToken) : Draw(program)) is { } rows
            ? new Sampled(program.Signature, rows)
            : null;

    private SampleSet? Draw(CProgram program)
    {
        ulong seed = SampleSeeds.For(request.Seed, SamplePurpose.FineTuning);
        int count = request.Count ?? SampleRequest.DefaultCount;
        DataflowGraph? graph = request.Design == SamplingDesign.Paths ? GraphBuilder.Build(program, _toolchain!, GraphOptions.Default, diagnostics) : null;
        Surrogate? start = request.Design != SamplingDesign.Active ? null : _start ?? Starts.Refined(program, CompilerModel.Load(null, null, diagnostics), request.Seed, _toolchain!, diagnostics);
        return ProgramSamples.DrawChecked(program, _toolchain!, diagnostics, native => graph is null
            ? ProgramSamples.Draw(program, native, count, seed, request.Design, () => start!, diagnostics, cancellationToken)
            : ProgramSampler.DrawOverPaths(program, native, graph, count, seed, diagnostics, cancellationToken), cancellationToken);
    }
}
