// The numbers that fix a CompNet's shape. They travel in its checkpoint.

namespace Nsc.Neural.CompNets;

/// <summary>The shape of a CompNet and of the surrogates that it emits.</summary>
/// <param name="Width">The size of a value's state.</param>
/// <param name="Heads">Attention heads of the composing block; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Hidden units of the composing block's gated feed-forward.</param>
/// <param name="EmissionWidth">Hidden units of the head that emits weights.</param>
/// <param name="CoveringInputs">Input slots of the covering topology: the most inputs a program can have.</param>
/// <param name="SurrogateWidth">Width of the surrogate's two hidden layers.</param>
public sealed record CompNetOptions(
    int Width = 128, int Heads = 4, int FeedForward = 256, int EmissionWidth = 256, int CoveringInputs = 16, int SurrogateWidth = 16)
{
    /// <summary>The number of weights and biases of one emitted net: CoveringInputs-W-W-1.</summary>
    public int EmittedCount => (SurrogateWidth * (CoveringInputs + 1)) + (SurrogateWidth * (SurrogateWidth + 1)) + SurrogateWidth + 1;
}
