// Sums that come out the same each time. System.Numerics.Tensors begins a sum where memory is aligned, so that its last bits depend on
// where the garbage collector has put an array; here the order follows from the length alone.

using System.Numerics;
using System.Runtime.InteropServices;

namespace Nsc.Core.Numerics;

/// <summary>Sums over spans in a fixed order, for results that are to be the same to the last bit.</summary>
public static class Reductions
{
    /// <summary>The sum of a[i] b[i]; 0 for empty spans.</summary>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static T Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, INumber<T>
    {
        if (a.Length != b.Length)
        {
            throw new ArgumentException("the spans differ in length", nameof(b));
        }

        int lanes = Vector<T>.Count, i = 0;
        ref T left = ref MemoryMarshal.GetReference(a), right = ref MemoryMarshal.GetReference(b);
        Vector<T> first = default, second = default, third = default, fourth = default;
        for (; i <= a.Length - (4 * lanes); i += 4 * lanes)
        {
            first += Product(ref left, ref right, i);
            second += Product(ref left, ref right, i + lanes);
            third += Product(ref left, ref right, i + (2 * lanes));
            fourth += Product(ref left, ref right, i + (3 * lanes));
        }

        for (; i <= a.Length - lanes; i += lanes)
        {
            first += Product(ref left, ref right, i);
        }

        Vector<T> together = (first + second) + (third + fourth);
        T sum = T.Zero;
        for (int lane = 0; lane < lanes; lane++)
        {
            sum += together[lane];
        }

        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    // Checks nothing: half the time of an inner product was checks.
    private static Vector<T> Product<T>(ref T a, ref T b, int at)
        where T : unmanaged, INumber<T> => Vector.LoadUnsafe(ref a, (nuint)at) * Vector.LoadUnsafe(ref b, (nuint)at);

    /// <summary>The sum of the values; 0 for none.</summary>
    public static T Sum<T>(ReadOnlySpan<T> values)
        where T : unmanaged, INumber<T>
    {
        T sum = T.Zero;
        foreach (T value in values)
        {
            sum += value;
        }

        return sum;
    }
}
