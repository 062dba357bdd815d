// The hypernetwork: reads a batch of dataflow graphs and emits, for any of their values, the weights of a surrogate.

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Neural.CompNets;

/// <summary>What CompNet says of V values.</summary>
/// <param name="Weights">(V, EmittedCount) weights of each value's net, in the order of <see cref="EmittedNets"/>.</param>
/// <param name="Location">(V) asinh of the value's predicted mean over the unit cube.</param>
/// <param name="Scale">(V) logarithm of its predicted standard deviation.</param>
public sealed record Emission(Tensor Weights, Tensor Location, Tensor Scale);

/// <summary>
/// A Transformer over the dataflow: the state of a value is composed from its operands' states by one block that is
/// shared by all levels (after Weber et al., ICML 2024, with the program's dataflow in place of its tokens).
/// </summary>
public sealed class CompNet : Module
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
        : base(nameof(CompNet))
    {
        Options = options;
        int width = options.Width;
        _slot = Embedding(options.CoveringInputs, width);
        _constantIn = Linear(ConstantEncoding.Size, width);
        _constantOut = Linear(width, width);
        _leaf = LayerNorm(width);
        _compose = new CompositionBlock(options);
        _emitGateAndUp = Linear(width, 2 * options.EmissionWidth);
        _emit = Linear(options.EmissionWidth, options.EmittedCount, hasBias: false);
        _moments = Linear(width, 2);
        _base = Parameter(EmittedNets.RandomWeights(1, options).squeeze(0));
        RegisterComponents();
    }

    public CompNetOptions Options { get; }

    /// <summary>The state table (R, Width) of a batch; see <see cref="ProgramBatch"/> for its rows.</summary>
    public Tensor States(ProgramBatch batch)
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

    /// <summary>Completes the parameters' gradients. To be called after every backward pass through <see cref="States"/>.</summary>
    public void AccumulateGradients() => _compose.AccumulateGradients();

    /// <summary>Emits the nets of the values whose states (V, Width) are given.</summary>
    public Emission Emit(Tensor states)
    {
        Tensor[] halves = _emitGateAndUp.forward(states).chunk(2, -1);
        Tensor hidden = functional.silu(halves[0]) * halves[1];
        Tensor moments = _moments.forward(states);
        return new Emission(_base + _emit.forward(hidden), moments.select(1, 0), moments.select(1, 1));
    }
}
