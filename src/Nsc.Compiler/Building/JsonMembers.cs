// The members of an object, each of the kind that it must be; what is not is said.

using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Nsc.Core.Diagnostics;
using Nsc.Core.Text;

namespace Nsc.Compiler.Building;

internal sealed class JsonMembers
{
    private readonly PlacedJson _json;
    private readonly string _title;
    private readonly DiagnosticBag _diagnostics;

    /// <param name="title">What the object is, in a sentence.</param>
    /// <param name="known">The names that its members may have.</param>
    public JsonMembers(PlacedJson json, string title, IReadOnlyCollection<string> known, DiagnosticBag diagnostics)
    {
        (_json, _title, _diagnostics) = (json, title, diagnostics);
        if (json.Kind != JsonValueKind.Object)
        {
            diagnostics.Add(json.Place.Error("project-value", $"{title} must be an object"));
        }

        ReportUnknown(json, title, known);
    }

    /// <summary>A text; null where there is none.</summary>
    public PlacedJson? Text(string name, bool isRequired = false) => Find(name, JsonValueKind.String, "a text", isRequired);

    /// <summary>A finite number.</summary>
    public double? Number(string name) => Find(name, JsonValueKind.Number, "a number") is { } value ? NumberOf(value) : null;

    /// <summary>A whole number.</summary>
    public int? Whole(string name, int least, int most) => Find(name, JsonValueKind.Number, "a number") is { } value ? WholeOf(value, least, most) : null;

    /// <summary>Whether something is so; false where nothing is said.</summary>
    public bool IsTrue(string name)
    {
        PlacedJson? value = _json.Members.FirstOrDefault(m => m.Name == name).Value;
        if (value is { Kind: not (JsonValueKind.True or JsonValueKind.False) })
        {
            _diagnostics.Add(value.Place.Error("project-value", $"'{name}' must be true or false"));
        }

        return value?.Kind == JsonValueKind.True;
    }

    /// <summary>The items of an array; none where there is no such member.</summary>
    public ImmutableArray<PlacedJson> Items(string name) => Find(name, JsonValueKind.Array, "an array")?.Items ?? [];

    /// <summary>The texts of an array.</summary>
    public ImmutableArray<string> Texts(string name, Func<PlacedJson, string> read) => [.. Items(name).Where(i => Is(i, JsonValueKind.String, $"each of '{name}'", "a text")).Select(read)];

    /// <summary>The members of an object.</summary>
    /// <param name="known">The names that they may have; null for any.</param>
    public ImmutableArray<(string Name, JsonPlace Place, PlacedJson Value)> Members(string name, IReadOnlyCollection<string>? known = null, bool isRequired = false)
    {
        if (Find(name, JsonValueKind.Object, "an object", isRequired) is not { } value)
        {
            return [];
        }

        if (isRequired && value.Members.IsEmpty)
        {
            _diagnostics.Add(value.Place.Error("project-value", $"'{name}' must not be empty", known is null ? null : $"it has some of {Names.List(known, "or")}"));
        }

        ReportUnknown(value, $"'{name}'", known);
        return known is null ? value.Members : [.. value.Members.Where(m => known.Contains(m.Name))];
    }

    public double? NumberOf(PlacedJson value)
    {
        if (!Is(value, JsonValueKind.Number, "this", "a number"))
        {
            return null;
        }

        double number = double.Parse(value.Text, CultureInfo.InvariantCulture);
        if (!double.IsFinite(number))
        {
            _diagnostics.Add(value.Place.Error("project-value", "this number is too large"));
        }

        return number;
    }

    public int? WholeOf(PlacedJson value, int least, int most)
    {
        if (!Is(value, JsonValueKind.Number, "this", "a number"))
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
        {
            return number;
        }

        _diagnostics.Add(value.Place.Error("project-value", string.Create(CultureInfo.InvariantCulture, $"this must be a whole number from {least:N0} to {most:N0}")));
        return null;
    }

    private PlacedJson? Find(string name, JsonValueKind kind, string title, bool isRequired = false)
    {
        if (_json.Members.FirstOrDefault(m => m.Name == name) is { Value: { } value })
        {
            return Is(value, kind, $"'{name}'", title) ? value : null;
        }

        if (isRequired && _json.Kind == JsonValueKind.Object)
        {
            _diagnostics.Add(_json.Place.Error("project-member", $"{_title} needs '{name}'"));
        }

        return null;
    }

    private bool Is(PlacedJson value, JsonValueKind kind, string name, string title)
    {
        if (value.Kind != kind)
        {
            _diagnostics.Add(value.Place.Error("project-value", $"{name} must be {title}"));
        }

        return value.Kind == kind;
    }

    private void ReportUnknown(PlacedJson json, string title, IReadOnlyCollection<string>? known)
    {
        foreach ((string name, JsonPlace place, _) in json.Members.Where(m => known?.Contains(m.Name) == false))
        {
            string[] closest = Names.Closest(name, known!);
            _diagnostics.Add(place.Error(
                "project-member", $"{title} has no member '{PrintableText.OneLine(name)}'", closest.Length > 0 ? $"did you mean {Names.List(closest, "or")}?" : $"its members are {Names.List(known!)}"));
        }
    }
}
