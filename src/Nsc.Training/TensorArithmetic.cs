// Arithmetic on tensors that outlives a garbage collection. TorchSharp turns every number in an expression into a native
// scalar, even the unwritten factor 1 of "a + b", and does not keep it alive during the call that reads it: a collection at that
// moment frees it under the call, which then fails or computes nonsense. Code that runs for hours uses what is here instead.

using System.Collections.Concurrent;
using TorchSharp;
using static TorchSharp.torch;

namespace Nsc.Training;

internal static class TensorArithmetic
{
    private static readonly ConcurrentDictionary<double, Scalar> s_scalars = new();
    private static readonly Scalar s_one = 1;
    private static readonly Scalar s_minusOne = -1;

    /// <summary>A number as a scalar that lives as long as the process. For constants, not for numbers that change.</summary>
    public static Scalar Lasting(double value) => s_scalars.GetOrAdd(value, v => v);

    public static Tensor Plus(this Tensor a, Tensor b) => a.add(b, s_one);

    public static Tensor Minus(this Tensor a, Tensor b) => a.add(b, s_minusOne);

    public static Tensor Plus(this Tensor a, double b) => a.add(Lasting(b), s_one);

    public static Tensor Times(this Tensor a, double b) => a.mul(Lasting(b));

    /// <summary>a + b * c, in one pass.</summary>
    public static Tensor PlusProduct(this Tensor a, Tensor b, Tensor c) => a.addcmul(b, c, s_one);

    /// <summary>The square of each value: the library's own has the exponent 2 for a scalar.</summary>
    public static Tensor Squared(this Tensor a) => a * a;

    /// <summary>The tensor with its values kept within bounds.</summary>
    public static Tensor Within(this Tensor a, double low, double high) => a.clamp(Lasting(low), Lasting(high));

    /// <summary>Adds to the tensor itself.</summary>
    public static Tensor Increase(this Tensor a, Tensor b) => a.add_(b, s_one);

    /// <summary>Rows (n, ...) into which other rows are added where <paramref name="owners"/> says.</summary>
    public static Tensor AddRows(this Tensor a, Tensor owners, Tensor rows) => a.index_add(0, owners, rows, s_one);
}
