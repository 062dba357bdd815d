// Rewritings of a unit that keep its meaning: a compiler must not care, and with them it can be measured whether ours does.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Sampling;
using Nsc.FrontEnd.Parsing;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;
using Nsc.FrontEnd.Tools;

namespace Nsc.FrontEnd.Rewriting;

/// <summary>A unit's text after a rewriting.</summary>
/// <param name="Touched">Functions, by their old names, whose text changed or the text of a function that they call.</param>
/// <param name="NewNames">The new names of the functions that got one.</param>
public sealed record RewrittenUnit(string Source, ImmutableHashSet<string> Touched, ImmutableDictionary<string, string> NewNames)
{
    /// <summary>A function's name after the rewriting.</summary>
    public string NameOf(string function) => NewNames.GetValueOrDefault(function, function);
}

/// <summary>One way to write the same program differently.</summary>
public sealed class SourceRewriting
{
    private readonly Func<SyntaxTree, SplitMix64, SourceEdits> _rewrite;

    private SourceRewriting(string name, Func<SyntaxTree, SplitMix64, SourceEdits> rewrite)
    {
        Name = name;
        _rewrite = rewrite;
    }

    /// <summary>Every way there is.</summary>
    public static readonly ImmutableArray<SourceRewriting> All =
    [
        new("renaming", Renaming.Of), new("reformatting", Reformatting.Of), new("reordering", Reordering.Of), new("splitting", Splitting.Of),
    ];

    public string Name { get; }

    /// <summary>Rewrites a program's unit; the same seed gives the same text. Null when the diagnostics say why it cannot be read.</summary>
    public RewrittenUnit? Apply(string path, string unitText, ulong seed, Toolchain toolchain, DiagnosticBag diagnostics)
    {
        var found = new DiagnosticBag();
        RewrittenUnit? rewritten = DeepStack.Run(() =>
        {
            using SyntaxTree? unit = SyntaxTree.OfUnit(new SourceText(path, UnitText.WithoutMarkers(unitText)), toolchain, found);
            return unit is null ? null : _rewrite(unit, new SplitMix64(seed)).Apply();
        });
        diagnostics.AddRange(found);
        return rewritten;
    }
}
