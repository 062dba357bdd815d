using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Programs;
using Nsc.Core.Surrogates;
using Nsc.Engine.Emission;
using Nsc.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Optimization;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Tests.Training;

/// <summary>The initialisations that CompNet is measured against are trained, stored and used like CompNet.</summary>
[Collection(nameof(TorchCollection))]
public sealed class BaselineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nsc-test-");

    public static TheoryData<string> Baselines => [.. Architectures.All.Where(a => a != Architectures.Dataflow)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Baselines))]
    public void A_baseline_learns_is_stored_and_emits_a_surrogate_that_says_where_it_comes_from(string architecture)
    {
        string path = Path.Combine(_folder.FullName, "net.safetensors");
        TrainingProgram[] corpus = [.. Enumerable.Range(0, 48).Select(seed => SmallPrograms.Random(seed, architecture))];
        var shape = new CompNetOptions(SurrogateWidth: 8, Architecture: architecture);
        var losses = new List<double>();
        using (var trainer = new CompNetTrainer(
            shape, new TrainingOptions(Steps: 120, ProgramsPerStep: 16, SamplesPerProgram: 32, WarmUpSteps: 5, LearningRate: 1e-3),
            [new TrainingSource("small", corpus, 1)], "corpus", corpus))
        {
            trainer.Run(path, TimeSpan.FromHours(1), new Losses(losses), TestContext.Current.CancellationToken);
        }

        Assert.True(losses[^1] < losses[5] - 0.02, $"loss {losses[5]} at first, {losses[^1]} in the end");
        using HyperNetwork net = CompNetCheckpoint.Load(path).ToNet();
        (DataflowGraph graph, CProgram program) = SmallPrograms.Product();
        Surrogate surrogate = SurrogateEmitter.Emit(net, program, graph, "m", Provenance.HashOf("m"), "1.0.0");
        Assert.Equal(architecture, surrogate.Provenance.Init);
        string saved = Path.Combine(_folder.FullName, "f.surrogate");
        SurrogateFile.Save(saved, surrogate);
        Assert.Equal(surrogate.Layers[0].Weight, SurrogateFile.Load(saved).Layers[0].Weight);
    }

    [Fact]
    public void The_token_network_reads_the_tokens_and_nothing_else()
    {
        using var net = SeededDraws.From(3, () => new TokenCompNet(new CompNetOptions(Architecture: Architectures.BertTiny)));
        TrainingProgram program = SmallPrograms.Random(1, Architectures.BertTiny);
        float[] one = Emit(net, program), again = Emit(net, SmallPrograms.Random(2, Architectures.BertTiny) with { Tokens = program.Tokens });
        Assert.Equal(one, again);
        Assert.NotEqual(one, Emit(net, program with { Tokens = [.. program.Tokens.Reverse()] }));
    }

    [Fact]
    public void A_program_is_read_alike_whatever_padding_its_batch_needs()
    {
        using var net = SeededDraws.From(3, () => new TokenCompNet(new CompNetOptions(Architecture: Architectures.BertTiny)));
        TrainingProgram small = SmallPrograms.Random(1, Architectures.BertTiny), large = SmallPrograms.Random(2, Architectures.BertTiny);
        large = large with { Tokens = [.. Enumerable.Repeat(large.Tokens, 5).SelectMany(t => t)] };
        Assert.All(Emit(net, small).Zip(Emit(net, small, large)), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    private static float[] Emit(TokenCompNet net, params TrainingProgram[] programs)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        CompNetInput[] placed = Array.ConvertAll(programs, p => new CompNetInput(p.Graph, p.Features, [.. Enumerable.Range(0, p.Inputs.Length)], p.Tokens));
        return net.Emit(new EmissionRequest(placed, [new WantedValue(0, programs[0].Graph.Outputs[0], 0)])).Weights.data<float>().ToArray();
    }

    private sealed class Losses(List<double> losses) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => losses.Add(value.Loss);
    }
}
