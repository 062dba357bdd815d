// Gives every input its range: the user's, else the file's, else the default of its type.

using System.Collections.Immutable;
using Nsc.Core.Diagnostics;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Preprocessing;
using Nsc.FrontEnd.Sources;

namespace Nsc.FrontEnd.Calls;

internal sealed class RangeResolver(
    SourceText source, string function, ImmutableArray<Leaf> leaves, DiagnosticBag diagnostics)
{
    /// <summary>Beyond 2^53 a double no longer holds every whole number, and inputs travel as doubles.</summary>
    private const double LargestWhole = 9007199254740992;

    private static readonly SourcePlace CommandLine = new(SourceLocation.InFile("--range"), null);

    private readonly InputVariable[] _inputs = [.. leaves.Select(l => new InputVariable(l.Name, l.Kind, l.DefaultRange))];

    public ImmutableArray<InputVariable> Resolve(IEnumerable<NscPragma> pragmas, IReadOnlyDictionary<string, Interval> fromUser)
    {
        // A pragma for all inputs must not undo one that names an input, whichever comes first.
        foreach (NscPragma pragma in pragmas.Where(p => p.Verb == PragmaVerb.Range).OrderBy(p => p.Input is not null))
        {
            Apply(pragma);
        }

        foreach ((string name, Interval range) in fromUser.OrderBy(r => r.Key.Length).ThenBy(r => r.Key, StringComparer.Ordinal))
        {
            if (IsRange(range, CommandLine))
            {
                ApplyTo(name, range, CommandLine);
            }
        }

        return [.. _inputs];
    }

    /// <summary>Whether a name means an input or a part that holds inputs.</summary>
    public static bool Means(string name, string input) => input.StartsWith(name, StringComparison.Ordinal)
        && (input.Length == name.Length || input[name.Length] is '.' or '[');

    private void Apply(NscPragma pragma)
    {
        Interval range = pragma.Range;
        SourcePlace place = source.PlaceAt(pragma.RangeOffset);
        if (!IsRange(range, place))
        {
            return;
        }

        if (pragma.Input is null)
        {
            ApplyToAll(range, place);
        }
        else if (_inputs.Any(i => Means(pragma.Input, i.Name)))
        {
            ApplyTo(pragma.Input, range, place);
        }
        else
        {
            diagnostics.ReportUnknownInput(source.PlaceAt(pragma.InputOffset), pragma.Input, function, [.. _inputs.Select(i => i.Name)]);
        }
    }

    private bool IsRange(Interval range, SourcePlace place)
    {
        if (!range.IsRange)
        {
            diagnostics.ReportEmptyRange(place, range);
        }

        return range.IsRange;
    }

    private void ApplyTo(string name, Interval range, SourcePlace place)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            if (Means(name, _inputs[i].Name))
            {
                _inputs[i] = _inputs[i] with { Range = Fit(range, _inputs[i], place) };
            }
        }
    }

    /// <summary>A range for all inputs is cut to what each type holds: [-1, 1] of a boolean is [0, 1].</summary>
    private void ApplyToAll(Interval range, SourcePlace place)
    {
        for (int i = 0; i < _inputs.Length; i++)
        {
            Interval widest = WidestOf(_inputs[i].Kind);
            Interval cut = range with { Low = Math.Max(range.Low, widest.Low), High = Math.Min(range.High, widest.High) };
            _inputs[i] = _inputs[i] with { Range = Fit(cut.Low < cut.High ? cut : range, _inputs[i], place) };
        }
    }

    /// <summary>The range as the input's type can hold it; integer ends are rounded inward.</summary>
    private Interval Fit(Interval range, InputVariable input, SourcePlace place)
    {
        Interval widest = WidestOf(input.Kind);
        if (range.Low < widest.Low || range.High > widest.High)
        {
            diagnostics.ReportUnfitRange(place, range, input, widest);
            return input.Range;
        }

        Interval held = input.Kind switch
        {
            ScalarKind.Float => range with { Low = (float)range.Low, High = (float)range.High },
            ScalarKind.Double => range,
            _ => range with { Low = Math.Ceiling(range.Low), High = Math.Floor(range.High) },
        };
        if (held.Low >= held.High)
        {
            diagnostics.ReportNarrowRange(place, range, input);
            return input.Range;
        }

        return input.Kind == ScalarKind.Float ? range : held;
    }

    public static Interval WidestOf(ScalarKind kind) => kind switch
    {
        ScalarKind.Bool => new Interval(0, 1),
        ScalarKind.Int8 => new Interval(sbyte.MinValue, sbyte.MaxValue),
        ScalarKind.UInt8 => new Interval(0, byte.MaxValue),
        ScalarKind.Int16 => new Interval(short.MinValue, short.MaxValue),
        ScalarKind.UInt16 => new Interval(0, ushort.MaxValue),
        ScalarKind.Int32 => new Interval(int.MinValue, int.MaxValue),
        ScalarKind.UInt32 => new Interval(0, uint.MaxValue),
        ScalarKind.Int64 => new Interval(-LargestWhole, LargestWhole),
        ScalarKind.UInt64 => new Interval(0, LargestWhole),
        ScalarKind.Float => new Interval(-float.MaxValue, float.MaxValue),
        _ => new Interval(-double.MaxValue, double.MaxValue),
    };
}
