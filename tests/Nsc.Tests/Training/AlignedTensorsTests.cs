using Nsc.Engine.Emission;
using Nsc.Training.HyperNetworks;
using Nsc.Training.Progress;
using Nsc.Training.Supervision;

namespace Nsc.Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class AlignedTensorsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(21)]
    [InlineData(26)]
    public void A_net_measures_the_same_error_wherever_its_arrays_lie(int program)
    {
        using HyperNetwork net = HyperNetwork.Create(new CompNetOptions(Width: 32, FeedForward: 32, EmissionWidth: 32, SurrogateWidth: 8), 1);
        TrainingProgram[] programs = [SmallPrograms.Random(program)];
        (double, double)[][] measured = [.. Enumerable.Range(0, 30).Select(_ => ZeroShot.Errors(net, programs, 256, 1))];
        Assert.All(measured, m => Assert.Equal(measured[0], m));
    }
}
