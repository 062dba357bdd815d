// Copies the functions that a module's entries reach from LLVM's own structures into managed records.

using System.Collections.Immutable;
using Nsc.Core.Dataflow;
using Nsc.FrontEnd.Lowering.Interop;

namespace Nsc.FrontEnd.Lowering.Ir;

/// <summary>Reads one module. Types and globals are shared between its functions.</summary>
internal sealed class IrReader(LLVMModuleRef module)
{
    private readonly TypeReader _types = new(module.DataLayout);

    /// <summary>Every function with a body, by name.</summary>
    public IrModule Read()
    {
        var constants = new ConstantReader(_types);
        var functions = ImmutableDictionary.CreateBuilder<string, IrFunction>();
        foreach (LLVMValueRef function in module.Functions.Where(f => !f.IsDeclaration))
        {
            functions[function.Name] = new FunctionReader(function, _types, constants).Read();
        }

        return new IrModule(functions.ToImmutable());
    }
}

/// <summary>Reads types, each once.</summary>
internal sealed class TypeReader(nint dataLayout)
{
    private readonly Dictionary<LLVMTypeRef, IrType> _types = [];

    public IrType Read(LLVMTypeRef type)
    {
        if (!_types.TryGetValue(type, out IrType? result))
        {
            result = Create(type);
            _types[type] = result;
        }

        return result;
    }

    private IrType Create(LLVMTypeRef type) => type.Kind switch
    {
        LLVMTypeKind.Void => new IrVoid(),
        LLVMTypeKind.Float => new IrScalar(ValueKind.Float),
        LLVMTypeKind.Double => new IrScalar(ValueKind.Double),
        LLVMTypeKind.X86FP80 or LLVMTypeKind.FP128 => IrScalar.LongDouble(SizeOf(type)),
        LLVMTypeKind.Pointer => new IrPointer(),
        LLVMTypeKind.Integer => Integer(type),
        LLVMTypeKind.Struct when type.IsSized => Struct(type),
        LLVMTypeKind.Array => new IrArray(Read(type.ElementType), type.ArrayLength, IsVector: false),
        LLVMTypeKind.Vector => new IrArray(Read(type.ElementType), type.VectorSize, IsVector: true),
        var kind => new IrUnsupportedType(kind.ToString(), SizeOf(type)),
    };

    private IrType Integer(LLVMTypeRef type) => type.IntWidth switch
    {
        1 => new IrScalar(ValueKind.Boolean),
        8 => new IrScalar(ValueKind.Int8),
        16 => new IrScalar(ValueKind.Int16),
        32 => new IrScalar(ValueKind.Int32),
        64 => new IrScalar(ValueKind.Int64),
        int width => new IrUnsupportedType($"{width}-bit integer", SizeOf(type)),
    };

    private IrStruct Struct(LLVMTypeRef type)
    {
        var indices = Enumerable.Range(0, type.StructElementCount);
        return new IrStruct(
            [.. indices.Select(i => Read(type.StructGetTypeAtIndex(i)))],
            [.. indices.Select(i => (long)LLVM.OffsetOfElement(dataLayout, type.Handle, (uint)i))],
            SizeOf(type));
    }

    private long SizeOf(LLVMTypeRef type) => type.IsSized ? (long)LLVM.ABISizeOfType(dataLayout, type.Handle) : 0;
}

/// <summary>Reads constants and global variables.</summary>
internal sealed class ConstantReader(TypeReader types)
{
    /// <summary>The most elements of one constant array that are read: more than any surrogate can learn.</summary>
    private const int MaxElements = 65_536;

    private readonly Dictionary<LLVMValueRef, IrGlobal> _globals = [];

    public IrOperand Read(LLVMValueRef value)
    {
        IrType type = types.Read(value.TypeOf);
        switch (value.Kind)
        {
            case LLVMValueKind.ConstantInt when type is IrScalar scalar:
                return new IrConstant(scalar, scalar.Kind.WrapTo(value.ConstIntSExt));
            case LLVMValueKind.ConstantFP when type is IrScalar scalar:
                return new IrConstant(scalar, BitConverter.DoubleToInt64Bits(value.ConstReal));
            case LLVMValueKind.ConstantAggregateZero or LLVMValueKind.UndefValue
                or LLVMValueKind.PoisonValue or LLVMValueKind.ConstantPointerNull:
                return new IrZero(type);
            case LLVMValueKind.GlobalVariable:
                return new IrGlobalAddress(Global(value), 0);
            case LLVMValueKind.ConstantArray or LLVMValueKind.ConstantStruct or LLVMValueKind.ConstantVector
                or LLVMValueKind.ConstantDataArray or LLVMValueKind.ConstantDataVector
                when type is IrComposite composite && composite.Count <= MaxElements:
                return new IrCompositeConstant(
                    composite, [.. Enumerable.Range(0, composite.Count).Select(i => Read(value.GetAggregateElement(i)))]);
            case LLVMValueKind.ConstantExpr when LLVM.GetConstOpcode(value.Handle) == (int)IrOpcode.GetElementPointer:
                return ElementAddress(value);
            case LLVMValueKind.Function:
                return new IrFunctionAddress(value.Name);
            default:
                return new IrUnsupportedOperand("a constant of a kind that graphs have no values of");
        }
    }

    private IrGlobal Global(LLVMValueRef value)
    {
        if (!_globals.TryGetValue(value, out IrGlobal? global))
        {
            global = new IrGlobal(value.Name, types.Read(new LLVMTypeRef(LLVM.GlobalGetValueType(value.Handle))).Size);
            _globals[value] = global;
            nint initializer = LLVM.GetInitializer(value.Handle);
            global.Initializer = initializer == 0 ? null : Read(new LLVMValueRef(initializer));
        }

        return global;
    }

    private IrOperand ElementAddress(LLVMValueRef value)
    {
        if (Read(value.GetOperand(0)) is not IrGlobalAddress address)
        {
            return new IrUnsupportedOperand("a constant address outside a global variable");
        }

        IrType type = types.Read(new LLVMTypeRef(LLVM.GetGEPSourceElementType(value.Handle)));
        long offset = address.Offset;
        for (int i = 1; i < value.OperandCount; i++)
        {
            LLVMValueRef index = value.GetOperand(i);
            if (index.Kind != LLVMValueKind.ConstantInt)
            {
                return new IrUnsupportedOperand("a constant address that is computed");
            }

            long step = index.ConstIntSExt;
            if (i == 1)
            {
                offset += step * type.Size;
            }
            else if (type is IrComposite composite)
            {
                offset += composite.OffsetAt((int)step);
                type = composite.TypeAt((int)step);
            }
        }

        return address with { Offset = offset };
    }
}
