// The block that composes a value's state from its opcode and its operands' states, shared by all levels of all programs.

using Nsc.Core.Dataflow;
using Nsc.Engine.Emission;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.HyperNetworks;

/// <summary>
/// Multi-head attention over a value's operands, the opcode asking. For each operand position the opcode has a query and a
/// bias of its own and scales the channels of what it reads, with either sign, so that a - b, b - a and a + b differ. What
/// the moment analysis says of the value is added; then a gated feed-forward with a linear path around it. Shapes: N values of
/// a level, T operands of theirs, D width, H heads. A training step costs about as much as it has operations, not as they are
/// large: hence the few and wide ones.
/// </summary>
internal sealed class CompositionBlock : Module
{
    private const int KeySize = 16;
    private readonly int _heads;
    private readonly int _width;
    private readonly int _feedForward;
    private readonly Embedding _opcode;
    private readonly Embedding _kind;
    private readonly Linear _featuresIn;
    private readonly Linear _featuresOut;
    private readonly Embedding _query;
    private readonly Embedding _bias;
    private readonly Embedding _scale;
    private readonly SharedLinear _keyAndValue;
    private readonly LayerNorm _attended;
    private readonly SharedLinear _gateUpAndAround;
    private readonly SharedLinear _down;
    private readonly LayerNorm _result;

    // The batch at hand: a piece for each level, looked up for all levels at once.
    private Tensor[] _queries = [];
    private Tensor[] _biases = [];
    private Tensor[] _scales = [];
    private Tensor[] _names = [];

    public CompositionBlock(CompNetOptions options)
        : base(nameof(CompositionBlock))
    {
        int width = options.Width, opcodes = OpcodeTable.Canonical.Length, kindsOfOperand = opcodes * Opcodes.MaxArity;
        (_heads, _width, _feedForward) = (options.Heads, width, options.FeedForward);
        _opcode = Embedding(opcodes, 2 * width);
        _kind = Embedding(Enum.GetValues<ValueKind>().Length, 2 * width);
        _featuresIn = Linear(ValueFeatures.Count(options.CoveringInputs), width);
        _featuresOut = Linear(width, 2 * width);
        _query = Embedding(kindsOfOperand, _heads * KeySize);
        _bias = Embedding(kindsOfOperand, _heads);
        _scale = Embedding(kindsOfOperand, 2 * width);
        _keyAndValue = new SharedLinear(width, (_heads * KeySize) + (2 * width));
        _attended = LayerNorm(2 * width);
        _gateUpAndAround = new SharedLinear(2 * width, (2 * options.FeedForward) + width);
        _down = new SharedLinear(options.FeedForward, width);
        _result = LayerNorm(width);
        RegisterComponents();
        using (no_grad())
        {
            _query.weight!.div_(Math.Sqrt(KeySize));
        }
    }

    private SharedLinear[] Shared => [_keyAndValue, _gateUpAndAround, _down];

    /// <summary>Starts a batch: what does not depend on operands' states is computed for all levels together.</summary>
    public void Begin(ProgramBatch batch)
    {
        long[] values = [.. batch.Levels.Select(l => (long)l.Count)], operands = [.. batch.Levels.Select(l => l.OperandCount)];
        _queries = _query.forward(batch.OperandIds).split(operands, 0);
        _biases = _bias.forward(batch.OperandIds).split(operands, 0);
        _scales = _scale.forward(batch.OperandIds).split(operands, 0);
        Tensor features = _featuresOut.forward(functional.gelu(_featuresIn.forward(batch.Features)));
        _names = _opcode.forward(batch.OpcodeIds).Plus(_kind.forward(batch.KindIds)).Plus(features).split(values, 0);
        _keyAndValue.Begin(operands);
        _gateUpAndAround.Begin(values);
        _down.Begin(values);
    }

    /// <summary>The states (N, D) of a level's values, given the states (R, D) of all values before it.</summary>
    public Tensor Compose(int levelIndex, BatchLevel level, Tensor states)
    {
        Tensor x = _attended.forward(Attend(levelIndex, level, states).Plus(_names[levelIndex]));
        Tensor[] parts = _gateUpAndAround.Apply(x).split([_feedForward, _feedForward, _width], 1);
        return _result.forward(_down.Apply(functional.silu(parts[0]) * parts[1]).Plus(parts[2]));
    }

    /// <summary>Completes the gradients after a backward pass; see <see cref="SharedLinear"/>.</summary>
    public void AccumulateGradients()
    {
        foreach (SharedLinear linear in Shared)
        {
            linear.AccumulateGradients();
        }
    }

    // Attention in the form sum(e v) / sum(e) with e = exp(score): (N, 2D).
    private Tensor Attend(int levelIndex, BatchLevel level, Tensor states)
    {
        long count = level.Count, operands = level.OperandCount, keys = _heads * KeySize, channels = 2 * _width;
        Tensor[] read = _keyAndValue.Apply(states.index_select(0, level.Operands)).split([keys, channels], 1);
        Tensor score = (read[0] * _queries[levelIndex]).view(operands, _heads, KeySize).sum([-1L]).Plus(_biases[levelIndex]);
        Tensor weight = score.Within(-20, 20).exp();                                                              // (T, H)
        Tensor value = (read[1] * _scales[levelIndex]).view(operands, _heads, -1) * weight.unsqueeze(-1);          // (T, H, 2D/H)
        Tensor weighted = zeros([count, channels]).AddRows(level.Owners, value.view(operands, channels));       // (N, 2D)
        Tensor total = zeros([count, _heads]).AddRows(level.Owners, weight);                                    // (N, H)
        return (weighted.view(count, _heads, -1) / total.unsqueeze(-1)).view(count, channels);
    }
}
