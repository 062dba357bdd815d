// The numbers that fix a CompNet's shape. They travel in its checkpoint.

using Nsc.Engine;

namespace Nsc.Engine.Emission;

/// <summary>The shape of a CompNet and of the surrogates that it emits.</summary>
/// <param name="Width">The size of a value's state.</param>
/// <param name="Heads">Attention heads of the composing block; divides <paramref name="Width"/>.</param>
/// <param name="FeedForward">Hidden units of the composing block's gated feed-forward.</param>
/// <param name="EmissionWidth">Hidden units of the head that emits weights.</param>
/// <param name="CoveringInputs">Input slots of the covering topology: the most inputs a program can have.</param>
/// <param name="SurrogateWidth">Width of the surrogate's two hidden layers.</param>
/// <param name="Architecture">One of <see cref="Architectures"/>; the first four numbers are the dataflow network's.</param>
public sealed record CompNetOptions(
    int Width = 128, int Heads = 4, int FeedForward = 256, int EmissionWidth = 256, int CoveringInputs = 16, int SurrogateWidth = 16,
    string Architecture = Architectures.Dataflow)
{
    /// <summary>The shape of one emitted net.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public NetShape Nets => new(CoveringInputs, [SurrogateWidth, SurrogateWidth]);

    /// <summary>Whether a network of this shape can be built: everything positive and within reason.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsSound =>
        Architectures.All.Contains(Architecture) && Width is > 0 and <= 4096 && Heads > 0 && (2 * Width) % Heads == 0 && FeedForward is > 0 and <= 16384
        && EmissionWidth is > 0 and <= 16384 && CoveringInputs is > 0 and <= 256 && SurrogateWidth is > 0 and <= 1024;
}
