// How a draft ends: one result or several, and the text of the finished function.

using System.Collections.Immutable;
using System.Text;

namespace Nsc.Corpus.Generator.Drafting;

internal sealed partial class Draft
{
    private readonly OutputShape _singleResult = OutputShape.Value;
    private GeneratedOutput? _output;

    /// <summary>Returns one real, at times after one more operation.</summary>
    public void Return(string expression)
    {
        if (_singleResult == OutputShape.Value && R.Chance(_options.TwistShare))
        {
            expression = Twist.Apply(this, Let("result|res|value|raw|val", expression));
        }

        Exit(expression);
    }

    /// <summary>Leaves with one real from any place of the body; every path must end with it.</summary>
    public void Exit(string expression)
    {
        if (_singleResult == OutputShape.Value)
        {
            _output = new(OutputShape.Value, "real", "", ["return"]);
            Line($"return {expression};");
            return;
        }

        _output ??= new(OutputShape.Pointers, "real", "", ["out"]);
        Line($"*out = {expression};");
        if (_depth > 1)
        {
            Line("return;");
        }
    }

    /// <summary>Leaves with one whole number.</summary>
    public void ExitWhole(string expression)
    {
        _output = new(OutputShape.Value, "int", "", ["return"]);
        Line($"return {expression};");
    }

    /// <summary>Ends the body with several reals, named for the case that they become pointers or fields.</summary>
    public void ReturnAll(params ReadOnlySpan<(string Name, string Expression)> results)
    {
        if (_isNested)
        {
            Exit(results[R.Int(0, results.Length - 1)].Expression);
            return;
        }

        var names = ImmutableArray.CreateBuilder<string>();
        OutputShape shape = R.Pick(OutputShape.Pointers, OutputShape.Pointers, OutputShape.Array, OutputShape.Struct);
        string type = shape == OutputShape.Struct ? _fileNames.Take($"Result_{Index}") : "";
        string record = shape == OutputShape.Struct ? Fresh("r|res|ret") : "";
        if (shape == OutputShape.Struct)
        {
            Line($"{type} {record};");
        }

        for (int i = 0; i < results.Length; i++)
        {
            string name = shape == OutputShape.Array ? $"out[{i}]" : shape == OutputShape.Struct ? results[i].Name : Fresh(results[i].Name);
            names.Add(name);
            string target = shape switch { OutputShape.Pointers => "*" + name, OutputShape.Struct => $"{record}.{name}", _ => name };
            Line($"{target} = {results[i].Expression};");
        }

        if (shape == OutputShape.Struct)
        {
            Line($"return {record};");
            _file.Add($"typedef struct {{ real {string.Join(", ", names)}; }} {type};");
        }

        _output = new(shape, "real", type, names.ToImmutable());
    }

    /// <summary>Ends a nested draft: adds it to the file and tells how to call it.</summary>
    public ImmutableArray<GeneratedParameter> FinishNested()
    {
        ImmutableArray<GeneratedParameter> parameters = _parameters.Build();
        _file.Add($"static {_output!.CType} {Name}({string.Join(", ", parameters.Select(p => p.Declaration))}) {{");
        _file.AddRange(Mutated());
        _file.Add("}");
        return parameters;
    }

    /// <summary>The finished function as C text in a style.</summary>
    public GeneratedFunction Finish(string family, string idiom, SourceStyle style)
    {
        ImmutableArray<GeneratedParameter> parameters = _parameters.Build();
        if (parameters.Any(p => p.Shape != ParameterShape.Scalar) || _output!.Shape != OutputShape.Value)
        {
            style = style.Uniform();
        }

        var text = new StringBuilder();
        foreach (string line in _file.Prepend(_parameters.Typedef()).Where(l => l.Length > 0))
        {
            text.Append(style.Body(line)).Append('\n');
        }

        foreach (string pragma in Pragmas.For(parameters, R))
        {
            text.Append(pragma).Append('\n');
        }

        text.Append(style.Parameter(Header(parameters))).Append("\n{\n");
        foreach (string line in Mutated())
        {
            text.Append(style.Body(line)).Append('\n');
        }

        text.Append("}\n");
        return new(Name, family, idiom, text.ToString(), [.. parameters.Select(p => p with { CType = style.Parameter(p.CType) })],
            _output! with { CType = style.Parameter(_output!.CType) });
    }

    private IReadOnlyList<string> Mutated() => R.Chance(_options.MutationShare) ? Mutation.Apply(R, _body) : _body;

    private string Header(ImmutableArray<GeneratedParameter> parameters)
    {
        var declarations = parameters.Select(p => p.Declaration).ToList();
        GeneratedOutput output = _output!;
        declarations.AddRange(output.Shape switch
        {
            OutputShape.Pointers => output.Names.Select(n => $"{output.CType} *{n}"),
            OutputShape.Array => [$"{output.CType} out[{output.Names.Length}]"],
            _ => [],
        });
        string result = output.Shape switch { OutputShape.Value => output.CType, OutputShape.Struct => output.StructType, _ => "void" };
        return $"{result} {Name}({string.Join(", ", declarations)})";
    }
}
