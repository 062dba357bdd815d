// What the generator returns: C text, and how each function is called, which tests need.

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.Corpus.Generator.Values;

namespace Nsc.Corpus.Generator.Drafting;

/// <summary>One C translation unit of generated functions.</summary>
/// <param name="Functions">The names of the non-static functions, in order: f0, f1, ...</param>
public sealed record GeneratedUnit(string Source, ImmutableArray<string> Functions);

/// <summary>One generated function.</summary>
/// <param name="Family">Which family of programs it was drawn from, such as "physics".</param>
/// <param name="Idiom">Which idiom of the family, such as "drag".</param>
/// <param name="Text">Its range pragmas and definition, after the helpers, types and tables that it needs.</param>
public sealed record GeneratedFunction(
    string Name, string Family, string Idiom, string Text, ImmutableArray<GeneratedParameter> Parameters, GeneratedOutput Output)
{
    /// <summary>How many scalar inputs the parameters flatten to.</summary>
    public int InputCount => Parameters.Sum(p => p.Inputs.Length);
}

/// <summary>How a parameter carries its scalars.</summary>
public enum ParameterShape
{
    Scalar,
    Array,
    StructByValue,
    StructByPointer,
}

/// <summary>One C parameter and the scalar inputs that it flattens to.</summary>
/// <param name="CType">The scalar's, element's or struct's type.</param>
public sealed record GeneratedParameter(string Name, string CType, ParameterShape Shape, ImmutableArray<GeneratedInput> Inputs)
{
    /// <summary>The parameter as declared.</summary>
    public string Declaration => Shape switch
    {
        ParameterShape.Array => $"const {CType} {Name}[{Inputs.Length}]",
        ParameterShape.StructByPointer => $"const {CType} *{Name}",
        _ => $"{CType} {Name}",
    };
}

/// <summary>One scalar input.</summary>
/// <param name="Path">Its name in a range pragma: <c>x</c>, <c>p[3]</c> or <c>s.speed</c>.</param>
public sealed record GeneratedInput(string Path, bool IsInteger, Interval Range);

/// <summary>How a function hands back its results.</summary>
public enum OutputShape
{
    Value,
    Struct,
    Pointers,
    Array,
}

/// <summary>A function's results.</summary>
/// <param name="CType">The type of each scalar result.</param>
/// <param name="StructType">The returned struct's type, for <see cref="OutputShape.Struct"/>.</param>
/// <param name="Names">The scalars: fields, pointer parameters, or the one array parameter's elements.</param>
public sealed record GeneratedOutput(OutputShape Shape, string CType, string StructType, ImmutableArray<string> Names);
