// What the rows and columns of a hypernetwork's tensors stand for. A checkpoint stores these names, so that an opcode or a feature can be
// added without making it useless.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Surrogates;
using Nsc.Core.Tokens;

namespace Nsc.Engine.Emission;

/// <summary>The names of what a hypernetwork reads; empty lists for what it does not read.</summary>
/// <param name="Opcodes">Those of canonical graphs.</param>
/// <param name="Constants">The features of a constant.</param>
/// <param name="Scalars">The features of a value as a whole.</param>
/// <param name="InputFeatures">The features that a value has for each input.</param>
/// <param name="Directions">The directions that a surrogate's first layer is made of.</param>
/// <param name="Tokens">The tokens of C.</param>
public sealed record CompNetVocabulary(
    ImmutableArray<string> Opcodes, ImmutableArray<string> Kinds, ImmutableArray<string> Constants, ImmutableArray<string> Scalars,
    ImmutableArray<string> InputFeatures, ImmutableArray<string> Directions, ImmutableArray<string> Tokens)
{
    private const int LongestName = 64;

    /// <summary>What this version shows to an architecture.</summary>
    public static CompNetVocabulary Of(string architecture) => architecture switch
    {
        Architectures.Dataflow => new(
            [.. OpcodeTable.Canonical.Select(r => r.Name)], [.. Enum.GetNames<ValueKind>()], ConstantEncoding.Names, FeatureNames.Scalars,
            FeatureNames.OfInput, FeatureNames.Directions, []),
        Architectures.BertTiny => new([], [], [], [], [], [], TokenVocabulary.Names),
        _ => new([], [], [], [], [], [], []),
    };

    /// <summary>The number of features that a network reads of a value.</summary>
    public int FeatureCount(int slots) => Scalars.Length + (InputFeatures.Length * slots);

    public bool Equals(CompNetVocabulary? other) => other is not null && Lists.Zip(other.Lists).All(l => l.First.Names.SequenceEqual(l.Second.Names));

    public override int GetHashCode() => HashCode.Combine(Opcodes.Length, Scalars.Length, Tokens.Length);

    /// <summary>Throws <see cref="ContainerException"/> when a list that a file holds is none of names, or names what is not known here.</summary>
    public void RequireKnownTo(CompNetVocabulary current)
    {
        foreach (((string what, ImmutableArray<string> names), (_, ImmutableArray<string> known)) in Lists.Zip(current.Lists))
        {
            if (names.IsDefault || names.Any(n => n is not { Length: > 0 and <= LongestName } || n.Any(c => c is < ' ' or > '~')))
            {
                throw new ContainerException($"the checkpoint's names of {what} are no names");
            }

            var seen = new HashSet<string>(StringComparer.Ordinal);
            if (names.FirstOrDefault(n => !seen.Add(n)) is { } twice)
            {
                throw new ContainerException($"the checkpoint names '{twice}' twice among its {what}");
            }

            if (names.FirstOrDefault(n => !known.Contains(n)) is { } unknown)
            {
                throw new ContainerException($"the checkpoint names '{unknown}' among its {what}, which this version does not know");
            }
        }
    }

    private (string What, ImmutableArray<string> Names)[] Lists =>
    [
        ("opcodes", Opcodes), ("kinds", Kinds), ("features of constants", Constants), ("features of values", Scalars),
        ("features of inputs", InputFeatures), ("directions", Directions), ("tokens", Tokens),
    ];
}
