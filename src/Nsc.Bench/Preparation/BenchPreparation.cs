// Makes programs ready to be measured on, on all cores: their dataflow, their samples, and each arm's surrogate.

using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using Nsc.Compiler.Models;
using Nsc.Compiler.Sampling;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Tools;

namespace Nsc.Bench.Preparation;

/// <param name="poolSize">The most samples that one fine-tuning takes.</param>
/// <param name="pools">Where these come from; null for independent uniform draws, as the test samples always are.</param>
internal sealed class BenchPreparation(Toolchain toolchain, CompilerModel[] models, int poolSize, int seeds, BenchPool? pools = null)
{
    private const int TestSamples = 1024;

    /// <summary>The programs that can be measured on, in their order; the diagnostics say why the others cannot.</summary>
    /// <param name="progress">Told how many programs are done, by one thread at a time.</param>
    public List<BenchProgram> Prepare(CProgram[] programs, DiagnosticBag diagnostics, Action<int> progress, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        string[] names = DistinctNames.Of(programs);
        var prepared = new BenchProgram?[programs.Length];
        DiagnosticBag[] found = [.. programs.Select(_ => new DiagnosticBag())];
        var counting = new Lock();
        int done = 0;
        try
        {
            Parallel.ForEach(ProgramSet.Together(programs), parallel, together =>
            {
                using var unit = new ProgramSet([.. together.Select(i => programs[i])], toolchain);
                ImmutableArray<DataflowGraph?> graphs = unit.Lower(GraphOptions.Short, [.. together.Select(i => found[i])]);
                Parallel.ForEach(together.Zip(graphs), parallel, lowered =>
                {
                    (int i, DataflowGraph? graph) = lowered;
                    prepared[i] = graph is null ? null : Prepare(names[i], programs[i], graph, unit, found[i], cancellationToken);
                    lock (counting)
                    {
                        progress(++done);
                    }
                });
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.Flatten().InnerExceptions[0]); // Such as a full disk, which has a message of its own.
        }

        diagnostics.AddRange(found.SelectMany(bag => bag));
        return [.. prepared.OfType<BenchProgram>()];
    }

    private BenchProgram? Prepare(string name, CProgram program, DataflowGraph graph, ProgramSet unit, DiagnosticBag diagnostics, CancellationToken cancellationToken)
    {
        int size = Math.Max(1, poolSize), drawn = TestSamples + (pools is null ? seeds * size : 0);
        if (ProgramSamples.Draw(program, drawn, 1, SamplePurpose.Evaluation, toolchain, diagnostics, cancellationToken, unit) is not { } samples)
        {
            return null;
        }

        SampleSet?[] drawnPools = [.. Enumerable.Range(0, seeds)
            .Select(s => pools is null ? samples.Slice(TestSamples + (s * poolSize), poolSize) : pools(new PoolRequest(program, unit, toolchain, size, s), diagnostics, cancellationToken))];
        if (diagnostics.HasErrors)
        {
            return null;
        }

        return new BenchProgram(
            name, program, graph, ToolVersion.Current, OutputScale.Of(graph, program.Signature),
            models.ToDictionary(m => m.Net.Options.Architecture, m => Emitted(m, interprets: false, diagnostics)), [.. drawnPools.OfType<SampleSet>()], samples.Slice(0, TestSamples))
        {
            Interpreted = models.FirstOrDefault(m => m.Net.Options.Architecture == Architectures.Dataflow) is { } model ? new Lazy<Surrogate>(() => Emitted(model, interprets: true, [])) : null,
        };

        Surrogate Emitted(CompilerModel model, bool interprets, DiagnosticBag found) => Starts.Emit(model, SurrogateEmitter.Analyse(model.Net, program, graph, interprets, found));
    }
}
