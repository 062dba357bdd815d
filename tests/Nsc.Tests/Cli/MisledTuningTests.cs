// Fine-tuning that has gone wrong without noticing it leaves a surrogate as it was.

using Nsc.Compiler;
using Nsc.Compiler.FineTuning;
using Nsc.Compiler.Input;
using Nsc.Compiler.Sampling;
using Nsc.Core.Surrogates;
using Nsc.Engine;
using Nsc.Engine.Trainers;

namespace Nsc.Tests.Cli;

public sealed class MisledTuningTests
{
    private const string Wave = "#include <math.h>\n#pragma nsc inputs(-1, 1)\ndouble wave(double x, double y) { return sin(2 * x) + x * y; }\n";

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)] // Then there are no others that could say so.
    public void A_net_that_judges_praise_and_other_rows_do_not_is_not_taken(int? heldOut, bool isKept)
    {
        Surrogate compiled = SurrogateCompiler.Compile(new CSource("wave.c", Wave)).Value!.Surrogate;
        Surrogate tuned = SurrogateCompiler.FineTune(compiled, new FineTuneRequest
        {
            Samples = new SampleSource(Count: 16), HeldOut = heldOut, Trainer = new Flatterer(), Options = new FineTuneOptions(Steps: 5, Optimizer: Optimizer.Lm),
        }).Value!.Surrogate;
        Assert.Equal(16, tuned.Provenance.Samples);
        Assert.Equal(isKept ? 0 : 3, tuned.Provenance.BestStep);
        Assert.Equal(isKept, compiled.Layers[0].Weight.SequenceEqual(tuned.Layers[0].Weight));
    }

    // Forgets everything and finds it good.
    private sealed class Flatterer : INetTrainer
    {
        public NetResult[] Run(
            IReadOnlyList<NetTask> tasks, NetShape shape, FineTuneOptions options, IProgress<(int Step, double Error)>? progress, CancellationToken cancellationToken) =>
            [.. tasks.Select(task => new NetResult(new float[task.Weights.Length], 3, 0, [0]))];
    }
}
