// A piece of C text that denotes a number, with what is known of the number.

using Nsc.Core.Programs;

namespace Nsc.Corpus.Generator.Values;

/// <summary>How tightly a C expression binds; parentheses follow from it.</summary>
internal enum Binding
{
    Atom,
    Unary,
    Product,
    Sum,
    Comparison,
    Conditional,
}

/// <summary>An expression, an interval that holds its value over the inputs' ranges, and how tightly it binds.</summary>
internal readonly record struct Value(string Text, Interval Range, Binding Binding = Binding.Atom)
{
    public double Magnitude => Math.Max(Math.Abs(Range.Low), Math.Abs(Range.High));

    public double Width => Range.High - Range.Low;

    /// <summary>The text as an operand that must bind at least as tightly as given.</summary>
    public string At(Binding binding) => Binding <= binding ? Text : $"({Text})";

    /// <summary>The text, safe in any context.</summary>
    public override string ToString() => At(Binding.Atom);

    public static Value Of(double constant) =>
        new(Numbers.Literal(constant), Numbers.Exactly(constant), constant < 0 ? Binding.Unary : Binding.Atom);
}
