// How a parameter or a result is laid out over scalars: the tree behind names like ray.origin.y and m[1][2].

using System.Collections.Immutable;
using Nsc.Core.Programs;
using Nsc.FrontEnd.Parsing;

namespace Nsc.FrontEnd.Calls;

/// <summary>One scalar of a flattened parameter or result. Integer kinds carry a default range of their own.</summary>
/// <param name="Place">The expression of C that means it, in place of its name where that differs.</param>
internal readonly record struct Leaf(string Name, ScalarKind Kind, Interval DefaultRange, string Place)
{
    public Leaf(string name, ScalarKind kind, Interval defaultRange)
        : this(name, kind, defaultRange, name)
    {
    }
}

internal abstract record Shape
{
    public sealed record Scalar(ScalarKind Kind, string TypeName, Interval DefaultRange) : Shape;

    /// <summary>A complex number, which has the two parts <c>re</c> and <c>im</c>.</summary>
    public sealed record Complex(ScalarKind Kind, string TypeName) : Shape;

    public sealed record Array(Shape Element, int Extent) : Shape;

    public sealed record Struct(string TypeName, ImmutableArray<Field> Fields) : Shape;

    /// <summary>A structure of which one member stands for all: the others lie in the same bytes.</summary>
    public sealed record Union(string TypeName, Field Member) : Shape;

    /// <summary>A pointer in a structure, and what it is made to point to: an array, or one value.</summary>
    public sealed record Pointer(Shape Target, bool IsConst) : Shape
    {
        /// <summary>Whether it is declared as one to void, and has to be taken for one to what it points to.</summary>
        public bool IsUntyped { get; init; }

        // Where its target lies.
        public string PlaceOf(string pointer) => IsUntyped ? $"(({(IsConst ? "const " : "")}{Target.Declare("*")}){pointer})[0]" : $"{pointer}[0]";
    }

    /// <summary>A pointer to a function that is tested and never called: it points to one that must not be.</summary>
    /// <param name="TypeName">Of the pointer.</param>
    public sealed record Handle(string TypeName) : Shape;

    /// <summary>A pointer to a function, which is one function.</summary>
    /// <param name="TypeName">Of the pointer.</param>
    public sealed record Function(string TypeName, string Name) : Shape
    {
        public string Value => $"({TypeName}){Name}";
    }

    /// <summary>A member that is neither an input nor an output, of whatever type.</summary>
    public sealed record LeftOut : Shape;

    /// <summary>A structure's member; the name is empty for an anonymous structure, whose members are reached directly.</summary>
    public sealed record Field(string Name, Shape Shape)
    {
        public string PathFrom(string name) => Name.Length == 0 ? name : $"{name}.{Name}";

        public IEnumerable<Leaf> Leaves(string name) => Shape.Leaves(PathFrom(name));
    }

    /// <summary>The scalars in order, each with its path from a name.</summary>
    public IEnumerable<Leaf> Leaves(string name) => this switch
    {
        Scalar scalar => [new Leaf(name, scalar.Kind, scalar.DefaultRange)],
        Complex complex => [
            new Leaf(name + ".re", complex.Kind, Interval.Default, $"__real__ {name}"), new Leaf(name + ".im", complex.Kind, Interval.Default, $"__imag__ {name}")],
        Array array => Enumerable.Range(0, array.Extent).SelectMany(i => array.Element.Leaves($"{name}[{i}]")),
        Struct record => record.Fields.SelectMany(f => f.Leaves(name)),
        Union union => union.Member.Leaves(name),
        Pointer { Target: Array array } => array.Leaves(name),
        Pointer pointer => pointer.Target.Leaves(name).Zip(pointer.Target.Leaves(pointer.PlaceOf(name)), (named, placed) => named with { Place = placed.Place }),
        LeftOut or Handle or Function => [],
        _ => throw new InvalidOperationException("a tenth kind of shape"),
    };

    /// <summary>The members that are left out, each with its path from a name.</summary>
    public IEnumerable<string> LeftOutNames(string name) => this switch
    {
        LeftOut => [name],
        Array array => array.Element.LeftOutNames($"{name}[]"),
        Struct record => record.Fields.SelectMany(f => f.Shape.LeftOutNames(f.PathFrom(name))),
        Pointer pointer => pointer.Target.LeftOutNames(name),
        _ => [],
    };

    /// <summary>Whether a function that must not change it can still write what it points to.</summary>
    public bool PointsToWritable => this switch
    {
        Array array => array.Element.PointsToWritable,
        Struct record => record.Fields.Any(f => f.Shape.PointsToWritable),
        Pointer pointer => !pointer.IsConst || pointer.Target.PointsToWritable,
        _ => false,
    };

    /// <summary>Whether a variable of this shape can be declared; clang describes a nameless type in parentheses.</summary>
    public bool HasNamedType => !Declare("v").Contains('(', StringComparison.Ordinal);

    /// <summary>The declaration of a variable of this shape, as in <c>float m[3][3]</c>.</summary>
    public string Declare(string variable) => this switch
    {
        Scalar scalar => $"{scalar.TypeName} {variable}",
        Complex complex => $"{complex.TypeName} {variable}",
        Struct record => $"{record.TypeName} {variable}",
        Union union => $"{union.TypeName} {variable}",
        Array array => array.Element.Declare($"{variable}[{array.Extent}]"),
        Pointer { Target: Array row } pointer => $"{(pointer.IsConst ? "const " : "")}{row.Element.Declare($"*{variable}")}",
        _ => throw new InvalidOperationException("a shape that no variable has"),
    };
}
