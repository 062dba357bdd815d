// The desk at which an idiom writes one function: it asks for inputs and constants, writes lines, returns a result.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>
/// One function in the making, in the plain C that <see cref="SourceStyle"/> describes. Inputs are in DraftInputs.cs,
/// results in DraftResults.cs.
/// </summary>
internal sealed partial class Draft
{
    private readonly List<string> _file;
    private readonly List<string> _body = [];
    private readonly NameScope _names = new();
    private readonly NameScope _fileNames;
    private readonly ParameterList _parameters;
    private readonly GeneratorOptions _options;
    private bool _isNested;
    private int _depth = 1;

    /// <summary>Starts the function that has a number in its unit.</summary>
    public Draft(Rng rng, int index, GeneratorOptions options)
        : this(rng, $"f{index}", index, options, [], new NameScope(), DrawLayout(rng, options.GroupedShare))
    {
        InputGoal = Math.Min(rng.Weighted(options.InputWeights.AsSpan()) + 1, options.MaxInputs);
        _singleResult = rng.Chance(0.07) ? OutputShape.Pointers : OutputShape.Value;
    }

    private Draft(
        Rng rng, string name, int index, GeneratorOptions options, List<string> file, NameScope fileNames, ParameterLayout layout)
    {
        (R, Name, Index, _options, _file, _fileNames) = (rng, name, index, options, file, fileNames);
        _parameters = new(layout, $"Params_{index}");
        _common = Ranges.Free(rng);
        _habit = rng.Uniform(0.1, 0.9);
    }

    public Rng R { get; }

    public string Name { get; }

    public int Index { get; }

    /// <summary>
    /// A draft of a static helper in the same file, with separate parameters and a value as result, for composition.
    /// </summary>
    public Draft Nested(int inputGoal)
    {
        string name = _fileNames.Take($"{R.Word("part|term|step|stage|inner|calc|eval|score")}_{Index}");
        return new(R, name, Index, _options, _file, _fileNames, ParameterLayout.Separate) { InputGoal = inputGoal, _isNested = true };
    }

    /// <summary>Writes one line, indented.</summary>
    public void Line(string text) => _body.Add(new string(' ', 4 * _depth) + text);

    /// <summary>Opens a block after a header such as "for (...)", or closes one and opens the next ("else").</summary>
    public void Open(string header)
    {
        Line(header + " {");
        _depth++;
    }

    public void Close()
    {
        _depth--;
        Line("}");
    }

    public void Else(string header = "else")
    {
        _depth--;
        Line("} " + header + " {");
        _depth++;
    }

    /// <summary>Opens a loop over 0 .. count-1 and returns its variable.</summary>
    public string Loop(int count, string variable = "i")
    {
        Open(R.Chance(0.85) ? $"for (int {variable} = 0; {variable} < {count}; {variable}++)" : $"for (int {variable} = 0; {variable} <= {count - 1}; ++{variable})");
        return variable;
    }

    /// <summary>Declares a real local that stays as it is.</summary>
    public string Let(string words, string expression)
    {
        string name = _names.Take(R.Word(words));
        Line($"{(R.Chance(0.4) ? "const " : "")}real {name} = {expression};");
        return name;
    }

    /// <summary>Declares a real local that changes.</summary>
    public string Variable(string words, string expression)
    {
        string name = _names.Take(R.Word(words));
        Line($"real {name} = {expression};");
        return name;
    }

    /// <summary>Declares an integer local.</summary>
    public string Whole(string words, string expression)
    {
        string name = _names.Take(R.Word(words));
        Line($"int {name} = {expression};");
        return name;
    }

    /// <summary>A name of this function that nothing else has.</summary>
    public string Fresh(string words) => _names.Take(R.Word(words));

    /// <summary>Adds a static helper to the file and returns its name; the body is C text, `real` its number type.</summary>
    public string Helper(string words, string parameters, params ReadOnlySpan<string> body)
    {
        string name = _fileNames.Take($"{R.Word(words)}_{Index}");
        _file.Add($"static {(R.Chance(0.4) ? "inline " : "")}real {name}({parameters}) {{");
        foreach (string line in body)
        {
            _file.Add("    " + line);
        }

        _file.Add("}");
        return name;
    }

    /// <summary>Declares a constant table and returns its name: of the file, or of the function.</summary>
    public string Table(string words, IEnumerable<double> values)
    {
        ImmutableArray<string> literals = [.. values.Select(Numbers.Literal)];
        bool ofFile = R.Chance(0.5);
        string name = ofFile ? _fileNames.Take($"{R.Word(words)}_{Index}") : Fresh(words);
        string declaration = $"const real {name}[{literals.Length}] = {{ {string.Join(", ", literals)} }};";
        if (ofFile)
        {
            _file.Add("static " + declaration);
        }
        else
        {
            Line((R.Chance(0.5) ? "static " : "") + declaration);
        }

        return name;
    }

    /// <summary>A sum of coefficient times term, written with the signs where people put them.</summary>
    public string Sum(IEnumerable<(double Coefficient, string Term)> terms)
    {
        string text = "";
        foreach ((double coefficient, string term) in terms)
        {
            string product = Math.Abs(coefficient) == 1 ? term
                : R.Chance(0.7) ? $"{Numbers.Literal(Math.Abs(coefficient))} * {term}" : $"{term} * {Numbers.Literal(Math.Abs(coefficient))}";
            text += coefficient < 0 ? (text.Length == 0 ? "-" : " - ") : text.Length == 0 ? "" : " + ";
            text += product;
        }

        return text;
    }

    private static ParameterLayout DrawLayout(Rng rng, double groupedShare) => !rng.Chance(groupedShare)
        ? ParameterLayout.Separate
        : rng.Pick(ParameterLayout.OneStruct, ParameterLayout.OneStructPointer, ParameterLayout.OneArray);
}
