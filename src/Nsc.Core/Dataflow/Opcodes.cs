// Short questions to the table of opcodes.

namespace Nsc.Core.Dataflow;

public static class Opcodes
{
    /// <summary>The most operands any opcode takes.</summary>
    public const int MaxArity = 3;

    /// <summary>The opcode's row.</summary>
    public static OpcodeRow Row(this Opcode opcode) => OpcodeTable.Rows[(int)opcode];

    /// <summary>The number of operands.</summary>
    public static int Arity(this Opcode opcode) => opcode.Row().Arity;

    /// <summary>Whether swapping the two operands leaves the value as it is.</summary>
    public static bool IsCommutative(this Opcode opcode) => opcode.Row().IsCommutative;

    public static bool IsComparison(this Opcode opcode) => opcode.Row().Moments == MomentRule.Comparison;

    /// <summary>A conversion between kinds, which leaves a value that fits as it is.</summary>
    public static bool IsConversion(this Opcode opcode) => opcode.Row().Notation == Notation.Conversion;
}
