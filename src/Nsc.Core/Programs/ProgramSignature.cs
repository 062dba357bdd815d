// What a surrogate must know of a C function: its name and its inputs and outputs, flattened to scalars.

using System.Collections.Immutable;

namespace Nsc.Core.Programs;

/// <summary>The C types that a flattened input or output can have.</summary>
public enum ScalarKind
{
    Bool,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float,
    Double,
}

public static class ScalarKinds
{
    /// <summary>Whether values of this kind are whole numbers (booleans included).</summary>
    public static bool IsInteger(this ScalarKind kind) => kind < ScalarKind.Float;

    /// <summary>The C type's spelling, for generated code.</summary>
    public static string Spelling(this ScalarKind kind) => kind switch
    {
        ScalarKind.Bool => "_Bool",
        ScalarKind.Int8 => "signed char",
        ScalarKind.UInt8 => "unsigned char",
        ScalarKind.Int16 => "short",
        ScalarKind.UInt16 => "unsigned short",
        ScalarKind.Int32 => "int",
        ScalarKind.UInt32 => "unsigned int",
        ScalarKind.Int64 => "long long",
        ScalarKind.UInt64 => "unsigned long long",
        ScalarKind.Float => "float",
        ScalarKind.Double => "double",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

/// <summary>A closed interval of real numbers, in the program's own units.</summary>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The range of an input that nobody gave a range: [-1, 1].</summary>
    public static readonly Interval Default = new(-1, 1);

    public double Middle => (Low / 2) + (High / 2);

    /// <summary>Half the width: x = Middle + HalfWidth * u maps u in [-1, 1] onto the interval.</summary>
    public double HalfWidth => (High / 2) - (Low / 2);

    /// <summary>The number that a unit number in [-1, 1] stands for.</summary>
    public double At(double unit) => Middle + (HalfWidth * unit);

    /// <summary>The unit number that a number of the interval has: the inverse of <see cref="At"/>.</summary>
    public double Unit(double value) => (value - Middle) / HalfWidth;

    public override string ToString() => $"[{Low:R}, {High:R}]";
}

/// <summary>One scalar input, such as <c>x</c>, <c>p[3]</c> or <c>ray.origin.y</c>.</summary>
public sealed record InputVariable(string Name, ScalarKind Kind, Interval Range)
{
    /// <summary>The parameter that it is, or is a part of.</summary>
    public string Parameter => ProgramSignature.ParameterOf(Name);
}

/// <summary>One scalar output, such as <c>return</c>, <c>out[1]</c> or <c>return.re</c>.</summary>
public sealed record OutputVariable(string Name, ScalarKind Kind)
{
    /// <summary>The parameter or variable that it is a part of; <c>return</c> for the result.</summary>
    public string Parameter => ProgramSignature.ParameterOf(Name);
}

/// <summary>A scalar that is no input because it always has one value, such as the count of an array's elements.</summary>
public sealed record FixedVariable(string Name, double Value)
{
    /// <summary>The parameter or variable that it is, or is a part of.</summary>
    public string Parameter => ProgramSignature.ParameterOf(Name);
}

/// <summary>A C function's name, inputs and outputs, flattened to scalars in declaration order.</summary>
/// <param name="Prototype">The declaration as C text, for people and for exported code.</param>
public sealed record ProgramSignature(
    string Function, string Prototype, ImmutableArray<InputVariable> Inputs, ImmutableArray<OutputVariable> Outputs)
{
    /// <summary>How the name of an output ends that is an input too: what the input becomes.</summary>
    public const string NextSuffix = ".next";

    public ImmutableArray<FixedVariable> Fixed { get; init; } = [];

    internal static string ParameterOf(string scalar) => scalar.Split('[', '.')[0];
}
