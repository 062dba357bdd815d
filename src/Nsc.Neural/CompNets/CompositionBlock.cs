// The block that composes a value's state from its opcode and its operands' states, shared by all levels of all programs.

using Nsc.Core.Dataflow;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.CompNets;

/// <summary>
/// Multi-head attention over a value's operands (three at most), the opcode asking, each operand position with its own value
/// projection (so that a - b and b - a differ), then a gated feed-forward. Shapes: N values of arity A, D width,
/// H heads.
/// </summary>
internal sealed class CompositionBlock : Module
{
    private const int KeySize = 16;
    private readonly int _heads;
    private readonly Embedding _opcode;
    private readonly Embedding _kind;
    private readonly Embedding _query;
    private readonly Linear _key;
    private readonly Parameter _keyPosition;
    private readonly Parameter _value;
    private readonly LayerNorm _attended;
    private readonly Linear _gateAndUp;
    private readonly Linear _down;
    private readonly LayerNorm _result;

    public CompositionBlock(CompNetOptions options)
        : base(nameof(CompositionBlock))
    {
        int width = options.Width;
        _heads = options.Heads;
        _opcode = Embedding(Opcodes.Count, 2 * width);
        _kind = Embedding(Enum.GetValues<ValueKind>().Length, 2 * width);
        _query = Embedding(Opcodes.Count, _heads * KeySize);
        _key = Linear(width, _heads * KeySize);
        _keyPosition = Parameter(randn(Opcodes.MaxArity, 1, _heads * KeySize));
        _value = Parameter(randn(Opcodes.MaxArity, width, 2 * width) / Math.Sqrt(width));
        _attended = LayerNorm(2 * width);
        _gateAndUp = Linear(2 * width, 2 * options.FeedForward);
        _down = Linear(options.FeedForward, width);
        _result = LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>States (N, D) of the values of a group.</summary>
    /// <param name="operands">(A, N, D) states of the operands.</param>
    public Tensor Compose(BatchGroup group, Tensor operands)
    {
        (long arity, long count) = (operands.shape[0], operands.shape[1]);
        Tensor query = _query.forward(group.Opcodes).view(1, count, _heads, KeySize);
        Tensor key = (_key.forward(operands) + _keyPosition.narrow(0, 0, arity)).view(arity, count, _heads, KeySize);
        Tensor attention = ((query * key).sum([-1L]) / Math.Sqrt(KeySize)).softmax(0);                      // (A, N, H)
        Tensor values = bmm(operands, _value.narrow(0, 0, arity)).view(arity, count, _heads, -1);           // (A, N, H, 2D/H)
        Tensor attended = (attention.unsqueeze(-1) * values).sum([0L]).view(count, -1);                     // (N, 2D)
        Tensor x = _attended.forward(attended + _opcode.forward(group.Opcodes) + _kind.forward(group.Kinds));
        Tensor[] halves = _gateAndUp.forward(x).chunk(2, -1);
        return _result.forward(_down.forward(functional.silu(halves[0]) * halves[1]));
    }
}
