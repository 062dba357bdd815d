// Random choices in the words that a program writer thinks in.

using Nsc.Core.Programs;
using Nsc.Core.Sampling;

namespace Nsc.Corpus.Generator.Values;

/// <summary>The choices of one function. They follow from (seed, index) alone.</summary>
internal sealed class Rng
{
    private readonly SplitMix64 _bits;

    public Rng(ulong seed, int index)
    {
        ulong unit = new SplitMix64(seed).Next();
        _bits = new SplitMix64(new SplitMix64(unit ^ ((ulong)index * 0xD1B54A32D192ED03)).Next());
    }

    public bool Chance(double probability) => _bits.NextDouble() < probability;

    /// <summary>Uniform in [low, high).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * _bits.NextDouble());

    /// <summary>Uniform over the whole numbers from low to high, both included.</summary>
    public int Int(int low, int high) => low + _bits.NextInt(high - low + 1);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[_bits.NextInt(choices.Length)];

    public T OneOf<T>(IReadOnlyList<T> choices) => choices[_bits.NextInt(choices.Count)];

    /// <summary>One of the words of "speed|velocity|v".</summary>
    public string Word(string words) => Pick(words.Split('|'));

    /// <summary>An index drawn in proportion to the weights; at least one is positive.</summary>
    public int Weighted(params ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double draw = Uniform(0, total);
        int last = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0)
            {
                continue;
            }

            last = i;
            if ((draw -= weights[i]) < 0)
            {
                break;
            }
        }

        return last;
    }

    /// <summary>A point of an interval, away from its ends.</summary>
    public double Inside(Interval range) => Uniform(range.Middle - (0.6 * range.HalfWidth), range.Middle + (0.6 * range.HalfWidth));
}
