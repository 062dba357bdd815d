// Writes training programs for CompNet: C functions. Each depends on its seed and index alone, not on its neighbours in the translation unit.

using System.Collections.Immutable;
using System.Text;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Families;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator;

/// <summary>
/// The generator of training programs. Function i of a unit depends on (seed, i) and the options only, so that any one
/// of them can be written again alone. No program of the benchmarks comes out, as <see cref="ReservedKernels"/> says.
/// </summary>
public sealed class ProgramGenerator
{
    /// <summary>What a unit starts with.</summary>
    public const string Prelude = "#include <math.h>\n\n";

    private readonly GeneratorOptions _options;
    private readonly ImmutableArray<Family> _families;
    private readonly double[] _weights;

    /// <exception cref="ArgumentException">The options leave no family, or bounds make no sense.</exception>
    public ProgramGenerator(GeneratorOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxInputs, 1);
        _options = options;
        _families = FamilyTable.All;
        _weights = [.. _families.Select(f => options.FamilyWeights.GetValueOrDefault(f.Name, f.Weight))];
        if (_weights.Any(w => w < 0) || _weights.Sum() <= 0)
        {
            throw new ArgumentException("the families' weights must not be negative and their sum must be positive", nameof(options));
        }
    }

    /// <summary>The names that <see cref="GeneratorOptions.FamilyWeights"/> may hold.</summary>
    public static ImmutableArray<string> FamilyNames => [.. FamilyTable.All.Select(f => f.Name)];

    /// <summary>A unit of functions f0, f1, ...</summary>
    public GeneratedUnit Unit(ulong seed, int functions)
    {
        var source = new StringBuilder(Prelude);
        var names = ImmutableArray.CreateBuilder<string>(functions);
        for (int i = 0; i < functions; i++)
        {
            GeneratedFunction function = Function(seed, i);
            source.Append(function.Text).Append('\n');
            names.Add(function.Name);
        }

        return new(source.ToString(), names.ToImmutable());
    }

    /// <summary>Function <paramref name="index"/> of the unit with a seed.</summary>
    public GeneratedFunction Function(ulong seed, int index)
    {
        var rng = new Rng(seed, index);
        Family family = _families[rng.Weighted(_weights)];
        Idiom idiom = family.Draw(rng);
        SourceStyle style = SourceStyle.Draw(rng, _options.FloatShare);
        var draft = new Draft(rng, index, _options);
        idiom.Write(draft);
        return draft.Finish(family.Name, idiom.Name, style);
    }
}
