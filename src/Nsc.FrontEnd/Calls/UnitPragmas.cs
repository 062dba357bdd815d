// The pragmas that say in a unit what a signature says: a unit that is kept as text is read again with the inputs and outputs that it had.

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Nsc.Core.Programs;

namespace Nsc.FrontEnd.Calls;

public static partial class UnitPragmas
{
    /// <summary>Lines that stand before a function.</summary>
    public static string Of(ProgramSignature signature) =>
        Of(signature.Extents().OrderBy(e => e.Key, StringComparer.Ordinal), signature.Fixed, signature.Inputs, signature.Ignored);

    /// <param name="extents">How many elements pointers reach.</param>
    internal static string Of(
        IEnumerable<KeyValuePair<string, int>> extents, IEnumerable<FixedVariable> fixedVariables, IEnumerable<InputVariable> inputs, IEnumerable<string> ignored)
    {
        var text = new StringBuilder();
        foreach ((string name, int extent) in extents.Where(e => !e.Key.EndsWith("[]", StringComparison.Ordinal)))
        {
            text.Append(CultureInfo.InvariantCulture, $"#pragma nsc extent({name}, {extent})\n");
        }

        foreach (FixedVariable variable in fixedVariables)
        {
            text.Append(CultureInfo.InvariantCulture, $"#pragma nsc fix({variable.Name}, {variable.Function ?? CallWriter.Number(variable.Value)})\n");
        }

        foreach (string name in ignored)
        {
            text.Append(CultureInfo.InvariantCulture, $"#pragma nsc ignore({name})\n");
        }

        return text.Append(OfRanges(inputs)).ToString();
    }

    /// <summary>A range for each input.</summary>
    public static string OfRanges(IEnumerable<InputVariable> inputs) => string.Concat(inputs.Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"#pragma nsc input({i.Name}, {i.Range.Low:R}, {i.Range.High:R}{(i.Range.IsLogarithmic ? ", log" : "")})\n")));

    /// <summary>How many elements pointers reach at least: the numbers in the names of scalars tell it.</summary>
    internal static ImmutableDictionary<string, int> Extents(this ProgramSignature signature) => ExtentsOf(
        signature.Inputs.Select(i => i.Name).Concat(signature.Outputs.Select(o => o.Name)).Concat(signature.Fixed.Select(f => f.Name)).Concat(signature.Ignored));

    /// <remarks>Those of rows, such as <c>m[]</c>, matter where rows are pointers: pragmas do without them.</remarks>
    internal static ImmutableDictionary<string, int> ExtentsOf(IEnumerable<string> scalars) => scalars
        .SelectMany(n => Indices().Matches(n).Select(m => (Name: WithoutIndices(n[..m.Index]) + (m.Groups["row"].Success ? "[]" : ""), Extent: 1 + int.Parse(m.Groups["index"].Value, CultureInfo.InvariantCulture))))
        .GroupBy(e => e.Name, e => e.Extent)
        .ToImmutableDictionary(g => g.Key, g => g.Max());

    /// <summary>The name that all elements of an array share: that of <c>a[2].p</c> is <c>a.p</c>.</summary>
    internal static string WithoutIndices(string name) => Index().Replace(name, "");

    // Of the array itself and of its rows.
    [GeneratedRegex(@"(?<=\w(?<row>\[\d{1,6}\])?)\[(?<index>\d{1,6})\]")]
    private static partial Regex Indices();

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
