// One variant before it is compiled and checked: which tokens of which declarations change, the ranges, and the
// function around it.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Drafting;
using Nsc.Corpus.Generator.Values;
using Nsc.Corpus.SourceText;
using Nsc.FrontEnd.Calls;

namespace Nsc.Corpus.Mining.Variants;

/// <param name="Edits">For each changed item of the unit, its changed tokens.</param>
internal sealed record VariantDraft(
    ImmutableDictionary<int, Dictionary<int, string>> Edits, ImmutableArray<InputVariable> Inputs, Wrapper? Wrapper)
{
    public ImmutableArray<InputVariable> OuterInputs => Wrapper?.Inputs ?? Inputs;

    /// <summary>A range pragma for each input, after those that tell what else is no input.</summary>
    /// <param name="bindings">Those of the original.</param>
    /// <param name="nameOf">What a variable of the unit is called.</param>
    public string Pragmas(UnitBindings bindings, Func<string, string> nameOf)
    {
        IEnumerable<InputVariable> inputs = OuterInputs.Select(i => i with { Name = nameOf(i.Parameter) + i.Name[i.Parameter.Length..] });
        return bindings.Text(nameOf) + (Wrapper?.Second is { } second ? bindings.Text(n => second(n) ?? "") : "") + UnitPragmas.OfRanges(inputs);
    }
}

/// <summary>Thinks of variants of one function.</summary>
internal sealed class VariantWriter
{
    private readonly TranslationUnit _unit;
    private readonly int _target;
    private readonly FunctionHead? _header;
    private readonly UnitBindings _bindings;
    private readonly (int Item, EditSite EditSite)[] _own;
    private readonly (int Item, EditSite EditSite)[] _all;

    private VariantWriter(TranslationUnit unit, int target)
    {
        (_unit, _target, _header, _bindings) = (unit, target, FunctionHead.Of(unit.Items[target]), new UnitBindings(unit.Bindings));
        _all = [.. Enumerable.Range(0, unit.Items.Length).SelectMany(i => EditSiteFinder.Find(unit, unit.Items[i]).Select(p => (i, p)))];
        _own = [.. _all.Where(p => p.Item == target)];
    }

    /// <summary>A writer for a function, or null when the unit is written in a way that is not understood.</summary>
    public static VariantWriter? Create(TranslationUnit unit, string function) =>
        unit.IndexOfFunction(function) is >= 0 and var target ? new VariantWriter(unit, target) : null;

    /// <summary>A variant: one to four changed tokens, or changed ranges, or a function around it, or several of these.</summary>
    /// <param name="mean">The mean of the first output of the original.</param>
    /// <param name="deviation">Its standard deviation.</param>
    public VariantDraft Draft(Rng rng, ImmutableArray<InputVariable> inputs, double mean, double deviation)
    {
        Wrapper? wrapper = rng.Chance(0.3) && _header is not null && !_bindings.Names("return") ? Wrapper.Create(rng, _header, inputs, mean, deviation) : null;
        var edits = ImmutableDictionary<int, Dictionary<int, string>>.Empty;
        if (_all.Length > 0 && (wrapper is null || rng.Chance(0.6)))
        {
            edits = Changes(rng, rng.Weighted(40, 30, 20, 10) + 1);
        }

        bool isMoved = wrapper is null && (edits.IsEmpty || rng.Chance(0.35));
        return new VariantDraft(edits, isMoved ? RangeChange.Apply(rng, inputs) : inputs, wrapper);
    }

    private ImmutableDictionary<int, Dictionary<int, string>> Changes(Rng rng, int count)
    {
        var edits = ImmutableDictionary<int, Dictionary<int, string>>.Empty;
        for (int n = 0; n < count; n++)
        {
            (int item, EditSite place) = rng.OneOf(_own.Length > 0 && rng.Chance(0.6) ? _own : _all);
            if (!edits.TryGetValue(item, out Dictionary<int, string>? ofItem))
            {
                edits = edits.Add(item, ofItem = []);
            }

            TokenChange.Apply(rng, place, _unit.Items[item].Tokens, ofItem);
        }

        return edits;
    }

    /// <summary>A variant as a unit of its own, and the name of its function. Nothing has to be renamed in it.</summary>
    public (string Source, string Function) Alone(VariantDraft draft)
    {
        string function = _unit.Items[_target].Names[0];
        var text = new StringBuilder(MathHeader());
        var nothing = new HashSet<string>();
        for (int i = 0; i < _unit.Items.Length; i++)
        {
            text.Append(i == _target && draft.Wrapper is null ? "\n" + draft.Pragmas(_bindings, n => n) : "");
            _unit.Items[i].Write(text, draft.Edits.GetValueOrDefault(i), nothing, "");
        }

        string wrapper = function + "_composed";
        text.Append(draft.Wrapper is null ? "" : $"\n{draft.Pragmas(_bindings, n => n)}{Named(draft.Wrapper, function, wrapper)}");
        return (text.ToString(), draft.Wrapper is null ? function : wrapper);
    }

    /// <summary>Many variants as one unit that shares what they do not change.</summary>
    public VariantUnit Together(IReadOnlyList<VariantDraft> drafts)
    {
        var unit = new VariantUnit(MathHeader());
        HashSet<string>[] renamed = [.. drafts.Select(d => _unit.WithUsers(d.Edits.Keys.Append(_target)))];
        string NameIn(int variant, string name) => renamed[variant].Contains(name) ? name + Suffix(variant) : name;
        var nothing = new HashSet<string>();
        for (int i = 0; i < _unit.Items.Length; i++)
        {
            CDeclaration item = _unit.Items[i];
            if (i != _target)
            {
                unit.Shared(text => item.Write(text, null, nothing, ""));
            }

            for (int v = 0; v < drafts.Count && item.Names.Length > 0; v++)
            {
                if (item.Names.Any(renamed[v].Contains))
                {
                    string pragmas = i == _target && drafts[v].Wrapper is null ? "\n" + drafts[v].Pragmas(_bindings, n => NameIn(v, n)) : "";
                    unit.Own(v, text => item.Write(text.Append(pragmas), drafts[v].Edits.GetValueOrDefault(i), renamed[v], Suffix(v)));
                }
            }
        }

        string function = _unit.Items[_target].Names[0];
        for (int v = 0; v < drafts.Count; v++)
        {
            if (drafts[v].Wrapper is { } wrapper)
            {
                unit.Own(v, text => text.Append(drafts[v].Pragmas(_bindings, n => NameIn(v, n))).Append(Named(wrapper, function + Suffix(v), function + Suffix(v) + "w")));
            }

            unit.Functions.Add(function + Suffix(v) + (drafts[v].Wrapper is null ? "" : "w"));
        }

        return unit;
    }

    private static string Suffix(int variant) => string.Create(CultureInfo.InvariantCulture, $"__v{variant}");

    private static string Named(Wrapper wrapper, string function, string name) =>
        wrapper.Text.Replace("$f", function, StringComparison.Ordinal).Replace("$w", name, StringComparison.Ordinal);

    // A library's own sin would clash with the header's.
    private string MathHeader() =>
        LibraryCalls.Used.Any(n => _unit.Defines(n) || _unit.Defines(n + "f")) ? "" : "#include <math.h>\n";
}
