// What every phase needs to know of an opcode: one row of OpcodeTable.

namespace Nsc.Core.Dataflow;

/// <summary>How C writes an operation.</summary>
public enum Notation : byte
{
    /// <summary>An input or a constant.</summary>
    Leaf,
    Prefix,
    Infix,
    Call,

    /// <summary>A conversion, which C does not write where the types say it.</summary>
    Conversion,

    /// <summary>a ? b : c.</summary>
    Conditional,
}

/// <summary>How the moment analysis treats an operation.</summary>
public enum MomentRule : byte
{
    /// <summary>A function of its operands, through <see cref="OpcodeRow.Real"/>.</summary>
    Function,

    /// <summary>The operand, as a real number.</summary>
    Identity,
    Negation,

    /// <summary>1 - x of booleans, -1 - x of integers.</summary>
    Complement,
    Sum,
    Difference,
    Product,

    /// <summary>Of real numbers; integers are divided by a <see cref="Function"/>.</summary>
    Quotient,
    Minimum,
    Maximum,

    /// <summary>Of booleans, as the next two; of other integers, a <see cref="Function"/>.</summary>
    Conjunction,
    Disjunction,
    ExclusiveOr,

    /// <summary>A function of the difference of its operands.</summary>
    Comparison,
    Choice,
}

/// <summary>When a function of a sum of products is a sum of products again.</summary>
public enum ProductRule : byte
{
    None,

    /// <summary>f(a b) = f(a) f(b) for a and b that are not negative.</summary>
    Factors,

    /// <summary>f(a b) = f(a) f(b).</summary>
    SignedFactors,

    /// <summary>f(a + b) = f(a) f(b).</summary>
    Summands,

    /// <summary>The same of f + 1.</summary>
    SummandsMinusOne,

    /// <summary>f(a b) = f(a) + f(b).</summary>
    Logarithm,
    Sine,
    Cosine,
}

/// <summary>Applies an operation to whole columns, with the bits of its scalar definition.</summary>
public delegate void ColumnKernel(ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> result);

/// <summary>Which values of an operand have a finite result.</summary>
/// <param name="Operand">The operand's position.</param>
/// <param name="InC">The condition in C, with <c>{0}</c> for the operand.</param>
public sealed record OperandDomain(int Operand, string InC, Func<double, bool> Holds);

/// <summary>
/// An opcode. The delegates define it for the kinds of operands that it takes; those for other kinds are null. Operands that an opcode does
/// not have are 0.
/// </summary>
/// <param name="Arity">The number of operands.</param>
/// <param name="Spelling">The sign or the function's name in C; empty for leaves and conversions.</param>
public sealed record OpcodeRow(Opcode Opcode, int Arity, Notation Notation, string Spelling = "")
{
    /// <summary>What checkpoints call it.</summary>
    public string Name { get; } = Opcode.ToString();

    /// <summary>Whether swapping the two operands leaves the value as it is.</summary>
    public bool IsCommutative { get; init; }

    /// <summary>Whether canonical graphs have it: those that CompNet reads. The others are in exact graphs only.</summary>
    public bool IsCanonical { get; init; } = true;

    /// <summary>Its row in CompNet's embeddings; -1 for what is not canonical.</summary>
    public int CanonicalIndex { get; init; } = -1;

    /// <summary>Floating operands, a floating result: in double precision.</summary>
    public Func<double, double, double, double>? Floating { get; init; }

    /// <summary>
    /// The same in single precision, where the C library computes it with another result than that of double precision, rounded. Of floats,
    /// rounding the result in double precision is the result in single precision for the other operations (Figueroa 1995).
    /// </summary>
    public Func<float, float, float, float>? Single { get; init; }

    /// <summary>A vectorised kernel of the same, for operations that IEEE 754 defines to the last bit.</summary>
    public ColumnKernel? Column { get; init; }

    /// <summary>Integer operands of a kind, an integer result that is still to be reduced to its width.</summary>
    public Func<ValueKind, long, long, long>? Integer { get; init; }

    /// <summary>Floating operands, an integer result.</summary>
    public Func<double, double, long>? FloatingToInteger { get; init; }

    /// <summary>An integer operand of the first kind, a floating result of the second one, rounded once.</summary>
    public Func<ValueKind, ValueKind, long, double>? IntegerToFloating { get; init; }

    /// <summary>Bounds of the result of integers, given the result's kind and the operands' bounds; null where nothing is known.</summary>
    public Func<ValueKind, ValueRange, ValueRange, ValueRange>? Range { get; init; }

    /// <summary>The operation on real numbers for a result of an integer kind; null where that is <see cref="Floating"/>.</summary>
    public Func<ValueKind, double, double, double>? RealOfInteger { get; init; }

    /// <summary>How the moment analysis treats it.</summary>
    public MomentRule Moments { get; init; }

    /// <summary>How it treats sums of products.</summary>
    public ProductRule Products { get; init; }

    /// <summary>Of a logarithm.</summary>
    public double Base { get; init; }

    /// <summary>Where it has a finite result; null where that is everywhere, or no simple condition.</summary>
    public OperandDomain? Domain { get; init; }

    /// <summary>For a short if, such as a minimum: under which condition the result is the first operand, with <c>{0}</c> and <c>{1}</c> for the operands.</summary>
    public string? FirstWhen { get; init; }

    /// <summary>Whether it takes floating operands.</summary>
    public bool TakesFloating => Floating is not null || FloatingToInteger is not null;

    /// <summary>Whether it takes integers.</summary>
    public bool TakesInteger => Integer is not null || IntegerToFloating is not null;

    /// <summary>The value on real numbers, for a result of a kind.</summary>
    public double Real(ValueKind kind, double a, double b = 0) =>
        RealOfInteger is { } real && (kind.IsInteger() || Floating is null) ? real(kind, a, b) : ScalarSemantics.Floating(this, a, b);
}
