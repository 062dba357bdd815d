// Fine-tuning of what a CompNet emits, which keeps to the forms that the program is made of.

using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Engine.FineTuning;
using Nsc.Engine.Trainers;
using Nsc.Training;
using Nsc.Training.HyperNetworks;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public class CompiledFineTuningTests
{
    [Fact]
    public void A_compiled_surrogate_looks_along_its_programs_forms_only_before_and_after_fine_tuning()
    {
        // tanh(x - y) over [-1, 1] and [0, 3]
        DataflowGraph graph = new(
            [
                Node.ForInput(0, ValueKind.Double), Node.ForInput(1, ValueKind.Double),
                new(Opcode.Subtract, ValueKind.Double, 0, 1), new(Opcode.Tanh, ValueKind.Double, 2),
            ], 2, [3], []);
        CProgram program = SmallPrograms.Program("f", 2, 1);
        using var net = SeededDraws.From(1, () => new CompNet(new CompNetOptions(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8)));
        Surrogate compiled = SurrogateEmitter.Emit(net, program, graph, "m", "h", "1.0.0");
        Surrogate tuned = SurrogateFineTuner.Run(
            compiled, SmallPrograms.Sample(graph, program.Signature, 32, 1), new FineTuneOptions(Steps: 300), null, TestContext.Current.CancellationToken).Surrogate;
        Assert.NotEqual(compiled.Layers[0].Weight, tuned.Layers[0].Weight);
        foreach (Surrogate surrogate in (Surrogate[])[compiled, tuned])
        {
            double[] one = new double[1], other = new double[1];
            new SurrogateEvaluator(surrogate).Evaluate([0.1, 1], one);
            new SurrogateEvaluator(surrogate).Evaluate([0.9, 1.8], other);
            Assert.Equal(one[0], other[0], 1e-5);
        }
    }
}
