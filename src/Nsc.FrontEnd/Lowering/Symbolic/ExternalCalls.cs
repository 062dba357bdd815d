// Calls that leave the module: LLVM's intrinsics and the C library's functions.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.FrontEnd.Lowering.Ir;
using Nsc.FrontEnd.Lowering.Values;
using Nsc.Core.Libm;

namespace Nsc.FrontEnd.Lowering.Symbolic;

/// <summary>What a call gave: its result, null when it has none, and the memory after it.</summary>
internal readonly record struct CallResult(Value? Value, MemoryState Memory);

internal sealed class ExternalCalls(LoweringState lowering, Scalars scalars, Memory memory)
{
    private readonly MathFunctions _math = new(lowering);
    private readonly BitFunctions _bits = new(lowering.Graph);

    private ValueGraph Graph => lowering.Graph;

    /// <param name="evaluate">Gives the value of an argument; some arguments, such as metadata, have none.</param>
    public CallResult Call(IrInstruction call, string callee, MemoryState state, Func<int, Value> evaluate)
    {
        string name = MathFunctions.BaseName(callee);
        switch (name)
        {
            case "lifetime" or "dbg" or "assume" or "experimental" or "invariant" or "stackrestore" or "donothing" or "sideeffect" or "prefetch"
                when callee.StartsWith("llvm.", StringComparison.Ordinal):
                return new CallResult(null, state);
            case "trap" or "ubsantrap" when callee.StartsWith("llvm.", StringComparison.Ordinal):
                lowering.Traps.Add(lowering.Path);
                return new CallResult(null, state); // Nothing follows on this path.
            case "memcpy" or "memmove" or "memset":
                return CallMemory(call, name, state, evaluate);
            default:
                return new CallResult(CallPure(call, callee, name, evaluate), state);
        }
    }

    private CallResult CallMemory(IrInstruction call, string name, MemoryState state, Func<int, Value> evaluate)
    {
        var int64 = new IrScalar(ValueKind.Int64);
        int size = scalars.NodeOf(evaluate(2), int64);
        if (!Graph.IsConstant(size) || evaluate(0) is not PointerValue target)
        {
            lowering.Report(GraphLimits.VariableSize, $"{name} with a size that is computed is not supported");
            return new CallResult(scalars.Zero(call.Type), state);
        }

        long bytes = Graph[size].Bits;
        if (name == "memset")
        {
            return new CallResult(target, Set(state, target, scalars.NodeOf(evaluate(1), new IrScalar(ValueKind.Int8)), bytes));
        }

        return new CallResult(target, evaluate(1) is PointerValue source ? memory.Copy(state, target, source, bytes) : state);
    }

    private MemoryState Set(MemoryState state, PointerValue target, int value, long size)
    {
        const long MaxSize = 65_536;
        int low = Graph.ToWidth(value, ValueKind.Int8, isSigned: false);
        state = memory.Clear(state, target, size);
        if (low == Graph.Zero(ValueKind.Int8))
        {
            return state;
        }

        if (size > MaxSize)
        {
            lowering.Report(GraphLimits.VariableSize, "memset of so many bytes to other than zero is not supported");
            return state;
        }

        var type = new IrScalar(ValueKind.Int8);
        for (long i = 0; i < size; i++)
        {
            state = memory.Store(state, Memory.Advance(target, i), new ScalarValue(low), type);
        }

        return state;
    }

    private Value? CallPure(IrInstruction call, string callee, string name, Func<int, Value> evaluate)
    {
        switch (name)
        {
            case "expect" or "launder" or "strip" or "ssa" or "ptrmask":
                return evaluate(0);
            case "is" when callee.StartsWith("llvm.is.fpclass", StringComparison.Ordinal):
                int value = scalars.NodeOf(evaluate(0), TypeOfArgument(callee));
                return ResultOf(_math.IsInClass(value, Graph[scalars.NodeOf(evaluate(1), new IrScalar(ValueKind.Int32))].Bits), callee, call.Type);
            case "is" or "objectsize":
                return scalars.Zero(call.Type);
            case "nan" or "nanf" or "nanl":
                return new ScalarValue(Graph.Floating(double.NaN));
            case "stacksave":
                return new NullPointer();
        }

        if (call.Type is IrComposite composite)
        {
            return CallComposite(call, callee, name, composite, evaluate);
        }

        if (call.Type is not IrScalar { Kind: var kind } type)
        {
            return Unknown(callee, call.Type);
        }

        if (type.IsWide)
        {
            lowering.ApproximateLongDouble();
        }

        List<int> arguments = Arguments(call, name, type, evaluate);
        if (name == "pow" && PowerCalls.MayBeRewritten(Graph, arguments[0], arguments[1], call.Operands[0] is not IrConstant, call.Operands[1] is not IrConstant))
        {
            lowering.Approximate($"pow(){LoweringState.AtLine(call.Line)} has an operand that is constant in an unrolled loop; whether it is rounded as a power or as a product depends on the compiler");
        }

        int? result = kind.IsInteger() && !IsFloatToInteger(name) ? _bits.Call(name, kind, arguments) : _math.Call(name, kind, arguments);
        return ResultOf(result, callee, type);
    }

    private static bool IsFloatToInteger(string name) => LibmTable.Find(name) is { Result: not LibmType.Real };

    // Arguments have the types of the function's row; those of intrinsics have the result's, but for powi's exponent.
    private List<int> Arguments(IrInstruction call, string name, IrScalar type, Func<int, Value> evaluate)
    {
        var arguments = new List<int>();
        for (int i = 0; i < call.Operands.Length; i++)
        {
            IrScalar argumentType = LibmTable.Find(name) is { } function && i < function.Arity ? new IrScalar(function.ArgumentKind(i, type.Kind))
                : name == "powi" && i == 1 ? new IrScalar(ValueKind.Int32)
                : type;
            arguments.Add(evaluate(i) is ScalarValue scalar ? scalar.Node : scalars.NodeOf(evaluate(i), argumentType));
        }

        return arguments;
    }

    // Vector versions element by element; checked arithmetic as a pair of result and overflow.
    private Value CallComposite(IrInstruction call, string callee, string name, IrComposite type, Func<int, Value> evaluate)
    {
        ImmutableArray<Value> arguments = [.. Enumerable.Range(0, call.Operands.Length).Select(evaluate)];
        if (callee.Contains(".with.overflow.", StringComparison.Ordinal) && type.TypeAt(0) is IrScalar number)
        {
            int[] x = [.. arguments.Select(a => scalars.NodeOf(a, number))];
            return _bits.Checked(name, number.Kind, x) is { } pair
                ? new CompositeValue([new ScalarValue(pair.Result), new ScalarValue(pair.HasOverflowed)])
                : Unknown(callee, type);
        }

        if (type is IrArray { IsVector: true, Element: IrScalar element })
        {
            return new CompositeValue([.. Enumerable.Range(0, type.Count).Select(i =>
            {
                List<int> x = [.. arguments.Select(a => scalars.NodeOf(a is CompositeValue c ? c.Elements[i] : a, element))];
                int? result = element.Kind.IsInteger() ? _bits.Call(name, element.Kind, x) : _math.Call(name, element.Kind, x);
                return ResultOf(result, callee, element);
            })]);
        }

        return Unknown(callee, type);
    }

    private Value ResultOf(int? node, string callee, IrType type) => node is { } result ? new ScalarValue(result) : Unknown(callee, type);

    private Value Unknown(string callee, IrType type)
    {
        lowering.Report(GraphLimits.Call, $"the function '{callee}' has no counterpart in a dataflow graph");
        return scalars.Zero(type);
    }

    private static IrScalar TypeOfArgument(string callee) =>
        new(callee.EndsWith(".f32", StringComparison.Ordinal) ? ValueKind.Float : ValueKind.Double);
}
