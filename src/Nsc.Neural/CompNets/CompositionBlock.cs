// The block that composes a value's state from its opcode and its operands' states, shared by all levels of all programs.

using Nsc.Core.Dataflow;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.CompNets;

/// <summary>
/// Multi-head attention over at most three operands, the opcode asking, each operand position with its own value
/// projection (so that a - b and b - a differ), then a gated feed-forward. Shapes: N values, D width, H heads.
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
    private readonly Linear _gate;
    private readonly Linear _up;
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
        _gate = Linear(2 * width, options.FeedForward);
        _up = Linear(2 * width, options.FeedForward);
        _down = Linear(options.FeedForward, width);
        _result = LayerNorm(width);
        RegisterComponents();
    }

    /// <summary>States (N, D) of the values of a level.</summary>
    /// <param name="operands">(3, N, D) states of the operands.</param>
    public Tensor Compose(BatchLevel level, Tensor operands)
    {
        long count = level.Opcodes.shape[0];
        Tensor query = _query.forward(level.Opcodes).view(1, count, _heads, KeySize);
        Tensor key = (_key.forward(operands) + _keyPosition).view(Opcodes.MaxArity, count, _heads, KeySize);
        Tensor scores = (query * key).sum([-1L]) / Math.Sqrt(KeySize);                                        // (3, N, H)
        Tensor weights = scores.masked_fill(level.Absent.unsqueeze(-1), -1e9).softmax(0);
        Tensor values = bmm(operands, _value).view(Opcodes.MaxArity, count, _heads, -1);                   // (3, N, H, 2D/H)
        Tensor attended = (weights.unsqueeze(-1) * values).sum([0L]).view(count, -1);                         // (N, 2D)
        Tensor x = _attended.forward(attended + _opcode.forward(level.Opcodes) + _kind.forward(level.Kinds));
        return _result.forward(_down.forward(functional.silu(_gate.forward(x)) * _up.forward(x)));
    }
}
