// What the user says about a call beyond its declaration: how far pointers reach, and which scalars have one value.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

/// <param name="Extents">By the parameters' names.</param>
/// <param name="Fixed">A name means a scalar or everything below it.</param>
internal sealed record CallBindings(ImmutableDictionary<string, int> Extents, ImmutableDictionary<string, double> Fixed)
{
    /// <summary>The functions that pointers to functions are, by the pointers' names.</summary>
    public ImmutableDictionary<string, string> Bound { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What somebody speaks of, which says what a union is.</summary>
    public ImmutableHashSet<string> Names { get; init; } = [];

    /// <summary>More elements than any surrogate has inputs.</summary>
    private const int MostElements = 4096;

    public static readonly CallBindings None = new(ImmutableDictionary<string, int>.Empty, ImmutableDictionary<string, double>.Empty);

    /// <summary>These and those of a function's pragmas, which they win over.</summary>
    public CallBindings With(IEnumerable<NscPragma> pragmas, SourceText source, DiagnosticBag diagnostics)
    {
        CallBindings bindings = this;
        foreach (NscPragma pragma in pragmas)
        {
            double value = pragma.Range.Low;
            if (pragma.Verb == PragmaVerb.Extent && !Extents.ContainsKey(pragma.Input!))
            {
                if (value is >= 1 and <= MostElements && value == Math.Floor(value))
                {
                    bindings = bindings with { Extents = bindings.Extents.SetItem(pragma.Input!, (int)value) };
                }
                else
                {
                    diagnostics.ReportImpossibleExtent(source.PlaceAt(pragma.RangeOffset), pragma.Input!, value, MostElements);
                }
            }
            else if (pragma is { Verb: PragmaVerb.Fix, Function: { } function })
            {
                bindings = bindings with { Bound = Bound.ContainsKey(pragma.Input!) ? bindings.Bound : bindings.Bound.SetItem(pragma.Input!, function) };
            }
            else if (pragma.Verb == PragmaVerb.Fix && !Fixed.ContainsKey(pragma.Input!))
            {
                bindings = bindings with { Fixed = bindings.Fixed.SetItem(pragma.Input!, value) };
            }
        }

        return bindings;
    }

    /// <summary>The call with its fixed values; reports those that a scalar's type does not hold.</summary>
    public FunctionCall Fix(FunctionCall call, SourcePlace place, DiagnosticBag diagnostics)
    {
        ImmutableDictionary<string, double> values = call.Fixed;
        foreach (Leaf leaf in call.Scalars.Select(s => s.Leaf))
        {
            if (Fixed.Keys.Where(n => RangeResolver.Means(n, leaf.Name)).MaxBy(n => n.Length) is not { } name)
            {
                continue;
            }

            double value = Fixed[name];
            Interval widest = RangeResolver.WidestOf(leaf.Kind);
            if (value < widest.Low || value > widest.High || (leaf.Kind.IsInteger() && value != Math.Floor(value)))
            {
                diagnostics.ReportUnfitValue(place, leaf.Name, value, leaf.Kind);
            }

            values = values.SetItem(leaf.Name, leaf.Kind == ScalarKind.Float ? Held(value, leaf.Kind) : value);
        }

        return call with { Fixed = values };
    }

    /// <summary>The scalars of a call that pragmas leave out of its outputs; reports names that mean none.</summary>
    public static ImmutableHashSet<string> Ignored(FunctionCall call, IEnumerable<NscPragma> pragmas, SourceText source, DiagnosticBag diagnostics)
    {
        string[] outputs = [.. call.Outputs.Select(o => o.Leaf.Name.EndsWith(ProgramSignature.NextSuffix, StringComparison.Ordinal) && o.Scalar >= 0
            ? call.Scalars[o.Scalar].Leaf.Name : o.Leaf.Name)];
        var ignored = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (NscPragma pragma in pragmas.Where(p => p.Verb == PragmaVerb.Ignore))
        {
            string[] meant = [.. outputs.Where(o => RangeResolver.Means(pragma.Input!, o) || pragma.Input == o + ProgramSignature.NextSuffix)];
            ignored.UnionWith(meant);
            if (meant.Length == 0 && !call.Ignored.Contains(pragma.Input!))
            {
                diagnostics.ReportUnknownOutput(source.PlaceAt(pragma.InputOffset), pragma.Input!, call.Function, [.. call.Outputs.Select(o => o.Leaf.Name)]);
            }
        }

        return ignored.ToImmutable();
    }

    /// <summary>A number as a type holds it, whole ones rounded down.</summary>
    public static double Held(double value, ScalarKind kind) => kind.IsInteger() ? Math.Floor(value) : kind == ScalarKind.Float ? (float)value : value;

    /// <summary>Whether a pragma or an option for an extent, or else a value, names something of a call.</summary>
    public static bool Means(bool isExtent, string name, FunctionCall call) =>
        isExtent && name.EndsWith("[]", StringComparison.Ordinal) ? Means(isExtent, name[..^2], call)
        : isExtent ? call.Parameters.Any(p => p.Name == name) || call.Scalars.Any(s => RangeResolver.Means(name, UnitPragmas.WithoutIndices(s.Leaf.Name))) : call.Scalars.Any(s => RangeResolver.Means(name, s.Leaf.Name)) || call.Nulls.Any(n => RangeResolver.Means(name, n)) || call.Bound.Any(b => b.Name == name);
}
