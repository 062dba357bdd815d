// One linear map applied to many small pieces of a batch. Autograd would form the gradient of the whole weight matrix for
// each piece and add them up, which costs more than all the rest of a training step. Here a zero is added to every piece's output to
// collect its gradient, and the matrix's gradient is formed once, from all pieces together.

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.HyperNetworks;

/// <summary>y = x W^T + b over the pieces of a batch, with the gradients of W and b formed after the backward pass.</summary>
internal sealed class SharedLinear : Module
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly List<Tensor> _inputs = [];
    private Tensor? _zero;
    private Tensor? _fixedWeight;
    private Tensor? _fixedBias;
    private Tensor[] _pieces = [];

    public SharedLinear(int inputs, int outputs)
        : base(nameof(SharedLinear))
    {
        double bound = 1 / Math.Sqrt(inputs);
        _weight = Parameter((rand(outputs, inputs) - 0.5) * (2 * bound));
        _bias = Parameter((rand(outputs) - 0.5) * (2 * bound));
        RegisterComponents();
    }

    /// <summary>Starts a batch whose pieces have these numbers of rows, in the order in which they will come.</summary>
    public void Begin(IEnumerable<long> rows)
    {
        _inputs.Clear();
        (_zero, _pieces) = (null, []);
        (_fixedWeight, _fixedBias) = (_weight.detach(), _bias.detach());
        if (is_grad_enabled())
        {
            long[] sizes = [.. rows];
            _zero = zeros([sizes.Sum(), _weight.shape[0]], requires_grad: true);
            _pieces = _zero.split(sizes, 0);
        }
    }

    /// <summary>The next piece: (n, inputs) to (n, outputs).</summary>
    public Tensor Apply(Tensor x)
    {
        Tensor y = functional.linear(x, _fixedWeight!, _fixedBias);
        if (_zero is null)
        {
            return y;
        }

        _inputs.Add(x.detach());
        return y.Plus(_pieces[_inputs.Count - 1]);
    }

    /// <summary>Adds the batch's gradients to the parameters'. To be called after the backward pass, in the same dispose scope.</summary>
    public void AccumulateGradients()
    {
        if (_zero?.grad is not { } outer)
        {
            return;
        }

        using var guard = no_grad();
        SetOrAdd(_weight, outer.t().mm(cat(_inputs, 0)));
        SetOrAdd(_bias, outer.sum([0L]));
        _inputs.Clear();
        (_zero, _pieces) = (null, []);
    }

    private static void SetOrAdd(Parameter parameter, Tensor gradient)
    {
        if (parameter.grad is { } sum)
        {
            sum.Increase(gradient);
        }
        else
        {
            parameter.grad = gradient;
        }
    }
}
