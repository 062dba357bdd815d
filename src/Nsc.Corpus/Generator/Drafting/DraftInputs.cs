// Where a draft's numbers come from: parameters, constants, or a simple function of another input.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

internal sealed partial class Draft
{
    private readonly Interval _common;
    private readonly double _habit;
    private readonly List<Value> _scalars = [];

    /// <summary>How many scalar inputs this function should come to.</summary>
    public int InputGoal { get; private init; }

    /// <summary>How many more inputs bring it to the goal; at least 0.</summary>
    public int Wanted => Math.Max(0, InputGoal - _parameters.Count);

    /// <summary>The real inputs so far that are scalars.</summary>
    public IReadOnlyList<Value> Scalars => _scalars;

    private int Room => _options.MaxInputs - _parameters.Count;

    /// <summary>A size near what the goal wants, within bounds.</summary>
    public int Size(int least, int most) => R.Chance(0.75) ? Math.Clamp(Wanted, least, most) : R.Int(least, most);

    /// <summary>An input whose value lies in [low, high].</summary>
    public Value Input(string words, double low, double high) => Input(words, Ranges.Within(R, low, high));

    /// <summary>An input of any range.</summary>
    public Value Free(string words) => Input(words, FreeRange());

    /// <summary>A quantity of a formula: an input while the draft has too few, else a constant or derived from an input.</summary>
    public Value Quantity(string words, double low, double high)
    {
        if (Room > 0 && R.Chance(Wanted > 0 ? 0.8 : 0.08))
        {
            return Input(words, low, high);
        }

        return _scalars.Count > 0 && R.Chance(0.12) ? Derived(words, low, high) : Constant(words, low, high);
    }

    /// <summary>A constant in [low, high]: as a literal, a local, a file constant or a macro.</summary>
    public Value Constant(string words, double low, double high) => Named(words, Numbers.Between(R, low, high));

    /// <summary>A literal in [low, high].</summary>
    public string Literal(double low, double high) => Value.Of(Numbers.Between(R, low, high)).ToString();

    /// <summary>A coefficient of either sign as an operand.</summary>
    public string Coefficient() => Value.Of(Numbers.Coefficient(R)).ToString();

    /// <summary>Coefficients of either sign.</summary>
    public double[] Coefficients(int count) => [.. Enumerable.Range(0, count).Select(_ => Numbers.Coefficient(R))];

    /// <summary>An integer input from low to high.</summary>
    public Value Integer(string words, int low, int high)
    {
        if (Room <= 0)
        {
            return new(R.Int(low, high).ToString(System.Globalization.CultureInfo.InvariantCulture), new(low, high));
        }

        string type = low >= 0 && high <= 255 && R.Chance(0.2) ? "unsigned char" : high <= 30000 && low >= -30000 && R.Chance(0.05) ? "short" : "int";
        return new(_parameters.Scalar(Fresh(words), type, new(low, high)), new(low, high));
    }

    /// <summary>Reals of one meaning that lie in [low, high]: separate, an array's elements or a struct's fields.</summary>
    public ImmutableArray<Value> Vector(string words, int count, double low, double high) => Vector(words, count, Ranges.Within(R, low, high));

    /// <summary>Reals of one meaning and any range.</summary>
    public ImmutableArray<Value> FreeVector(string words, int count) => Vector(words, count, FreeRange());

    /// <summary>An array that loops may index, of reals in [low, high]: a parameter, or a local when there is no room for one.</summary>
    public string Array(string words, int count, double low, double high) => Array(words, count, Ranges.Within(R, low, high));

    /// <summary>An array of any range.</summary>
    public string FreeArray(string words, int count) => Array(words, count, FreeRange());

    /// <summary>A range for inputs of any scale: mostly the same throughout one function.</summary>
    public Interval FreeRange() => R.Chance(0.65) ? _common : Ranges.Free(R);

    public Value Input(string words, Interval range)
    {
        if (Room <= 0)
        {
            return Constant(words, range.Low, range.High);
        }

        Value input = R.Weighted(86, 7, 7) switch
        {
            1 => Normalised(words, range),
            2 when range.Low >= -1000 && range.High <= 1000 && range.High - range.Low >= 8 => WholeInput(words, range),
            _ => new(_parameters.Scalar(Fresh(words), "real", range), range),
        };
        _scalars.Add(input);
        return input;
    }

    public ImmutableArray<Value> Vector(string words, int count, Interval range)
    {
        if (count > Room)
        {
            return [.. Enumerable.Range(0, count).Select(_ => Input(words, range))];
        }

        string word = R.Word(words);
        string[] fields = count <= 4 ? ["x", "y", "z", "w"] : [];
        ImmutableArray<Value> values = R.Weighted(50, 28, fields.Length > 0 && count > 1 && CanHoldStructs ? 22 : 0) switch
        {
            0 => [.. Enumerable.Range(0, count).Select(i => Element(word, i, count, range))],
            1 => Elements(Array(word, count, range), count, range),
            _ => Fields(word, fields[..count], range),
        };
        _scalars.AddRange(values);
        return values;
    }

    public string Array(string words, int count, Interval range)
    {
        if (count <= Room)
        {
            return _parameters.Array(Fresh(words), count, range);
        }

        if (Room <= 0)
        {
            return Table(words, Enumerable.Range(0, count).Select(_ => Numbers.Between(R, range.Low, range.High)));
        }

        string name = Fresh(words);
        string[] cells = [.. Enumerable.Range(0, count).Select(_ => Input(words, range).Text)];
        Line($"const real {name}[{count}] = {{ {string.Join(", ", cells)} }};");
        return name;
    }

    private bool CanHoldStructs => _parameters.Layout == ParameterLayout.Separate && !_isNested;

    private Value Named(string words, double constant)
    {
        Value literal = Value.Of(constant);
        if (R.Chance(0.75))
        {
            return literal;
        }

        string word = R.Word(words);
        switch (R.Int(0, 2))
        {
            case 0:
                return new(Let(word, literal.Text), literal.Range);
            case 1:
                string name = _fileNames.Take($"{word}_{Index}");
                _file.Add($"static const real {name} = {literal.Text};");
                return new(name, literal.Range);
            default:
                string macro = _fileNames.Take($"{word.ToUpperInvariant()}_{Index}");
                _file.Add($"#define {macro} {literal}");
                return new(macro, literal.Range);
        }
    }

    // lo + slope * q with q an input that is there already.
    private Value Derived(string words, double low, double high)
    {
        Value source = R.OneOf(_scalars);
        double slope = Numbers.Round((high - low) / source.Width * 0.9, 2);
        double offset = low + (0.05 * (high - low)) - (slope * source.Range.Low);
        if (source.Width <= 0 || !double.IsFinite(slope) || slope == 0)
        {
            return Constant(words, low, high);
        }

        string plus = offset < 0 ? $"- {Numbers.Literal(Numbers.Round(-offset, 4))}" : $"+ {Numbers.Literal(Numbers.Round(offset, 4))}";
        return new(Let(words, $"{Numbers.Literal(slope)} * {source} {plus}"), new(low, high));
    }

    // A parameter in [-1, 1], [0, 1] or percent that the function maps to the quantity it stands for.
    private Value Normalised(string words, Interval range)
    {
        (double low, double high) = R.Pick((0.0, 1.0), (-1.0, 1.0), (0.0, 100.0));
        string word = R.Word(words);
        string parameter = _parameters.Scalar(Fresh(word + R.Pick("_n", "_norm", "_raw", "In", "_in")), "real", new(low, high));
        double slope = (range.High - range.Low) / (high - low);
        double offset = range.Low - (slope * low);
        string scale = Numbers.Literal(Numbers.Round(slope, 4));
        string text = offset == 0 ? $"{scale} * {parameter}" : $"{Value.Of(Numbers.Round(offset, 5))} + {scale} * {parameter}";
        return new(Let(word, text), range);
    }

    private Value WholeInput(string words, Interval range)
    {
        string word = R.Word(words);
        var whole = new Interval(Math.Ceiling(range.Low), Math.Floor(range.High));
        string parameter = _parameters.Scalar(Fresh(R.Pick("n_", "i_", "raw_") + word), "int", whole);
        return new(Let(word, $"(real){parameter}"), whole);
    }

    private Value Element(string word, int index, int count, Interval range)
    {
        string suffix = count <= 3 && R.Chance(0.6) ? "xyz"[index].ToString() : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new(_parameters.Scalar(Fresh(word + suffix), "real", range), range);
    }

    private static ImmutableArray<Value> Elements(string array, int count, Interval range) =>
        [.. Enumerable.Range(0, count).Select(i => new Value($"{array}[{i}]", range))];

    private ImmutableArray<Value> Fields(string word, string[] fields, Interval range)
    {
        string type = _fileNames.Take($"Vec{fields.Length}_{Index}");
        _file.Add($"typedef struct {{ real {string.Join(", ", fields)}; }} {type};");
        string access = _parameters.Struct(Fresh(word), type, fields, range, R.Chance(0.5));
        return [.. fields.Select(f => new Value(access + f, range))];
    }
}
