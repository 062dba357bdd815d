// One buffer for all weights of a network and one for their gradients: an allreduce and an optimiser's step are then one pass over memory each.

using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Nsc.Training.Optimization;

/// <summary>
/// Lays a module's parameters and their gradients into flat buffers; the module's own parameters become views of them. Replicas
/// share the weights of the first and have gradients of their own. Not to be built in a dispose scope.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    // 64 bytes: matrix products may sum in another order when their operands are not aligned to this.
    private const int Alignment = 16;
    private const int LossAt = 0;
    private const int StopAt = 1;
    private readonly List<(string Name, long[] Shape, long Start, long Count)> _places = [];
    private readonly long _size;
    private readonly Tensor _exchange;
    private readonly bool _ownsWeights;

    /// <param name="shared">The flat parameters whose weights the module is to use, too; null for a module that keeps its own.</param>
    public FlatParameters(nn.Module module, FlatParameters? shared = null)
    {
        var parameters = module.named_parameters().ToList();
        foreach ((string name, Parameter parameter) in parameters)
        {
            _places.Add((name, parameter.shape, _size, parameter.numel()));
            _size += (parameter.numel() + Alignment - 1) / Alignment * Alignment;
        }

        _ownsWeights = shared is null;
        using var guard = no_grad();
        _exchange = zeros(_size + Alignment);
        Gradients = _exchange.narrow(0, 0, _size);
        Weights = shared?.Weights ?? new Parameter(zeros(_size));
        Weights.grad ??= Gradients;
        foreach ((Parameter parameter, Tensor weight, Tensor gradient) in parameters.Zip(Views(Weights), Views(Gradients))
            .Select(p => (p.First.parameter, p.Second.View, p.Third.View)))
        {
            if (_ownsWeights)
            {
                weight.copy_(parameter);
            }

            parameter.set_(weight);
            parameter.grad = gradient;
            weight.Dispose();
            gradient.Dispose();
        }
    }

    /// <summary>(n) all weights, each parameter's after the other's, with zeros between.</summary>
    public Parameter Weights { get; }

    /// <summary>(n) their gradients.</summary>
    public Tensor Gradients { get; }

    /// <summary>What workers add up: the gradients, the loss, and how many ask to stop.</summary>
    public Span<float> Exchange => MemoryMarshal.Cast<byte, float>(_exchange.bytes);

    public float Loss
    {
        get => Exchange[(int)_size + LossAt];
        set => Exchange[(int)_size + LossAt] = value;
    }

    /// <summary>How many of the processes were asked to stop.</summary>
    public float Stop
    {
        get => Exchange[(int)_size + StopAt];
        set => Exchange[(int)_size + StopAt] = value;
    }

    /// <summary>Sets gradients, loss and stop to zero.</summary>
    public void Clear() => Exchange.Clear();

    /// <summary>Adds what another replica has computed.</summary>
    public void Add(FlatParameters other) => TensorPrimitives.Add(Exchange, other.Exchange, Exchange);

    /// <summary>A flat tensor (n) as one view for each parameter.</summary>
    public IEnumerable<(string Name, Tensor View)> Views(Tensor flat) => _places.Select(p =>
    {
        using Tensor stretch = flat.narrow(0, p.Start, p.Count);
        return (p.Name, stretch.view(p.Shape));
    });

    public void Dispose()
    {
        if (_ownsWeights)
        {
            Weights.Dispose();
        }

        Gradients.Dispose();
        _exchange.Dispose();
    }
}
