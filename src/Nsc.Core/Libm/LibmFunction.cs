// One row of the table of libm: what every phase needs to know of a function of <math.h>.

using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;

namespace Nsc.Core.Libm;

/// <summary>The type of an argument or a result. A real number is double, or float in the variant with the suffix f.</summary>
public enum LibmType : byte
{
    Real,
    Int,
    Long,
}

/// <summary>How a graph says a function of some values.</summary>
/// <param name="kind">The kind of the result.</param>
public delegate int LibmDefinition(ValueGraph graph, ValueKind kind, IReadOnlyList<int> x);

/// <summary>
/// A pure function of libm. Each has a variant for float, its name with the suffix f, and one for long double, with the suffix l.
/// </summary>
/// <param name="Name">The name of the function of double.</param>
/// <param name="Arguments">The types of its arguments.</param>
/// <param name="Result">The type of its result.</param>
/// <param name="Definition">The function in a graph's opcodes; null when a graph cannot hold it.</param>
public sealed record LibmFunction(string Name, LibmType[] Arguments, LibmType Result, LibmDefinition? Definition)
{
    /// <summary>The opcode that is this function; null when it takes several, or none is known.</summary>
    public Opcode? Opcode { get; init; }

    /// <summary>Whether the token vocabulary has a word for it; other names are told apart by their order only.</summary>
    public bool IsToken { get; init; } = true;

    /// <summary>The number of arguments.</summary>
    public int Arity => Arguments.Length;

    /// <summary>Whether it takes and gives real numbers only.</summary>
    public bool IsReal => Result == LibmType.Real && Array.TrueForAll(Arguments, a => a == LibmType.Real);

    /// <summary>The kind of an argument, given that of the result.</summary>
    public ValueKind ArgumentKind(int index, ValueKind result) => Arguments[index] switch
    {
        LibmType.Int => ValueKind.Int32,
        LibmType.Long => ValueKind.Int64,
        _ => result.IsFloating() ? result : ValueKind.Double,
    };
}
