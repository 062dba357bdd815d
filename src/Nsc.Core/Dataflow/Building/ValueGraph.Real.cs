// What holds of real numbers only: the simplifications of canonical graphs.

namespace Nsc.Core.Dataflow.Building;

public sealed partial class ValueGraph
{
    private int? SimplifyReal(Opcode opcode, ValueKind kind, int a, int b, int c) => opcode switch
    {
        Opcode.FusedMultiplyAdd => Apply(Opcode.Add, kind, Apply(Opcode.Multiply, kind, a, b), c),
        Opcode.IeeeRemainder => Apply(
            Opcode.Subtract, kind, a, Apply(Opcode.Multiply, kind, b, Apply(Opcode.RoundToEven, kind, Apply(Opcode.Divide, kind, a, b)))),
        Opcode.Scale => Apply(Opcode.Multiply, kind, a, Apply(Opcode.Exp2, kind, b)),
        Opcode.Exp10 => Apply(Opcode.Power, kind, Floating(10), a),
        _ => null,
    };
}
