// The hypernetwork: reads a batch of dataflow graphs and emits, for any of their values, the weights of a surrogate.

using Nsc.Engine.Emission;
using Nsc.Training.Supervision;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.HyperNetworks;

/// <summary>
/// A Transformer over the dataflow: the state of a value is composed from its operands' states by one block that is
/// shared by all levels (after Weber et al., ICML 2024, with the program's dataflow in place of its tokens).
/// </summary>
public sealed class CompNet : HyperNetwork
{
    private readonly Embedding _slot;
    private readonly Linear _constantIn;
    private readonly Linear _constantOut;
    private readonly LayerNorm _leaf;
    private readonly CompositionBlock _compose;
    private readonly Linear _emitGateAndUp;
    private readonly Linear _emit;
    private readonly Linear _moments;
    private readonly Parameter _base;

    public CompNet(CompNetOptions options)
        : base(nameof(CompNet), options)
    {
        int width = options.Width;
        _slot = Embedding(options.CoveringInputs, width);
        _constantIn = Linear(ConstantEncoding.Size, width);
        _constantOut = Linear(width, width);
        _leaf = LayerNorm(width);
        _compose = new CompositionBlock(options);
        _emitGateAndUp = Linear(width, 2 * options.EmissionWidth);
        _emit = Linear(options.EmissionWidth, options.Nets.WeightCount + (options.SurrogateWidth * ValueFeatures.DirectionCount));
        _moments = Linear(width, 2);
        _base = Parameter(EmittedNets.RandomWeights(1, options.Nets).squeeze(0));
        RegisterComponents();
    }

    public override Emission Emit(EmissionRequest request)
    {
        ProgramBatch batch = ProgramBatch.Pack(request.Programs, Options.CoveringInputs);
        return Emit(States(batch), EmissionTargets.Of(batch, request, Options.CoveringInputs));
    }

    public override void AccumulateGradients() => _compose.AccumulateGradients();

    /// <summary>The state table (R, Width) of a batch; see <see cref="ProgramBatch"/> for its rows.</summary>
    private Tensor States(ProgramBatch batch)
    {
        Tensor inputs = _leaf.forward(_slot.forward(batch.InputSlots));
        Tensor constants = _leaf.forward(_constantOut.forward(functional.gelu(_constantIn.forward(batch.ConstantFeatures))));
        Tensor states = cat([inputs, constants], 0);
        if (batch.Levels.Count == 0)
        {
            return states;
        }

        _compose.Begin(batch);
        for (int level = 0; level < batch.Levels.Count; level++)
        {
            states = cat([states, _compose.Compose(level, batch.Levels[level], states)], 0);
        }

        return states;
    }

    /// <summary>
    /// Emits nets, given the state table (R, Width). The first layer is a matrix of its own plus a combination of the
    /// directions in which the value changes.
    /// </summary>
    private Emission Emit(Tensor states, EmissionTargets targets)
    {
        Tensor chosen = states.index_select(0, targets.Rows);
        Tensor[] halves = _emitGateAndUp.forward(chosen).chunk(2, -1);
        Tensor emitted = _emit.forward(functional.silu(halves[0]) * halves[1]);
        long nets = chosen.shape[0], first = Options.SurrogateWidth * Options.CoveringInputs;
        Tensor weights = emitted.narrow(1, 0, Options.Nets.WeightCount).Plus(_base);
        Tensor mixture = emitted.narrow(1, Options.Nets.WeightCount, Options.SurrogateWidth * ValueFeatures.DirectionCount)
            .view(nets, Options.SurrogateWidth, ValueFeatures.DirectionCount);
        Tensor along = bmm(mixture, targets.Directions).view(nets, first);
        Tensor moments = _moments.forward(chosen);
        return new Emission(
            cat([weights.narrow(1, 0, first).Plus(along), weights.narrow(1, first, Options.Nets.WeightCount - first)], 1),
            moments.select(1, 0), moments.select(1, 1));
    }
}
