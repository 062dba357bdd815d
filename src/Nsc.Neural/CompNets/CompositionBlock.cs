// The block that composes a value's state from its opcode and its operands' states, shared by all levels of all programs.

using Nsc.Core.Dataflow;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.CompNets;

/// <summary>
/// Multi-head attention over a value's operands, the opcode asking; each operand position has a value projection of its
/// own and the opcode scales its channels, with either sign, so that a - b, b - a and a + b differ. Then a gated
/// feed-forward with a linear path around it. Shapes: N values of a level, D width, H heads.
/// </summary>
internal sealed class CompositionBlock : Module
{
    private const int KeySize = 16;
    private readonly int _heads;
    private readonly Embedding _opcode;
    private readonly Embedding _kind;
    private readonly Embedding _query;
    private readonly Embedding _scale;
    private readonly Linear _key;
    private readonly Parameter _keyPosition;
    private readonly SharedLinear _value0;
    private readonly SharedLinear _value1;
    private readonly SharedLinear _value2;
    private readonly LayerNorm _attended;
    private readonly SharedLinear _gateAndUp;
    private readonly SharedLinear _down;
    private readonly SharedLinear _around;
    private readonly LayerNorm _result;

    // The batch at hand: a piece for each level, looked up for all levels at once.
    private Tensor[] _queries = [];
    private Tensor[] _scales = [];
    private Tensor[] _names = [];

    public CompositionBlock(CompNetOptions options)
        : base(nameof(CompositionBlock))
    {
        int width = options.Width;
        _heads = options.Heads;
        _opcode = Embedding(Opcodes.Count, 2 * width);
        _kind = Embedding(Enum.GetValues<ValueKind>().Length, 2 * width);
        _query = Embedding(Opcodes.Count, _heads * KeySize);
        _scale = Embedding(Opcodes.Count, Opcodes.MaxArity * 2 * width);
        _key = Linear(width, _heads * KeySize);
        _keyPosition = Parameter(randn(Opcodes.MaxArity, _heads * KeySize));
        _value0 = new SharedLinear(width, 2 * width);
        _value1 = new SharedLinear(width, 2 * width);
        _value2 = new SharedLinear(width, 2 * width);
        _attended = LayerNorm(2 * width);
        _gateAndUp = new SharedLinear(2 * width, 2 * options.FeedForward);
        _down = new SharedLinear(options.FeedForward, width);
        _around = new SharedLinear(2 * width, width);
        _result = LayerNorm(width);
        RegisterComponents();
        using (no_grad())
        {
            _scale.weight!.mul_(0.5).add_(1);
        }
    }

    private SharedLinear[] Values => [_value0, _value1, _value2];

    /// <summary>Starts a batch: what depends on opcodes alone is looked up for all levels together.</summary>
    public void Begin(ProgramBatch batch)
    {
        long[] sizes = [.. batch.Levels.Select(l => l.Counts[0])];
        _queries = _query.forward(batch.OpcodeIds).split(sizes, 0);
        _scales = _scale.forward(batch.OpcodeIds).split(sizes, 0);
        _names = (_opcode.forward(batch.OpcodeIds) + _kind.forward(batch.KindIds)).split(sizes, 0);
        for (int p = 0; p < Opcodes.MaxArity; p++)
        {
            Values[p].Begin(batch.Levels.Select(l => l.Counts[p]).Where(n => n > 0));
        }

        foreach (SharedLinear perValue in (SharedLinear[])[_gateAndUp, _down, _around])
        {
            perValue.Begin(sizes);
        }
    }

    /// <summary>The states (N, D) of a level's values, given the states (R, D) of all values before it.</summary>
    public Tensor Compose(int levelIndex, BatchLevel level, Tensor states)
    {
        Tensor x = _attended.forward(Attend(levelIndex, level, states) + _names[levelIndex]);
        Tensor[] halves = _gateAndUp.Apply(x).chunk(2, -1);
        return _result.forward(_down.Apply(functional.silu(halves[0]) * halves[1]) + _around.Apply(x));
    }

    /// <summary>Completes the gradients after a backward pass; see <see cref="SharedLinear"/>.</summary>
    public void AccumulateGradients()
    {
        foreach (SharedLinear linear in (SharedLinear[])[.. Values, _gateAndUp, _down, _around])
        {
            linear.AccumulateGradients();
        }
    }

    // Attention in the form sum(e_p v_p) / sum(e_p) with e_p = exp(score_p): values are ordered by arity, so the ones that
    // have an operand at position p are the level's last ones.
    private Tensor Attend(int levelIndex, BatchLevel level, Tensor states)
    {
        long count = level.Counts[0], channels = _names[levelIndex].shape[1];
        Tensor operands = states.index_select(0, level.Operands);
        Tensor[] operandsAt = operands.split(level.Counts, 0), keysAt = _key.forward(operands).split(level.Counts, 0);
        Tensor[] scalesAt = _scales[levelIndex].chunk(Opcodes.MaxArity, 1);
        Tensor? weighted = null, total = null;
        for (int p = 0; p < Opcodes.MaxArity && level.Counts[p] > 0; p++)
        {
            long present = level.Counts[p], absent = count - present;
            Tensor query = _queries[levelIndex].narrow(0, absent, present);
            Tensor score = (query * (keysAt[p] + _keyPosition[p])).view(present, _heads, KeySize).sum([-1L]) / Math.Sqrt(KeySize);
            Tensor weight = score.clamp(-20, 20).exp();                                                    // (N_p, H)
            Tensor value = Values[p].Apply(operandsAt[p]) * scalesAt[p].narrow(0, absent, present);        // (N_p, 2D)
            Tensor share = (weight.unsqueeze(-1) * value.view(present, _heads, -1)).view(present, channels);
            weighted = weighted is null ? share : weighted + functional.pad(share, [0, 0, absent, 0]);
            total = total is null ? weight : total + functional.pad(weight, [0, 0, absent, 0]);
        }

        return (weighted!.view(count, _heads, -1) / total!.unsqueeze(-1)).view(count, channels);           // (N, 2D)
    }
}
