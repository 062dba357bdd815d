// The parameters of one function: idioms ask for numbers, the layout decides how C hands them over.

using System.Collections.Immutable;
using Nsc.Core.Programs;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>How a function takes its scalars.</summary>
internal enum ParameterLayout
{
    Separate,
    OneStruct,
    OneStructPointer,
    OneArray,
}

internal sealed class ParameterList(ParameterLayout layout, string structType)
{
    private const string StructName = "s";
    private const string ArrayName = "in";

    private readonly List<GeneratedParameter> _separate = [];
    private readonly List<(string Declaration, ImmutableArray<GeneratedInput> Inputs)> _grouped = [];

    public ParameterLayout Layout => layout;

    /// <summary>The scalar inputs so far.</summary>
    public int Count => _separate.Sum(p => p.Inputs.Length) + _grouped.Sum(g => g.Inputs.Length);

    /// <summary>Adds a scalar and returns the text that reads it.</summary>
    public string Scalar(string name, string type, Interval range)
    {
        bool isInteger = type != "real";
        if (layout == ParameterLayout.Separate || (layout == ParameterLayout.OneArray && isInteger))
        {
            _separate.Add(new(name, type, ParameterShape.Scalar, [new(name, isInteger, range)]));
            return name;
        }

        string path = layout == ParameterLayout.OneArray ? $"{ArrayName}[{_grouped.Count}]" : $"{StructName}.{name}";
        _grouped.Add(($"{type} {name};", [new(path, isInteger, range)]));
        return Access(name, path);
    }

    /// <summary>Adds an array of reals and returns the text that names it.</summary>
    public string Array(string name, int length, Interval range)
    {
        if (layout is ParameterLayout.Separate or ParameterLayout.OneArray)
        {
            _separate.Add(new(name, "real", ParameterShape.Array, Elements(name, length, range)));
            return name;
        }

        _grouped.Add(($"real {name}[{length}];", Elements($"{StructName}.{name}", length, range)));
        return Access(name, $"{StructName}.{name}");
    }

    /// <summary>Adds a struct of reals and returns the text before a field's name.</summary>
    public string Struct(string name, string type, IEnumerable<string> fields, Interval range, bool byPointer)
    {
        var shape = byPointer ? ParameterShape.StructByPointer : ParameterShape.StructByValue;
        _separate.Add(new(name, type, shape, [.. fields.Select(f => new GeneratedInput($"{name}.{f}", false, range))]));
        return byPointer ? $"{name}->" : $"{name}.";
    }

    /// <summary>The finished parameters, the group first.</summary>
    public ImmutableArray<GeneratedParameter> Build()
    {
        if (_grouped.Count == 0)
        {
            return [.. _separate];
        }

        ImmutableArray<GeneratedInput> inputs = [.. _grouped.SelectMany(g => g.Inputs)];
        GeneratedParameter group = layout switch
        {
            ParameterLayout.OneArray => new(ArrayName, "real", ParameterShape.Array, inputs),
            ParameterLayout.OneStruct => new(StructName, structType, ParameterShape.StructByValue, inputs),
            _ => new(StructName, structType, ParameterShape.StructByPointer, inputs),
        };
        return [group, .. _separate];
    }

    /// <summary>The group's struct definition, or nothing.</summary>
    public string Typedef() => _grouped.Count == 0 || layout == ParameterLayout.OneArray
        ? ""
        : $"typedef struct {{ {string.Join(' ', _grouped.Select(g => g.Declaration))} }} {structType};";

    private string Access(string name, string path) => layout switch
    {
        ParameterLayout.OneStructPointer => $"{StructName}->{name}",
        _ => path,
    };

    private static ImmutableArray<GeneratedInput> Elements(string name, int length, Interval range) =>
        [.. Enumerable.Range(0, length).Select(i => new GeneratedInput($"{name}[{i}]", false, range))];
}
