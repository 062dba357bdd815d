using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Nsc.Core.Dataflow;
using Nsc.Core.Dataflow.Building;
using Nsc.Core.Libm;

namespace Nsc.Tests.Core.Libm;

/// <summary>Every row of the table against the C library of this machine.</summary>
public unsafe class LibmTableTests
{
    private static readonly double[] s_points = [-3.75, -1, -0.5, -0.0, 0.25, 0.5, 1, 1.5, 2.5, 7.25, double.NaN, double.PositiveInfinity];

    private static readonly nint s_library = NativeLibrary.Load("libm.so.6");

    public static TheoryData<string> Names() => [.. LibmTable.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_function_is_in_the_C_library_for_double_and_for_float(string name)
    {
        NativeLibrary.GetExport(s_library, name);
        NativeLibrary.GetExport(s_library, name + "f");
        Assert.Same(LibmTable.Find(name), LibmTable.FindVariant(name + "f"));
        Assert.Same(LibmTable.Find(name), LibmTable.FindVariant(name + "l"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_computes_what_the_C_library_computes(string name)
    {
        LibmFunction function = LibmTable.Find(name)!;
        if (function.Definition is null)
        {
            return;
        }

        double[][] arguments = [.. Arguments(function)];
        double[] actual = OfGraph(function, ValueKind.Double, arguments), single = OfGraph(function, ValueKind.Float, arguments);
        for (int i = 0; i < arguments.Length; i++)
        {
            AssertSame(Native(function, arguments[i]), actual[i], name, arguments[i]);
            AssertSame(NativeSingle(function, arguments[i]), single[i], name + "f", arguments[i]);
        }
    }

    [Fact]
    public void The_rows_are_in_the_order_of_the_alphabet() =>
        Assert.Equal(LibmTable.All.Select(f => f.Name).Order(StringComparer.Ordinal), LibmTable.All.Select(f => f.Name));

    [Fact]
    public void Every_floating_function_of_the_opcodes_is_reached_by_one()
    {
        Assert.All(LibmTable.All.Where(f => f.Opcode is not null), f => Assert.Equal(f.Arity, f.Opcode!.Value.Arity()));
        Assert.Null(LibmTable.Find("printf"));
        Assert.False(LibmTable.IsFloatVariant("erf"));
        Assert.True(LibmTable.IsFloatVariant("erff"));
        Assert.False(LibmTable.IsFloatVariant("erfl"));
    }

    // The order of two zeros in fmin and fmax, a NaN's sign, and numbers beyond an integer are left open by C.
    private static IEnumerable<double[]> Arguments(LibmFunction function)
    {
        double[] first = function.Result == LibmType.Real ? s_points : [.. s_points.Where(double.IsFinite)];
        return first.SelectMany(a => Array.ConvertAll(function.Arity < 2 ? [0] : s_points, b => (double[])[a, b]))
            .Where(x => function.Arity < 2 || function.Arguments[1] == LibmType.Real || (double.IsFinite(x[1]) && x[1] == Math.Floor(x[1])))
            .Where(x => function.Name is not ("fmin" or "fmax") || x[0] != x[1])
            .Select(x => (double[])[x[0], x[1], 0.75]);
    }

    private static double[] OfGraph(LibmFunction function, ValueKind kind, double[][] arguments)
    {
        var values = new ValueGraph();
        ValueKind result = function.Result == LibmType.Real ? kind : ValueKind.Int64;
        int[] x = [.. Enumerable.Range(0, function.Arity).Select(i =>
            values.Input(i, function.Arguments[i] == LibmType.Real ? kind : function.ArgumentKind(i, kind), ValueRange.Of(ValueKind.Int32)))];
        int output = function.Definition!(values, result, x);
        (ImmutableArray<Node> nodes, ImmutableArray<int> outputs, _) = values.Extract([output]);
        return new GraphEvaluator(new DataflowGraph(nodes, 3, outputs, [])).EvaluateOutputs([.. arguments.SelectMany(a => a)], arguments.Length);
    }

    private static double Native(LibmFunction function, double[] x)
    {
        nint address = NativeLibrary.GetExport(s_library, function.Name);
        return (function.Arity, function.Arity > 1 ? function.Arguments[1] : LibmType.Real, function.Result) switch
        {
            (1, _, LibmType.Real) => ((delegate* unmanaged<double, double>)address)(x[0]),
            (1, _, _) => ((delegate* unmanaged<double, long>)address)(x[0]),
            (2, LibmType.Real, _) => ((delegate* unmanaged<double, double, double>)address)(x[0], x[1]),
            (2, LibmType.Int, _) => ((delegate* unmanaged<double, int, double>)address)(x[0], (int)x[1]),
            (2, _, _) => ((delegate* unmanaged<double, long, double>)address)(x[0], (long)x[1]),
            _ => ((delegate* unmanaged<double, double, double, double>)address)(x[0], x[1], x[2]),
        };
    }

    private static double NativeSingle(LibmFunction function, double[] x)
    {
        nint address = NativeLibrary.GetExport(s_library, function.Name + "f");
        return (function.Arity, function.Arity > 1 ? function.Arguments[1] : LibmType.Real, function.Result) switch
        {
            (1, _, LibmType.Real) => ((delegate* unmanaged<float, float>)address)((float)x[0]),
            (1, _, _) => ((delegate* unmanaged<float, long>)address)((float)x[0]),
            (2, LibmType.Real, _) => ((delegate* unmanaged<float, float, float>)address)((float)x[0], (float)x[1]),
            (2, LibmType.Int, _) => ((delegate* unmanaged<float, int, float>)address)((float)x[0], (int)x[1]),
            (2, _, _) => ((delegate* unmanaged<float, long, float>)address)((float)x[0], (long)x[1]),
            _ => ((delegate* unmanaged<float, float, float, float>)address)((float)x[0], (float)x[1], (float)x[2]),
        };
    }

    private static void AssertSame(double expected, double actual, string name, double[] x) => Assert.True(
        expected.Equals(actual) && (double.IsNaN(expected) || double.IsNegative(expected) == double.IsNegative(actual)),
        $"{name}({string.Join(", ", x)}) is {expected:R}, the graph has {actual:R}");
}
