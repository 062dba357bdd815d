// The paper's CompNet, our baseline: a BERT-Tiny over the program's tokens, whose first state emits the weights.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Core.Tokens;
using Nsc.Engine.Emission;
using Nsc.Training.Supervision;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Nsc.Training.HyperNetworks;

/// <summary>
/// A Transformer encoder over tokens (Weber et al., ICML 2024): 2 layers, width 128, 2 heads, feed-forward 512, at most
/// <see cref="TokenVocabulary.LongestProgram"/> tokens. A program of several outputs is read once; an embedding of the
/// output that a net is for is added to the first state. It sees each input in the slot of its place in the signature.
/// </summary>
public sealed class TokenCompNet : HyperNetwork
{
    private const int Width = 128;
    private const int LayerCount = 2;
    private const int MostOutputs = 64;
    private const int ProgramsTogether = 6;
    private readonly Embedding _token = Embedding(TokenVocabulary.Size, Width);
    private readonly Embedding _position = Embedding(TokenVocabulary.LongestProgram, Width);
    private readonly Embedding _output = Embedding(MostOutputs, Width);
    private readonly LayerNorm _embedded = LayerNorm(Width);
    private readonly ModuleList<EncoderLayer> _layers = new([.. Enumerable.Range(0, LayerCount).Select(_ => new EncoderLayer(Width))]);
    private readonly Linear _pool = Linear(Width, Width);
    private readonly Linear _emit;
    private readonly Linear _moments = Linear(Width, 2);
    private readonly Parameter _base;

    public TokenCompNet(CompNetOptions options)
        : base(nameof(TokenCompNet), options)
    {
        _emit = Linear(Width, options.Nets.WeightCount);
        _base = Parameter(EmittedNets.RandomWeights(1, options.Nets).squeeze(0));
        RegisterComponents();
        using var guard = no_grad();
        foreach (Parameter table in new[] { _token.weight!, _position.weight!, _output.weight! })
        {
            table.mul_(0.02); // As BERT starts.
        }

        _emit.weight.mul_(0.1);
    }

    public override Emission Emit(EmissionRequest request)
    {
        Tensor first = Encode([.. request.Programs.Select(p => p.Tokens)]);
        Tensor output = _output.forward(tensor(request.Values.Select(v => (long)Math.Clamp(v.Output, 0, MostOutputs - 1)).ToArray()));
        Tensor chosen = first.index_select(0, tensor(request.Values.Select(v => (long)v.Program).ToArray())).Plus(output);
        Tensor state = _pool.forward(chosen).tanh();
        Tensor moments = _moments.forward(state);
        return new Emission(_emit.forward(state).Plus(_base), moments.select(1, 0), moments.select(1, 1));
    }

    // The states (P, Width) of each program's first token. Programs of about the same length go together: little is padded.
    private Tensor Encode(ImmutableArray<short>[] programs)
    {
        int[] byLength = [.. Enumerable.Range(0, programs.Length).OrderBy(p => programs[p].Length)];
        var place = new long[programs.Length];
        for (int i = 0; i < byLength.Length; i++)
        {
            place[byLength[i]] = i;
        }

        Tensor[] states = [.. byLength.Chunk(ProgramsTogether).Select(some => EncodeTogether([.. some.Select(p => programs[p])]))];
        return cat(states, 0).index_select(0, tensor(place));
    }

    private Tensor EncodeTogether(ImmutableArray<short>[] programs)
    {
        int longest = programs.Max(p => p.Length);
        var ids = new long[programs.Length * longest];
        var hidden = new float[ids.Length];
        for (int p = 0; p < programs.Length; p++)
        {
            for (int t = 0; t < longest; t++)
            {
                bool isToken = t < programs[p].Length;
                ids[(p * longest) + t] = isToken ? programs[p][t] : TokenVocabulary.Padding;
                hidden[(p * longest) + t] = isToken ? 0 : float.NegativeInfinity;
            }
        }

        Tensor positions = _position.forward(tensor(Enumerable.Range(0, longest).Select(t => (long)t).ToArray()));
        Tensor states = _embedded.forward(_token.forward(tensor(ids, dimensions: [programs.Length, longest])).Plus(positions));
        Tensor mask = tensor(hidden, dimensions: [programs.Length, 1, 1, longest]);
        foreach (EncoderLayer layer in _layers)
        {
            states = layer.Forward(states, mask);
        }

        return states.select(1, 0);
    }

    /// <summary>Attention and feed-forward, each added to its input and normalised after it, as in BERT.</summary>
    private sealed class EncoderLayer : Module
    {
        private const int Heads = 2;
        private const int FeedForward = 512;
        private readonly Linear _queriesKeysValues;
        private readonly Linear _mix;
        private readonly LayerNorm _afterAttention;
        private readonly Linear _up;
        private readonly Linear _down;
        private readonly LayerNorm _afterFeedForward;

        public EncoderLayer(int width)
            : base(nameof(EncoderLayer))
        {
            _queriesKeysValues = Linear(width, 3 * width);
            _mix = Linear(width, width);
            _afterAttention = LayerNorm(width);
            _up = Linear(width, FeedForward);
            _down = Linear(FeedForward, width);
            _afterFeedForward = LayerNorm(width);
            RegisterComponents();
        }

        /// <summary>States (P, T, Width) to states; the mask (P, 1, 1, T) is minus infinity at padding.</summary>
        public Tensor Forward(Tensor states, Tensor mask)
        {
            long programs = states.shape[0], tokens = states.shape[1], width = states.shape[2];
            Tensor[] parts = _queriesKeysValues.forward(states).view(programs, tokens, 3, Heads, width / Heads).permute(2, 0, 3, 1, 4).unbind(0);
            Tensor scores = matmul(parts[0], parts[1].transpose(2, 3)).Times(1 / Math.Sqrt(width / Heads)).Plus(mask); // (P, Heads, T, T)
            Tensor attended = matmul(scores.softmax(-1), parts[2]).transpose(1, 2).reshape(programs, tokens, width);
            states = _afterAttention.forward(states.Plus(_mix.forward(attended)));
            return _afterFeedForward.forward(states.Plus(_down.forward(functional.gelu(_up.forward(states)))));
        }
    }
}
