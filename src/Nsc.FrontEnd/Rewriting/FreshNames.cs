// New names that a text does not use yet.

using Nsc.Core.Sampling;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Rewriting;

internal sealed class FreshNames(SyntaxTree unit, SplitMix64 random)
{
    private const string Letters = "bcdfghklmnprstvwz";
    private readonly HashSet<string> _taken = [.. Tokenizer.ExtentsOf(unit.Unit).Select(t => unit.Source.Slice(t.Start, t.End))];

    /// <summary>A name that is neither in the text nor given before: the digits and the underscore keep it off the library's.</summary>
    public string Next()
    {
        while (true)
        {
            char letter = Letters[random.NextInt(Letters.Length)];
            string name = $"{letter}_{random.NextInt(100_000)}";
            if (_taken.Add(name))
            {
                return name;
            }
        }
    }
}
