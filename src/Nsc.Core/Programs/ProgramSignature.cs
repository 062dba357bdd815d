// What a surrogate must know of a C function: its name and its inputs and outputs, flattened to scalars.

using System.Collections.Immutable;
using System.Text.Json.Serialization;

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

    /// <summary>The smallest number that has a logarithm here: what is not positive counts as it.</summary>
    public const double LeastPositive = 2.2250738585072014e-308;

    /// <summary>Whether numbers are drawn, and seen by a network, by their logarithm; then both ends are positive.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLogarithmic { get; init; }

    /// <summary>Whether it can be the range of an input.</summary>
    public bool IsRange => double.IsFinite(Low) && double.IsFinite(High) && Low < High && (!IsLogarithmic || Low >= LeastPositive) && Linear.HalfWidth > 0;

    /// <summary>The interval as a network sees it: of the logarithms, where it is logarithmic.</summary>
    public Interval Linear => IsLogarithmic ? new(Math.Log(Low), Math.Log(High)) : this;

    public double Middle => (Low / 2) + (High / 2);

    /// <summary>Half the width: x = Middle + HalfWidth * u maps u in [-1, 1] onto a linear interval.</summary>
    public double HalfWidth => (High / 2) - (Low / 2);

    /// <summary>The number that a unit number in [-1, 1] stands for.</summary>
    public double At(double unit)
    {
        Interval linear = Linear;
        double value = linear.Middle + (linear.HalfWidth * unit);
        return IsLogarithmic ? Math.Exp(value) : value;
    }

    /// <summary>The unit number that a number of the interval has: the inverse of <see cref="At"/>.</summary>
    public double Unit(double value)
    {
        Interval linear = Linear;
        return (OnLine(value) - linear.Middle) / linear.HalfWidth;
    }

    /// <summary>Where a number lies in <see cref="Linear"/>.</summary>
    public double OnLine(double value) => IsLogarithmic ? Math.Log(Math.Max(value, LeastPositive)) : value;

    /// <summary>What of the interval lies around a number, as far as a radius in unit numbers.</summary>
    public Interval Around(double centre, double radius)
    {
        double unit = Unit(centre);
        return this with { Low = Math.Max(Low, At(unit - radius)), High = Math.Min(High, At(unit + radius)) };
    }

    public override string ToString() => $"[{Low:R}, {High:R}]{(IsLogarithmic ? " log" : "")}";
}

/// <summary>One scalar input, such as <c>x</c>, <c>p[3]</c> or <c>ray.origin.y</c>.</summary>
public sealed record InputVariable(string Name, ScalarKind Kind, Interval Range)
{
    /// <summary>The parameter that it is, or is a part of.</summary>
    public string Parameter => ProgramSignature.ParameterOf(Name);

    /// <summary>The value that a unit number in [-1, 1] stands for: in the range, and such as the type has.</summary>
    public double At(double unit)
    {
        double value = Math.Clamp(Range.At(Math.Clamp(unit, -1, 1)), Range.Low, Range.High);
        return Kind.IsInteger() ? Math.Clamp(Math.Round(value), Math.Ceiling(Range.Low), Math.Max(Math.Ceiling(Range.Low), Math.Floor(Range.High)))
            : Kind == ScalarKind.Float && (float)value is var single && single >= Range.Low && single <= Range.High ? single : value;
    }
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
    /// <summary>For a pointer to a function, which function it is; null for a number.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Function { get; init; }

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

    /// <summary>Scalars that the function gives too and that are no outputs, because nobody asks for them.</summary>
    public ImmutableArray<string> Ignored { get; init; } = [];

    /// <summary>The parameter or variable that a scalar is, or is a part of.</summary>
    public static string ParameterOf(string scalar) => scalar.Split('[', '.')[0];
}
