using Nsc.Engine.Emission;
using Nsc.Training;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Objectives;
using Nsc.Training.Supervision;
using static TorchSharp.torch;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public class CompNetLossTests
{
    private static readonly CompNetOptions s_shape = new(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8);

    [Fact]
    public void The_errors_logarithm_counts_by_its_weight() => AssertAdds(
        options => options with { LogWeight = 2 },
        (emission, batch, inputs) => EmittedNets.Forward(emission.Weights, inputs, s_shape.Nets).Minus(batch.Targets).Squared().mean([1L]),
        error => 2 * Math.Log(error + 1e-3));

    [Fact]
    public void The_error_that_fine_tuning_would_leave_counts_by_its_weight() => AssertAdds(
        options => options with { FineTunedWeight = 2 },
        (emission, batch, inputs) => TangentFineTuning.Nmse(EmittedNets.Run(emission.Weights, inputs, s_shape.Nets), inputs, batch.Targets),
        error => 2 * Math.Min(error, 4));

    [Fact]
    public void A_batch_has_the_samples_and_at_most_the_values_that_the_options_say()
    {
        using var scope = NewDisposeScope();
        SupervisedBatch few = Draw(new TrainingOptions(SamplesPerProgram: 16, ValuesPerProgram: 1));
        SupervisedBatch many = Draw(new TrainingOptions(SamplesPerProgram: 24, ValuesPerProgram: 4));
        Assert.Equal(16, few.Targets.shape[1]);
        Assert.Equal(24, many.Targets.shape[1]);
        Assert.All(few.Request.Values.CountBy(v => v.Program), p => Assert.Equal(1, p.Value));
        Assert.Equal(4, many.Request.Values.CountBy(v => v.Program).Max(p => p.Value));
    }

    // What a change of the options adds to the loss, of each value's error, by the values' weights.
    private static void AssertAdds(
        Func<TrainingOptions, TrainingOptions> change, Func<Emission, SupervisedBatch, Tensor, Tensor> errorsOf, Func<double, double> added)
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var net = SeededDraws.From(1, () => new CompNet(s_shape));
        var options = new TrainingOptions(SamplesPerProgram: 16, LogWeight: 0);
        SupervisedBatch batch = Draw(options);
        Emission emission = net.Emit(batch.Request);
        (Tensor without, _, _) = CompNetLoss.Compute(emission, batch, s_shape, options);
        (Tensor with, _, _) = CompNetLoss.Compute(emission, batch, s_shape, change(options));
        float[] errors = errorsOf(emission, batch, batch.Inputs.index_select(0, batch.Programs)).data<float>().ToArray();
        double expected = errors.Zip(batch.Weights.data<float>().ToArray(), (e, w) => w * added(e)).Sum();
        Assert.NotEqual(0, expected, 0.01);
        Assert.Equal(expected, with.item<float>() - without.item<float>(), 1e-4);
    }

    private static SupervisedBatch Draw(TrainingOptions options) =>
        SupervisedBatch.Draw([.. Enumerable.Range(0, 8).Select(i => SmallPrograms.Random(i))], s_shape, options, new Random(1));
}
