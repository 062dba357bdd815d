// The whole compiler on one screen: C source becomes a surrogate.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.Core.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Emission;
using Nsc.FrontEnd;
using Nsc.FrontEnd.Execution;
using Nsc.FrontEnd.Lowering;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.FrontEnd.Sampling;
using Nsc.FrontEnd.Tools;

namespace Nsc.Cli;

/// <summary>The arrows of the compiler, each a call into one phase. A null result means that <c>diagnostics</c> say why.</summary>
internal sealed class Pipeline(Toolchain toolchain, DiagnosticBag diagnostics, PhaseTimes? measured = null)
{
    private readonly PhaseTimes _times = measured ?? new PhaseTimes();

    /// <summary>Version of the tool, written into every surrogate.</summary>
    public static readonly string ToolVersion = typeof(Pipeline).Assembly.GetName().Version!.ToString(3);

    /// <summary>C text to checked functions: libclang.</summary>
    public ImmutableArray<CProgram> Parse(string path, string source, FrontEndOptions options) =>
        _times.Measure("libclang", () => ClangFrontEnd.Load(path, source, options, toolchain, diagnostics));

    /// <summary>The same for a unit that a surrogate carries.</summary>
    public ImmutableArray<CProgram> ParseUnit(string path, string unit, FrontEndOptions options) =>
        _times.Measure("libclang", () => ClangFrontEnd.LoadUnit(path, unit, options, toolchain, diagnostics));

    /// <summary>
    /// The program in a file that nsc has written around it, such as one in which a surrogate has the function's place; ends in the diagnostics when the
    /// file is not what it must be.
    /// </summary>
    /// <param name="functions">Those of the file that its new entry calls.</param>
    public CProgram Rebuild(CProgram program, string file, params string[] functions) =>
        program with { Source = ClangFrontEnd.UnitOf(program.Path, file, functions, toolchain, diagnostics) ?? "" };

    /// <summary>A function to its dataflow: clang, LLVM IR, symbolic execution.</summary>
    public DataflowGraph? Lower(CProgram program) =>
        _times.Measure("clang to dataflow", () => GraphBuilder.Build(program, toolchain, new GraphOptions(), diagnostics));

    /// <summary>The dataflow held against the native program; edges such as NaN are among the inputs.</summary>
    public GraphAgreement? Check(CProgram program, DataflowGraph graph, int count, long seed, CancellationToken cancellationToken) =>
        GraphCheck.Run(program, graph, toolchain, count, SampleSeeds.For(seed, SamplePurpose.Evaluation), diagnostics, cancellationToken: cancellationToken);

    /// <summary>Dataflow to a surrogate: CompNet.</summary>
    /// <param name="seed">What the surrogate says of the user's seed; the weights do not depend on it.</param>
    public Surrogate Emit(CProgram program, DataflowGraph graph, LoadedModel model, long seed = 0) => _times.Measure("CompNet", () =>
    {
        Surrogate emitted = SurrogateEmitter.Emit(model.Net, program, graph, model.Name, model.Hash, ToolVersion, diagnostics);
        return emitted with { Provenance = emitted.Provenance with { Seed = seed } };
    });

    /// <summary>A surrogate with random weights, of the shape that CompNet's surrogates have.</summary>
    /// <param name="graph">The program's dataflow; null where nobody has looked at it.</param>
    public static Surrogate EmitRandom(CProgram program, DataflowGraph? graph, NetShape shape, long seed)
    {
        Surrogate random = SurrogateEmitter.Random(shape, program, seed, ToolVersion);
        return random with { Provenance = random.Provenance with { IsGraphExact = graph?.IsExact == true } };
    }

    /// <summary>Whether an error says only that a program is too long for a dataflow graph.</summary>
    public static bool IsAboutSize(Diagnostic error) => error.Id is "too-large" or "too-long";

    /// <summary>Input-output pairs of the real program, executed in the sandbox.</summary>
    /// <param name="unit">The program's, compiled by whoever takes many of its functions.</param>
    public SampleSet? Sample(
        CProgram program, int count, long seed, SamplePurpose purpose, CancellationToken cancellationToken, ProgramSet? unit = null)
    {
        using NativeProgram? native = unit is null ? NativeProgram.Compile(program, toolchain, diagnostics) : unit.Open(program, diagnostics);
        return native is null
            ? null
            : ProgramSampler.Draw(program, native, count, SampleSeeds.For(seed, purpose), diagnostics, cancellationToken);
    }
}

/// <summary>
/// What samples are for. Each purpose has a stream of its own, so that no test sample is ever trained on, and what proves a bound has not
/// decided anything before.
/// </summary>
internal enum SamplePurpose
{
    FineTuning = 1,

    /// <summary>What <c>eval</c> and <c>bench</c> measure on.</summary>
    Evaluation = 2,
    Twin = 3,
    Paths = 4,
    Proof = 5,

    /// <summary>What <c>finetune</c> measures its result on.</summary>
    HeldOut = 6,

    /// <summary>What the limit of a guard is chosen on.</summary>
    GuardChoice = 7,

    /// <summary>What <c>export</c> and <c>accelerate</c> bound the error on.</summary>
    Bound = 8,
}

internal static class SampleSeeds
{
    // Scrambled, since the generator itself goes on in steps of that odd number: neighbouring seeds would share all samples but one.
    public static ulong For(long seed, SamplePurpose purpose) => SplitMix64.Scramble(unchecked(((ulong)seed * 0x9E3779B97F4A7C15) + (ulong)purpose));
}
